/** All that follows from a decision is written together, in one transaction: decision, case, events, letters, jobs and audit. */
import { isBatched } from '../changes/change.ts';
import { crashPoint } from '../foundation/crash-point.ts';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { Decision } from '../intake/decision.ts';
import { fateOf } from '../outbound/letter-limits.ts';
import { startCareClock } from '../store/care-clocks.ts';
import { rerateByMail } from '../store/cases.ts';
import { writeRow } from '../store/changes/write.ts';
import { countWrong, keepCodes, markSealed, sealMail, useCode } from '../store/confirmations.ts';
import type { Database, Tx } from '../store/database.ts';
import { markReturned, settleOriginal, takeOff } from '../store/decided.ts';
import { lockHistory } from '../store/letter-history.ts';
import type { LetterRow } from '../store/letters.ts';
import { recordTries } from '../store/pin-tries.ts';
import { redeem, writeIssued } from '../store/privileged-pins.ts';
import { recordPrivilegedTry } from '../store/privileged-tries.ts';
import { applyWritings, type Verdict, type Writing } from '../store/writing.ts';
import { askAboutSender, settleSenders } from './settle-senders.ts';
import { type OnCase, type ToApply, writingOf } from './writing-of.ts';

/** Once more by the numbers of letters, on what stands now: a letter may still be held back, never let out. */
async function withinLimits(tx: Tx, given: ToApply): Promise<LetterRow[]> {
  const { decision, letters } = given;
  const going = letters.filter((row) => row.state === 'queued');
  if (going.length === 0) return [...letters];
  const history = await lockHistory(
    tx,
    going.map((row) => row.rateKey),
    going.some((row) => row.stranger),
  );
  const { strangersHour, strangersDay } = history;
  return letters.map((row, i): LetterRow => {
    const planned = decision.letters[i];
    if (row.state !== 'queued' || !planned) return row;
    const fate = fateOf(
      planned,
      { letters: history.byKey.get(row.rateKey) ?? [], strangersHour, strangersDay },
      given.policy,
      given.now,
    );
    if (fate.kind !== 'suppress') return row;
    const { why: stateReason, code: stateCode } = fate;
    return { ...row, raw: null, state: 'suppressed', stateReason, ...(stateCode ? { stateCode } : {}) };
  });
}

/** Once, whoever else uses it at the same moment: the statement is that of the API. */
async function usePin(tx: Tx, pin: string, mail: string): Promise<void> {
  if (!(await redeem(tx, pin, `mail:${mail}`)))
    throw new Failure('facts-stale', `privileged PIN ${pin} was used, revoked or over meanwhile`);
}

/** A privileged PIN stands in its letter, and from now on by its hash; one that is not sent is none. */
async function keepIssued(tx: Tx, given: ToApply, letters: readonly LetterRow[], on: OnCase | null): Promise<void> {
  for (const [i, row] of letters.entries()) {
    const letter = given.decision.letters[i];
    const contact = given.decision.evidence.contact;
    if (row.pinHash === undefined || row.raw === null || letter?.template !== 'privileged-pin') continue;
    if (on === null || contact === null) throw new Error('a privileged PIN needs its case and its person');
    const pin = { hash: Buffer.from(row.pinHash, 'hex'), contact, address: row.to, caseId: on.id };
    try {
      await writeIssued(tx, { ...pin, until: letter.values.until, actor: `mail:${given.mail.id}` });
    } catch (error) {
      if (!isFailure(error, 'conflict')) throw error;
      throw new Failure('facts-stale', 'contact or case of a privileged PIN have changed meanwhile');
    }
  }
}

/** What no other decision does, in statements of its own beside the rows that all have. */
async function alsoApply(tx: Tx, given: ToApply, decision: Decision, on: OnCase | null): Promise<void> {
  for (const change of decision.changes ?? []) await writeRow(tx, change);
  if (decision.pinTries) await recordTries(tx, given.mail.id, given.mail.arrivedAt, decision.pinTries);
  if (decision.privilegedTry) await recordPrivilegedTry(tx, given.mail.id, decision.privilegedTry);
  switch (decision.outcome) {
    case 'answer-settled':
      if (decision.settles === 'confirmation') {
        await useCode(tx, {
          letter: decision.letter,
          by: given.mail.id,
          original: decision.original,
          outcome: decision.originalOutcome,
          reason: decision.reason,
        });
        if (decision.uses) await usePin(tx, decision.uses, given.mail.id);
        return settleSenders(tx, { answers: decision.answers ?? [], mail: given.mail });
      }
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
    case 'privileged-pin-used':
      return usePin(tx, decision.uses, given.mail.id);
    case 'care-recorded':
      return startCareClock(tx, given.mail.id, decision.due);
    case 'bounce-recorded':
      for (const one of decision.returned) await markReturned(tx, one);
      return;
    case 'case-updated':
    case 'case-reopened':
      if (decision.rerates && on) await rerateByMail(tx, on.id, decision.rerates);
      return;
    case 'command-refused':
      return countWrong(tx, {
        letters: decision.wrongCodes,
        by: given.mail.id,
        most: given.policy.confirmation.wrongCodes,
      });
    case 'held-unregistered':
    case 'held-stranger-on-case':
      return askAboutSender(tx, given);
    default:
      return;
  }
}

/** More than the rows: these go the long way, in a transaction of several statements. */
const hasMore = (decision: Decision): boolean => {
  const { outcome, pinTries, privilegedTry } = decision;
  return (
    decision.changes?.some((change) => !isBatched(change)) === true ||
    ((outcome === 'case-updated' || outcome === 'case-reopened') && decision.rerates !== undefined) ||
    pinTries !== undefined ||
    privilegedTry !== undefined ||
    outcome === 'privileged-pin-used' ||
    outcome === 'answer-settled' ||
    outcome === 'command-refused' ||
    outcome === 'bounce-recorded' ||
    outcome === 'care-recorded' ||
    outcome === 'held-unregistered' ||
    outcome === 'held-stranger-on-case'
  );
};

const holdsSecret = ({ sealWith, letters }: ToApply): boolean =>
  sealWith !== null || letters.some((row) => row.sealed === true);

/** The codes by their hash, and the marks of what is stored sealed. */
async function keepSecrets(tx: Tx, given: ToApply, letters: readonly LetterRow[]): Promise<void> {
  if (!holdsSecret(given)) return;
  await markSealed(tx, letters);
  const hours = given.policy.confirmation.validHours;
  await keepCodes(
    tx,
    letters.flatMap((row, i) => {
      const asks = given.decision.letters[i]?.asks;
      return row.codeHash !== undefined && row.raw !== null && asks?.kind === 'confirm'
        ? [{ letter: row.id, contact: asks.contact, hash: row.codeHash, hours }]
        : [];
    }),
  );
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
      const letters = await withinLimits(tx, given);
      const writing = writingOf(given, letters);
      const [verdict] = await applyWritings(tx, [writing], { gated: false });
      ended(verdict, mail.id);
      await keepSecrets(tx, given, letters);
      await keepIssued(tx, given, letters, writing.on);
      await alsoApply(tx, given, decision, writing.on);
      crashPoint('in the transaction');
    }),
  );
}
