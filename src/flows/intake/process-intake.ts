/** Processes one mail: claims it, reads it, loads the facts, decides, writes. Begins and ends with the row of the mail (RELIABILITY "Habits"). */
import { createHash } from 'node:crypto';
import type { AnyAct } from '../../acts/act.ts';
import type { Change } from '../../changes/change.ts';
import type { SenderCheck } from '../../dns/verify.ts';
import { crashPoint } from '../../foundation/crash-point.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { mailId } from '../../foundation/ids.ts';
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import { maskPrivilegedPins } from '../../foundation/pin-form.ts';
import { noTraces, type Traces } from '../../foundation/traces.ts';
import { decide } from '../../intake/decide.ts';
import { type Decision, opened, withNumber } from '../../intake/decision.ts';
import type { Facts, MailAtHand, Question } from '../../intake/facts.ts';
import { maskSecrets } from '../../intake/mask-secrets.ts';
import type { Policy } from '../../intake/policy.ts';
import type { Arrival, MailFacts, ReadOptions, UnreadableReason } from '../../mail/parsed-mail.ts';
import { waitingAfter } from '../../store/changes/mail.ts';
import type { Database } from '../../store/database.ts';
import type { Loaded } from '../../store/intake/facts.ts';
import { type ClaimedMail, markMailDead, returnMailClaim } from '../../store/intake/mails.ts';
import { belongsTo } from '../../store/secrets.ts';
import { givenUpAfter } from '../../upkeep/given-up.ts';
import type { Sealer } from '../../vault/seal.ts';
import type { LetterBuilder } from '../letters/letter-builder.ts';
import { finishLetters } from '../letters/write-letters.ts';
import { hashesOfCode, withCodes } from '../pins/codes.ts';
import { withPins } from '../pins/privileged-secrets.ts';
import { tellPrivilegedTries } from '../pins/tell-privileged-tries.ts';
import { askDeciders } from '../senders/ask-deciders.ts';
import type { Relay } from '../upkeep/relay-outbox.ts';
import { applyDecision } from './apply-decision.ts';
import { askFacts } from './ask-facts.ts';
import type { IntakeBatches } from './intake-batches.ts';

/** Reads a mail; never throws for what stands in it. `only` asks for the header alone, and says why. */
export type Parser = {
  read(raw: Uint8Array, arrival: Arrival, options: ReadOptions, only?: UnreadableReason): Promise<MailFacts>;
};

export type IntakeDeps = {
  readonly database: Database;
  readonly batches: IntakeBatches;
  readonly relay: Pick<Relay, 'wake'>;
  readonly parser: Parser;
  /** Asked where our mail server has left something open; null where nobody is to be asked. */
  readonly senderCheck: SenderCheck | null;
  readonly reading: ReadOptions;
  readonly policy: Policy;
  /** What a mail is decided again by. */
  readonly acts: readonly AnyAct[];
  readonly letterBuilder: LetterBuilder;
  readonly log: Log;
  readonly meter: Meter;
  readonly traces?: Traces;
  /** Of this process: a claim names who has it. */
  readonly worker: string;
  /** Seals what quotes a secret, opens it again to be read, and knows one-time codes by their hash. */
  readonly vault: Pick<Sealer, 'seal' | 'open' | 'hash' | 'hashes'>;
};

const mostAttempts = 8;
const mostRounds = 6;
/** Seconds until a mail is tried again, by how often it was. */
const waits = [2, 5, 15, 60, 300, 900, 1800];

