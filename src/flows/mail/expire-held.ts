/** Held mail is refused at the end of its time, with a list to the staff, one letter a day (POLICY §3 "Held mail"). */
import type { ExpireHeld } from '../../acts/mail/expire-held.ts';
import { listedToday } from '../../store/mail/held-mail.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

async function expire(deps: ActDeps, input: ExpireHeld): Promise<number> {
  const outcome = await commit(deps, { act: 'expire-held', input, by: { kind: 'clock' } });
  return outcome.kind === 'done' ? outcome.made.filter((change) => change.kind === 'mail-refused').length : 0;
}

/** Once a day, so that the list is one letter. Returns how many were refused. */
export async function expireHeldMails(deps: ActDeps): Promise<number> {
  const { desk, heldDays } = deps.policy;
  const { done } = await deps.database.ask((db) => listedToday(db, desk.staff));
  return done ? 0 : expire(deps, { days: heldDays, spam: false });
}

/** Spam goes earlier and without a list (§3.r18): the letter would be full of it. What was refused stands on the audit trail. */
export const expireSpam = (deps: ActDeps): Promise<number> => expire(deps, { days: deps.policy.spamDays, spam: true });
