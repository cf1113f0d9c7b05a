/** All that follows from a decision is written together, in one transaction: decision, case, events, letters, jobs and audit. */
import { isBatched } from '../changes/change.ts';
import { crashPoint } from '../foundation/crash-point.ts';
import { Failure } from '../foundation/failure.ts';
import type { Decision } from '../intake/decision.ts';
import { startCareClock } from '../store/care-clocks.ts';
import { rerateByMail } from '../store/cases.ts';
import { writeChanges } from '../store/changes/write.ts';
import { markSealed, sealMail } from '../store/confirmations.ts';
import type { Database, Tx } from '../store/database.ts';
import { settleOriginal, takeOff } from '../store/decided.ts';
import type { LetterRow } from '../store/letters.ts';
import { applyWritings, type Verdict, type Writing } from '../store/writing.ts';
import { withHashes } from './codes.ts';
import { withinLimits } from './letters/within-limits.ts';
import { askAboutSender, settleSenders } from './settle-senders.ts';
import { type OnCase, type ToApply, writingOf } from './writing-of.ts';

/** What no other decision does, in statements of its own beside the rows that all have. */
async function alsoApply(tx: Tx, given: ToApply, decision: Decision, on: OnCase | null): Promise<void> {
  switch (decision.outcome) {
    case 'answer-settled':
      if (decision.settles === 'confirmation')
        return settleSenders(tx, { answers: decision.answers ?? [], mail: given.mail });
      if (decision.settles === 'senders') return settleSenders(tx, { answers: decision.answers, mail: given.mail });
      if (decision.settles === 'own-case') {
        if (!on) throw new Error('what is taken off a case needs one of its own');
        const { original, reason, from, letter } = decision;
        return takeOff(tx, { original, reason, from, letter, by: given.mail.id, caseId: on.id });
      }
      return settleOriginal(tx, {
        original: decision.original,
        by: given.mail.id,
        outcome: decision.originalOutcome,
        reason: decision.reason,
        caseId: on?.id ?? null,
        letter: decision.letter,
      });
    case 'care-recorded':
      return startCareClock(tx, given.mail.id, decision.due);
    case 'case-updated':
    case 'case-reopened':
      if (decision.rerates && on) await rerateByMail(tx, on.id, decision.rerates);
      return;
    case 'held-unregistered':
    case 'held-stranger-on-case':
      return askAboutSender(tx, given);
    default:
      return;
  }
}

/** More than the rows: these go the long way, in a transaction of several statements. */
const hasMore = (decision: Decision): boolean => {
  const { outcome } = decision;
  return (
    decision.changes?.some((change) => !isBatched(change)) === true ||
    ((outcome === 'case-updated' || outcome === 'case-reopened') && decision.rerates !== undefined) ||
    outcome === 'answer-settled' ||
    outcome === 'care-recorded' ||
    outcome === 'held-unregistered' ||
    outcome === 'held-stranger-on-case'
  );
};

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
  write: (writing: Writing) => Promise<Verdict>,
  given: ToApply,
): Promise<void> {
  const { decision, mail } = given;
  const toStrangers = given.letters.some((row) => row.stranger && row.state === 'queued');
  if (!hasMore(decision) && !toStrangers && !holdsSecret(given)) {
    const verdict = await orStale(write(writingOf(given, given.letters)));
    // Moved may mean that only the letters to these people have: then the decision stands, and they are counted under a lock.
    if (verdict !== 'moved') return ended(verdict, mail.id);
  }
  await orStale(
    database.transaction(async (tx) => {
      const letters = await withinLimits(tx, decision.letters, given.letters, given);
      const writing = writingOf(given, letters);
      const [verdict] = await applyWritings(tx, [writing], { gated: false });
      ended(verdict, mail.id);
      await keepSecrets(tx, given, letters);
      const own = (decision.changes ?? []).filter((change) => !isBatched(change));
      await writeChanges(tx, withHashes(own, letters));
      await alsoApply(tx, given, decision, writing.on);
      crashPoint('in the transaction');
    }),
  );
}