export async function readClaimed(
  deps: Pick<IntakeDeps, 'parser' | 'reading' | 'senderCheck'> & Partial<Pick<IntakeDeps, 'vault'>>,
  claimed: Omit<ClaimedMail, 'tries'>,
): Promise<MailAtHand> {
  const kept = claimed.raw ?? Buffer.alloc(0);
  const raw = claimed.sealed && deps.vault ? deps.vault.open(kept, belongsTo('mail_bytes', claimed.id, 'raw')) : kept;
  const arrival = { mailFrom: claimed.mailFrom, rcptTo: claimed.rcptTo };
  const { unjudged, ...facts } = await deps.parser.read(raw, arrival, deps.reading, claimed.headersOnly ?? undefined);
  // Of a mail that was cut only the header is here, and no signature can hold.
  const ask = unjudged !== undefined && (unjudged === 'policy' || !claimed.headersOnly);
  const own = ask && deps.senderCheck ? await deps.senderCheck(raw, facts, unjudged) : null;
  // What could not be read has no content to compare by: its bytes stand for it.
  const empty = facts.messageId === null && facts.text.trim() === '' && facts.attachments.length === 0;
  const contentHash = facts.unreadable || empty ? createHash('sha256').update(raw).digest('hex') : facts.contentHash;
  return {
    id: mailId(claimed.id),
    arrivedAt: claimed.arrivedAt,
    mustWait: claimed.mustWait,
    ...(claimed.admitted ? { admitted: claimed.admitted } : {}),
    facts: { ...facts, contentHash, ...(own ? { grade: own.grade, gradeReason: own.reason } : {}) },
  };
}

/** How long a reply waits in hand for the mail it answers; then it is put back. */
const patienceMs = 6_000;
const lookAgainMs = 200;
/** So often a reply is put back for it. After that it is decided as it is: the other may never be. */
const mostWaits = 5;

const overtook = (mail: string, facts: Facts): boolean =>
  facts.answeredMails.some((earlier) => earlier.state === 'new' && BigInt(earlier.id) < BigInt(mail));

/** A reply that overtakes the mail it answers waits for it (MAIL.md §3): it belongs to the case that the other opens. */
async function earlierDone(batches: IntakeBatches, question: Question, waits = true): Promise<Loaded> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const loaded = await batches.facts(question);
    if (!waits || !overtook(question.mail, loaded.facts)) return loaded;
    if (performance.now() > end) throw new Failure('facts-stale', 'the mail that this one answers is not decided yet');
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

/** Decides on fresh facts and writes it down; again where the facts have changed meanwhile. */
async function decideAndApply(deps: IntakeDeps, given: MailAtHand, tries = 1): Promise<Decision> {
  const { database, batches, policy } = deps;
  const hashCode = hashesOfCode(deps.vault);
  for (let round = 1; ; round += 1) {
    const ask = (wanted: Question) => earlierDone(batches, wanted, tries <= mostWaits);
    const asked = await askFacts(ask, given, deps.vault);
    const { question } = asked;
    const { facts, now, letterCounts } = asked.loaded;
    const masked = maskSecrets(asked.mail, facts, hashCode);
    const { mail } = masked;
    const made = masked.mask(decide(asked.mail, facts, policy, now));
    crashPoint('decided');
    const ids = await batches.reserveIds({ cases: opened(made) ? 1 : 0, letters: made.letters.length });
    const [reserved = null] = ids.cases;
    const decision = reserved ? withNumber(made, reserved.number, reserved.id) : made;
    const letters = await finishLetters(withPins(withCodes(decision.letters)), ids.letters, {
      letterBuilder: deps.letterBuilder,
      policy,
      at: now,
      cause: `mail:${mail.id}`,
      mail: mail.id,
      vault: deps.vault,
    });
    try {
      await applyDecision(database, batches.write, {
        mail,
        question,
        facts,
        letterCounts,
        decision,
        letters,
        worker: deps.worker,
        sealWith: masked.seal ? deps.vault : null,
        now,
        policy,
        desk: policy.desk.addresses.support,
      });
    } catch (error) {
      if (isFailure(error, 'facts-stale') && round < mostRounds) continue;
      throw error;
    }
    crashPoint('after commit');
    deps.relay.wake();
    await whatFollows(deps, mail, decision);
    return decision;
  }
}

