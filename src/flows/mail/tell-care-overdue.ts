/** Client care is told once of each mail that nobody has answered in time (POLICY §3.r13a). */
import { Failure } from '../../foundation/failure.ts';
import { mailId } from '../../foundation/ids.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import type { Policy } from '../../intake/policy.ts';
import { staffLetters } from '../../outbound/staff-letters.ts';
import { type CareDue, careOverdue, markOverdueTold } from '../../store/mail/care-clocks.ts';
import { type LetterDeps, sendLetters } from '../letters/send.ts';

/** The letter names the first ones; the rest is counted. */
const mostNamed = 50;
const mostAtOnce = 1_000;

function notices(mails: readonly CareDue[], { desk }: Policy): PlannedLetter[] {
  const [first] = mails;
  return staffLetters(
    {
      kind: 'care-overdue',
      mails: mails.slice(0, mostNamed).map(({ id, from, due }) => ({ id, from, due })),
      more: Math.max(0, mails.length - mostNamed),
      timezone: 'UTC',
      mail: mailId(first?.id ?? '0'),
      command: 'npx postern mail care',
    },
    { told: desk.care, matter: `care-overdue:${first?.id}`, desk },
  );
}

/** Returns how many mails were told of. */
export async function tellCareOverdue(deps: LetterDeps): Promise<number> {
  const { database, policy } = deps;
  const { now, mails } = await database.ask((db) => careOverdue(db, mostAtOnce));
  if (mails.length === 0 || policy.desk.care.length === 0) return 0;
  const occasion = { cause: 'scheduler', actor: 'scheduler', now };
  await sendLetters(deps, notices(mails, policy), occasion, async (tx, write) => {
    const told = await markOverdueTold(
      tx,
      mails.map((mail) => mail.id),
    );
    // Somebody answered one of them just now, and the list would be wrong: the next tick makes it anew.
    if (told < mails.length) throw new Failure('facts-stale', 'a mail to client care was answered meanwhile');
    await write();
  });
  return mails.length;
}
