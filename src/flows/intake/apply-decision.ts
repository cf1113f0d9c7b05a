/** Writes everything that follows from a decision in one transaction: decision, case, events, letters, jobs and audit. */
import { isOwn } from '../../changes/change.ts';
import { crashPoint } from '../../foundation/crash-point.ts';
import { Failure } from '../../foundation/failure.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Database, Tx } from '../../store/database.ts';
import { type DecisionRows, type Verdict, writeDecisions } from '../../store/intake/decision-rows.ts';
import type { LetterRow } from '../../store/letters/letters.ts';
import { markSealed, sealMail } from '../../store/pins/confirmations.ts';
import { withinLimits } from '../letters/within-limits.ts';
import { withHashes } from '../pins/codes.ts';
import { decisionRows, type ToApply } from './decision-rows.ts';

const holdsSecret = ({ sealWith, letters }: ToApply): boolean =>
  sealWith !== null || letters.some((row) => row.sealed === true);

/** The marks of what is stored sealed. */
async function keepSecrets(tx: Tx, given: ToApply, letters: readonly LetterRow[]): Promise<void> {
  if (!holdsSecret(given)) return;
  await markSealed(tx, letters);
  if (given.sealWith) await sealMail(tx, given.sealWith, given.mail.id);
}

function ended(verdict: Verdict | undefined, mail: string): void {
  if (verdict === 'claim-lost') throw new Failure('claim-lost', `mail ${mail} is in other hands`);
  if (verdict !== 'done') throw new Failure('facts-stale', `what mail ${mail} was decided on has changed`);
}

/** Two decisions that would open the same case twice meet at a unique key; the later one is made again. */
async function orStale<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505')
      throw new Failure('facts-stale', 'another decision was faster', { cause: error });
    throw error;
  }
}

/**
 * Throws `claim-lost` (another worker has the mail: nothing is written) and `facts-stale` (decide again on new facts).
 * `write` takes what is ready to be written; it may write several mails in one transaction, each whole or not at all.
 */
export async function applyDecision(
  database: Database,
  write: (writing: DecisionRows) => Promise<Verdict>,
  given: ToApply,
): Promise<void> {
  const { decision, mail } = given;
  const toStrangers = given.letters.some((row) => row.stranger && row.state === 'queued');
  if (!decision.changes.some(isOwn) && !toStrangers && !holdsSecret(given)) {
    const verdict = await orStale(write(decisionRows(given, given.letters)));
    // Moved may mean that only the letters to these people have: then the decision stands, and they are counted under a lock.
    if (verdict !== 'moved') return ended(verdict, mail.id);
  }
  await orStale(
    database.transaction(async (tx) => {
      const letters = await withinLimits(tx, decision.letters, given.letters, given);
      const writing = decisionRows(given, letters);
      const [verdict] = await writeDecisions(tx, [writing], { gated: false });
      ended(verdict, mail.id);
      await keepSecrets(tx, given, letters);
      await writeChanges(tx, withHashes(decision.changes.filter(isOwn), letters));
      crashPoint('in the transaction');
    }),
  );
}