/** Decides mails that a person has let in, one after the other in the order of their arrival; what is left here comes back by the sweeper. */
async function decideAdmitted(
  deps: IntakeDeps,
  mails: readonly { readonly id: string; readonly fence: string }[],
): Promise<void> {
  for (const { id, fence } of mails) {
    const claimed = await deps.batches.claim({ mail: id, fence, worker: deps.worker });
    if (claimed) await decideAndApply(deps, await readClaimed(deps, claimed), claimed.tries);
  }
}

/** Once they stand, so that whoever asked hears what came of it; the clock would do it, too. */
export async function followChanges(intake: () => IntakeDeps, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    switch (change.kind) {
      case 'question-asked':
        await askDeciders(intake(), change.mail);
        break;
      case 'privileged-pin-tried':
        await tellPrivilegedTries(intake());
        break;
      case 'mail-released':
      case 'mail-renewed':
      case 'mail-replayed':
        await decideAdmitted(intake(), [{ id: change.mail, fence: `${BigInt(change.fence) + 1n}` }]);
        break;
      case 'mails-put-back':
        await decideAdmitted(intake(), await intake().database.ask((db) => waitingAfter(db, change)));
        break;
      default:
    }
  }
}

/** Done after the mail, and by the sweeper or the next tick where it fails. */
async function whatFollows(deps: IntakeDeps, mail: MailAtHand, decision: Decision): Promise<void> {
  try {
    await followChanges(() => deps, decision.changes);
  } catch (error) {
    deps.log.warn({ mail: mail.id, error: String(error) }, 'what follows from the decision is left to a later tick');
  }
}

/** The job: `done` also where the mail was in other hands or is finished already. Throws only what ends the worker. */
export const processIntake = (deps: IntakeDeps, job: { mail: string; fence: string }): Promise<'done'> =>
  deps.traces ? deps.traces.ofMail(job.mail, () => processMail(deps, job)) : processMail(deps, job);

async function processMail(deps: IntakeDeps, job: { mail: string; fence: string }): Promise<'done'> {
  const { traces = noTraces } = deps;
  const claimed = await deps.batches.claim({ ...job, worker: deps.worker });
  if (!claimed) return 'done';
  crashPoint('claimed');
  const started = performance.now();
  if (claimed.tries > mostAttempts) {
    await markMailDead(deps.database, claimed.id, deps.worker, givenUpAfter(mostAttempts));
    deps.log.error({ mail: claimed.id }, 'a mail was given up after its tries; a person has to look');
    deps.meter.count('postern_mails_dead_total');
    return 'done';
  }
  try {
    const mail = await traces.step('read mail', () => readClaimed(deps, claimed));
    crashPoint('parsed');
    const decision = await traces.step('decide mail', async (note) => {
      const made = await decideAndApply(deps, mail, claimed.tries);
      note({ 'postern.outcome': made.outcome, 'postern.rule': made.rule });
      return made;
    });
    deps.meter.count('postern_mails_decided_total', { outcome: decision.outcome });
    deps.meter.observe('postern_intake_seconds', (performance.now() - started) / 1000);
    deps.log.info({ mail: mail.id, outcome: decision.outcome, rule: decision.rule }, 'decided');
  } catch (error) {
    if (isFailure(error, 'claim-lost')) {
      deps.log.warn({ mail: claimed.id }, 'the claim went to another worker; nothing was written');
      return 'done';
    }
    const wait = waits[Math.min(claimed.tries, waits.length) - 1] ?? 60;
    // A surprise may quote the mail that it happened on.
    const why = maskPrivilegedPins(
      isFailure(error) ? error.code : error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    deps.log.error(
      {
        mail: claimed.id,
        tries: claimed.tries,
        why: isFailure(error) ? why : maskPrivilegedPins(String(error)),
        stack: isFailure(error) ? undefined : why,
      },
      'a mail could not be decided; it is tried again',
    );
    await returnMailClaim(deps.database, claimed.id, deps.worker, wait, why).catch(() => {
      // The database is away: the sweeper brings the mail back when the claim is old.
    });
    if (isFailure(error, 'database-away')) throw error;
    if (!isFailure(error)) throw new Failure('facts-stale', 'the mail was put back', { cause: error });
  }
  return 'done';
}
