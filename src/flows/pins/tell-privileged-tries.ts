/** Tells our people of privileged PINs that came by mail and were not used (POLICY §3.r7): the first at once, then gathered, one letter an hour. */
import { Failure, isFailure } from '../../foundation/failure.ts';
import { mailId } from '../../foundation/ids.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import type { Policy } from '../../intake/policy.ts';
import { staffLetters } from '../../outbound/staff-letters.ts';
import { markTriesTold, type UntoldTry, untoldTries } from '../../store/pins/privileged-tries.ts';
import { type LetterDeps, sendLetters } from '../letters/send.ts';

/** The letter names the first ones; the rest is counted. */
const mostNamed = 30;
const mostAtOnce = 5_000;

function notices(tries: readonly UntoldTry[], { desk }: Policy): PlannedLetter[] {
  const [first] = tries;
  if (!first) return [];
  return staffLetters(
    {
      kind: 'privileged-pin-refused',
      tries: tries.slice(0, mostNamed).map(({ mail, why, from, case: on }) => ({ mail, why, from, case: on })),
      more: Math.max(0, tries.length - mostNamed),
      mail: mailId(first.mail),
      command: `npx postern mail show ${first.mail}`,
    },
    { told: desk.staff, matter: `privileged-pin-refused:${first.id}`, desk },
  );
}

/** Returns how many tries were told. */
export async function tellPrivilegedTries(deps: LetterDeps): Promise<number> {
  const { database, policy } = deps;
  const { now, tries } = await database.ask((db) => untoldTries(db, mostAtOnce));
  if (tries.length === 0) return 0;
  const occasion = { cause: 'privileged-tries', actor: 'intake', now };
  try {
    await sendLetters(deps, notices(tries, policy), occasion, async (tx, write) => {
      const told = await markTriesTold(
        tx,
        tries.map((one) => one.id),
      );
      // Others told them meanwhile: theirs is the letter of this hour.
      if (!told) throw new Failure('facts-stale', 'they have been told');
      await write();
    });
  } catch (error) {
    if (isFailure(error, 'facts-stale')) return 0;
    throw error;
  }
  return tries.length;
}
