/** Held mail is refused at the end of its time, with a list to the staff, one letter a day (POLICY §3 "Held mail"). */
import { expireHeld as act } from '../acts/mail/expire-held.ts';
import type { DueRecord } from '../acts/mail/records.ts';
import { mailId } from '../foundation/ids.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import type { Policy } from '../intake/policy.ts';
import type { Database } from '../store/database.ts';
import { listedToday } from '../store/held.ts';
import { commit, type Prepare } from './acts/commit.ts';
import { finish, type LetterDeps, writeFinished } from './letters/send.ts';
import { staffLetters } from './staff-letters.ts';

/** The letter names the first ones; the rest is counted. */
const mostNamed = 50;

function notices(refused: readonly DueRecord[], day: string, policy: Policy): PlannedLetter[] {
  const { desk } = policy;
  return staffLetters(
    {
      kind: 'held-refused',
      days: policy.heldDays,
      mails: refused.slice(0, mostNamed),
      more: Math.max(0, refused.length - mostNamed),
      mail: mailId(refused[0]?.id ?? '0'),
      command: `npx postern mail show ${refused[0]?.id ?? '0'}`,
    },
    { told: desk.staff, matter: `held-refused:${day}`, desk },
  );
}

async function expire(
  { database }: Pick<LetterDeps, 'database'>,
  input: { days: number; spam: boolean },
  prepare?: Prepare,
): Promise<number> {
  const outcome = await commit(database, { act, input, by: { kind: 'clock' }, prepare });
  return outcome.kind === 'done' ? outcome.made.filter((change) => change.kind === 'mail-refused').length : 0;
}

/** Once a day, so that the list is one letter. Returns how many were refused. */
export async function expireHeld(deps: LetterDeps): Promise<number> {
  const { policy } = deps;
  const { day, done } = await deps.database.ask((db) => listedToday(db, policy.desk.staff));
  if (done) return 0;
  const listed: Prepare = async ({ due = [], now }) => {
    const planned = due.length > 0 ? notices(due, day, policy) : [];
    const occasion = { cause: 'scheduler', actor: 'scheduler', now };
    const finished = await deps.database.ask((db) => finish(deps, db, planned, occasion));
    return async (tx) => (await writeFinished(tx, finished, policy)).map((row) => row.id);
  };
  const refused = await expire(deps, { days: policy.heldDays, spam: false }, listed);
  if (refused > 0) deps.relay.ring();
  return refused;
}

/** Spam goes earlier and without a list (§3.r18): the letter would be full of it. What was refused stands on the audit trail. */
export const expireSpam = (database: Database, policy: Policy): Promise<number> =>
  expire({ database }, { days: policy.spamDays, spam: true });
