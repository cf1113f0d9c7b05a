/** Held mail is refused at the end of its time, with a list to the staff, one letter a day (POLICY §3 "Held mail"). */
import { Failure } from '../foundation/failure.ts';
import { mailId } from '../foundation/ids.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import type { Policy } from '../intake/policy.ts';
import type { Database } from '../store/database.ts';
import { closeIdleQuestions, heldFor, listedToday, type Refused, refuseHeld, spamFor } from '../store/held.ts';
import { type LetterDeps, sendLetters } from './letters/send.ts';
import { staffLetters } from './staff-letters.ts';

const actor = 'scheduler';
/** The letter names the first ones; the rest is counted. */
const mostNamed = 50;
const mostAtOnce = 5_000;

function notices(refused: readonly Refused[], day: string, policy: Policy): PlannedLetter[] {
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

/** Once a day, so that the list is one letter. Returns how many were refused. */
export async function expireHeld(deps: LetterDeps): Promise<number> {
  const { database, policy } = deps;
  const { staff } = policy.desk;
  const { day, now, done } = await database.ask((db) => listedToday(db, staff));
  if (done) return 0;
  const due = await database.ask((db) => heldFor(db, policy.heldDays, mostAtOnce));
  if (due.length === 0) return 0;
  await sendLetters(deps, notices(due, day, policy), { cause: 'scheduler', actor, now }, async (tx, write) => {
    const refused = await refuseHeld(tx, {
      mails: due.map((mail) => mail.id),
      rule: 'held',
      reason: `Nobody decided about the mail within ${policy.heldDays} days.`,
      settledBy: null,
      actor,
    });
    // Somebody decided about one of them just now, and the list would be wrong: the next tick makes it anew.
    if (refused.length < due.length) throw new Failure('facts-stale', 'a held mail was decided meanwhile');
    await closeIdleQuestions(tx, actor);
    await write();
  });
  return due.length;
}

/** Spam goes earlier and without a list (§3.r18): the letter would be full of it. What was refused stands on the audit trail. */
export async function expireSpam(database: Database, policy: Policy): Promise<number> {
  const due = await database.ask((db) => spamFor(db, policy.spamDays, mostAtOnce));
  if (due.length === 0) return 0;
  const refused = await database.transaction((tx) =>
    refuseHeld(tx, {
      mails: due,
      rule: 'held',
      reason: `It was marked as spam, and nobody decided about it within ${policy.spamDays} days (spam).`,
      settledBy: null,
      actor,
    }),
  );
  return refused.length;
}
