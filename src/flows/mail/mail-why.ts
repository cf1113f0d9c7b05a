/** Why a mail was decided as it was, and what would be decided if something about it were otherwise. Nothing is written. */
import type { Facts, MailAtHand } from '../../intake/facts.ts';
import type { Policy } from '../../intake/policy.ts';
import { type Why, why } from '../../intake/why/why.ts';
import { type DecidedMail, decidedMail } from '../../store/intake/historical-facts.ts';
import { factsThen, mailThen, type ThenDeps } from '../intake/facts-then.ts';

export type WhyDeps = ThenDeps & { readonly policy: Policy };

/** A decided mail as it lay before the rules. */
export type MailAsDecided = { readonly stored: DecidedMail; readonly mail: MailAtHand; readonly facts: Facts };

/** Null where no rule has decided it, or there is nothing to read it by any more. */
export async function mailAsDecided(deps: WhyDeps, id: string): Promise<MailAsDecided | null> {
  const stored = await decidedMail(deps.database, id);
  const mail = stored && (await mailThen(deps, stored));
  if (!stored || !mail) return null;
  return (await factsThen({ ...deps, desk: deps.policy.desk }, [{ stored, mail }]))[0] ?? null;
}

export type MailWhy = Why & {
  /** The outcome that stands on record; it differs where registry, policy or rules have changed since. */
  readonly recorded: string;
};

/** By the policy and the registry of today on what was known then; null as above. */
export async function mailWhy(deps: WhyDeps, id: string): Promise<MailWhy | null> {
  const found = await mailAsDecided(deps, id);
  if (found === null) return null;
  const { mail, facts, stored } = found;
  return { ...why(mail, facts, deps.policy, stored.decidedAt), recorded: stored.outcome };
}
