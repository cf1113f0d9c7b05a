/**
 * Why a mail was decided as it was: the rules in their order, those that did not apply with what the mail lacks for them, and the one that
 * did. Beside `decide`, never on its way: a page asks for it on stored bytes and facts, as `explain` does.
 */
import { contextOf } from '../context.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Facts, MailAtHand } from '../facts.ts';
import type { Policy } from '../policy.ts';
import { answerRules } from './answer-rules.ts';
import { newCaseRules, replyRules } from './case-rules.ts';
import { commandRules } from './command-rules.ts';
import type { RuleInWords } from './lacking.ts';
import { readingRules } from './reading-rules.ts';
import { senderRules } from './sender-rules.ts';
import { accessRules, besideSupportRule, teamRules } from './team-rules.ts';

/** In the order of `rules` (decide.ts), which a test compares. */
export const rulesInWords: readonly RuleInWords[] = [
  ...readingRules,
  ...answerRules,
  ...commandRules,
  ...replyRules,
  besideSupportRule,
  ...accessRules,
  ...teamRules,
  ...newCaseRules,
  ...senderRules,
];

const nothingElse = 'Anything else: nothing on record and no rule takes it';

export type PassedRule = {
  /** Rules for which the same is lacking, by their rows and by what they are about. */
  readonly rows: readonly string[];
  readonly about: readonly string[];
  readonly lacks: string;
};
export type Why = {
  readonly decision: Decision;
  /** What the rule that applied is about. */
  readonly applied: { readonly row: string; readonly about: string };
  readonly passed: readonly PassedRule[];
};

type Passed = { readonly row: string; readonly about: string; readonly lacks: string };

/** Rules for which the same is lacking are one line, where the first of them stands. */
function folded(passed: readonly Passed[]): PassedRule[] {
  const lines = Map.groupBy(passed, ({ lacks }) => lacks);
  return [...lines].map(([lacks, all]) => ({
    rows: [...new Set(all.map(({ row }) => row))],
    about: all.map(({ about }) => about),
    lacks,
  }));
}

export function why(mail: MailAtHand, facts: Facts, policy: Policy, now: string): Why {
  const decision = decide(mail, facts, policy, now);
  const context = contextOf(mail, facts, policy, now);
  const at = rulesInWords.findIndex(({ rule }) => rule(context) !== null);
  const before = at < 0 ? rulesInWords : rulesInWords.slice(0, at);
  return {
    decision,
    applied: { row: decision.rule, about: rulesInWords[at]?.about ?? nothingElse },
    passed: folded(before.map(({ row, about, lacks }) => ({ row, about, lacks: lacks(context) }))),
  };
}
