/** What the page about the policy asks: its numbers with their meaning, what was typed in their place, and what it would do. */
import type { Policy } from '../../intake/policy.ts';
import type { PolicyTrials, Trial } from './policy-trials.ts';

export { mostTried, trialDays } from './policy-trials.ts';
export type { Trial };

export type PolicyNumber = {
  readonly path: string;
  readonly says: string;
  /** As YAML in one line. */
  readonly now: string;
  readonly default: string;
};
export type PolicySection = { readonly title: string; readonly numbers: readonly PolicyNumber[] };

export type TypedPolicy = {
  readonly faults: readonly { readonly path: string; readonly says: string }[];
  readonly changed: Trial['changed'];
  /** Null where there are faults. */
  readonly yaml: string | null;
  readonly policy: Policy | null;
};

export type PolicyPages = {
  /** The file that the numbers stand in, or would. */
  readonly file: string;
  sections(): readonly PolicySection[];
  /** What was typed, by path, in the place of what counts. */
  read(typed: Readonly<Record<string, string>>): TypedPolicy;
  readonly trials: PolicyTrials;
};
