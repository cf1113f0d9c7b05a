/** Sends one letter: claims it, hands it to the server once, records the result. Only the outbox tries again (MAIL.md §4). */
import { maskCodes } from '../../foundation/code-form.ts';
import { crashPoint } from '../../foundation/crash-point.ts';
import { isFailure } from '../../foundation/failure.ts';
import { contactId, letterId, mailId } from '../../foundation/ids.ts';
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import { maskPrivilegedPins } from '../../foundation/pin-form.ts';
import { noTraces, type Traces } from '../../foundation/traces.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import type { Policy } from '../../intake/policy.ts';
import { kindOf, statusOf } from '../../mail/bounce/verdict.ts';
import { type NextStep, nextStep, type SendOutcome } from '../../outbound/delivery-outcome.ts';
import { goesToMany } from '../../outbound/letters/announcements.ts';
import { staffLetters } from '../../outbound/staff-letters.ts';
import { returnedAgain } from '../../registry/contacts/hard-to-reach.ts';
import type { Sender } from '../../smtp/send.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Database, Tx } from '../../store/database.ts';
import {
  type ClaimedLetter,
  claimLetters,
  type DeliveryClaim,
  type DeliveryMark,
  keepLetters,
  markLetters,
  recipientOnRecord,
} from '../../store/letters/delivery-attempts.ts';
import { restSending } from '../../store/letters/sending-pause.ts';
import type { Sealer } from '../../vault/seal.ts';
import { coalesce } from '../intake/coalesce.ts';
import type { Relay } from '../upkeep/relay-outbox.ts';
import type { LetterBuilder } from './letter-builder.ts';
import { openedLetter } from './opened-letter.ts';
import { sendLetters } from './send.ts';

export type OutboundDeps = {
  readonly database: Database;
  readonly relay: Pick<Relay, 'wake'>;
  readonly sender: Pick<Sender, 'send'>;
  readonly letterBuilder: LetterBuilder;
  readonly policy: Policy;
  readonly log: Log;
  readonly meter: Meter;
  readonly traces?: Traces;
  readonly worker: string;
  /** Opens letters that tell a secret, in the moment they go out. */
  readonly vault: Pick<Sealer, 'open'>;
};

const whatBecame: Readonly<Record<NextStep['state'], string>> = {
  sent: 'a letter was sent',
  failed: 'a letter was given up',
  again: 'a letter did not leave and is tried again',
  unknown: 'a letter was handed over, and the connection cut before the answer; it goes again',
};

type Job = { readonly letter: string; readonly fence: string };

/** What became of a job; `tried` has what the server said and what follows, null where the claim was lost meanwhile. */
type Sent =
  | Exclude<DeliveryClaim, { kind: 'claimed' }>
  | { readonly kind: 'tried'; readonly outcome: SendOutcome; readonly step: NextStep };

/** The staff are told of a letter that was given up, save of one that was written to the staff, of a test, and of a code that is over with it. */
function noticesOf(letter: ClaimedLetter, why: string, { desk }: Policy): PlannedLetter[] {
  if (['staff-notice', 'test-letter', 'sign-in-code'].includes(letter.template)) return [];
  return staffLetters(
    {
      kind: 'letter-failed',
      mail: mailId(letter.causedBy ?? '0'),
      letter: letterId(letter.id),
      to: letter.to,
      why,
      command: letter.causedBy === null ? 'npx postern letters' : `npx postern mail show ${letter.causedBy}`,
    },
    { told: desk.staff, matter: `letter-failed:${letter.id}`, desk },
  );
}

const keepMs = 15_000;

/** Keeps up the claims of what is in hand, by one statement every 15 s: a try may last longer than a claim. */
function inHand(deps: OutboundDeps): { take(letter: string): void; leave(letter: string): void } {
  const letters = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  return {
    take(letter) {
      letters.add(letter);
      timer ??= setInterval(() => {
        // The next one may do it; where none does, the claim is lost and the letter counts as unknown.
        keepLetters(deps.database, deps.worker, [...letters]).catch(() => {});
      }, keepMs);
    },
    leave(letter) {
      letters.delete(letter);
      if (letters.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    },
  };
}

/** A server that refuses the recipient says at once what a report says later. */
const saysNobodyThere = ({ kind, response }: SendOutcome): boolean =>
  kind === 'recipient-refused' && kindOf('failed', statusOf('', response), response) === 'hard';

/** §3.r2, §9: who is on record there is harder to reach from now on; where nobody is, what goes to many goes there no more. */
async function markRecipient(tx: Tx, { id, template, to, now: at }: ClaimedLetter): Promise<void> {
  const recipient = await recipientOnRecord(tx, id);
  const by = { kind: 'outbound' } as const;
  if (recipient === null) {
    if (goesToMany(template))
      await writeChanges(tx, [{ kind: 'subscription-unreachable', letter: letterId(id), address: to, at, by }]);
    return;
  }
  const { contact, address, lastHardBounce } = recipient;
  const kind = returnedAgain(lastHardBounce, at) ? 'contact-unreachable' : 'contact-doubtful';
  await writeChanges(tx, [{ kind, contact: contactId(contact), address, at, by }]);
}

const withoutQuoted = (said: string): string => maskPrivilegedPins(maskCodes(said, () => true));

/**
 * Sends the letter of a job. Letters that come at the same time are claimed by one statement and marked by another, so that
 * one costs two round trips at rest and a share of two under load.
 */
export function letterSender(deps: OutboundDeps): (job: Job) => Promise<Sent> {
  const { letters } = deps.policy;
  const { traces = noTraces } = deps;
  const hand = inHand(deps);
  const rate = { perMinute: letters.lettersPerMinute, perMinuteAndDomain: letters.lettersPerMinutePerDomain };
  const claim = coalesce((jobs: readonly Job[]) => claimLetters(deps.database, jobs, deps.worker, rate));
  const mark = coalesce((marks: readonly DeliveryMark[]) =>
    deps.database.ask((db) => markLetters(db, deps.worker, marks)),
  );

  /** What is given up is told of, and what it says of the recipient written, in the same transaction. */
  async function giveUp(letter: ClaimedLetter, outcome: SendOutcome, given: DeliveryMark): Promise<boolean> {
    const notices = noticesOf(letter, given.result.response, deps.policy);
    if (notices.length === 0) return mark(given);
    const { id, now, causedBy: mail } = letter;
    const occasion = { cause: `letter:${id}`, actor: `letter:${id}`, now, mail };
    const { database, letterBuilder, policy, relay } = deps;
    return sendLetters({ database, letterBuilder, policy, relay }, notices, occasion, async (tx, write) => {
      const [ours = false] = await markLetters(tx, deps.worker, [given]);
      if (!ours) return false;
      await write();
      if (saysNobodyThere(outcome)) await markRecipient(tx, letter);
      return true;
    });
  }

  async function writeDown(letter: ClaimedLetter, outcome: SendOutcome): Promise<NextStep> {
    const { attempts, now, giveUpAt } = letter;
    const step = nextStep({ outcome, attempts, now, giveUpAt }, deps.policy);
    const given: DeliveryMark = { letter: letter.id, fence: letter.fence, result: step };
    // Sending is paused first, so that what is marked after it is not claimed again meanwhile.
    if (step.state === 'again' && !step.counts)
      await restSending(deps.database, step.waitSeconds, step.says ?? step.response, {
        letter: letter.id,
        fence: letter.fence,
        worker: deps.worker,
        loginRefused: step.login === true,
      });
    crashPoint('before the mark');
    const marked = await (step.state === 'failed' ? giveUp(letter, outcome, given) : mark(given));
    crashPoint('after the mark');
    if (!marked) deps.log.warn({ letter: letter.id }, 'the claim went to another worker; nothing was written');
    deps.meter.count('postern_letters_total', { result: step.state, template: letter.template });
    const level = step.state === 'sent' ? 'info' : 'warn';
    deps.log[level](
      { letter: letter.id, template: letter.template, result: step.state, outcome: outcome.kind },
      whatBecame[step.state],
    );
    return step;
  }

  return async (job) => {
    const claimed = await claim(job);
    if (claimed.kind === 'held') deps.meter.count('postern_letters_held_total', { why: claimed.why });
    if (claimed.kind !== 'claimed') return claimed;
    const { letter } = claimed;
    const started = performance.now();
    hand.take(letter.id);
    try {
      const tried = await traces.ofMail(letter.causedBy, () =>
        traces.step(
          'send letter',
          async (note) => {
            const { envelopeFrom, to } = letter;
            const answered = await deps.sender.send({ envelopeFrom, to, raw: openedLetter(deps.vault, letter) });
            note({ 'postern.outcome': answered.kind, 'postern.smtp': answered.response.slice(0, 3) });
            return answered;
          },
          { 'postern.letter': letter.id, 'postern.template': letter.template },
        ),
      );
      // A server that quotes the letter it refuses is not to tell what is sealed.
      const outcome = letter.sealed ? { ...tried, response: withoutQuoted(tried.response) } : tried;
      deps.meter.observe('postern_send_seconds', (performance.now() - started) / 1000);
      return { kind: 'tried', outcome, step: await writeDown(letter, outcome) };
    } catch (error) {
      // Not written down: once the claim is old it counts as unknown, and the same bytes go again.
      deps.log.error(
        { letter: letter.id, error: isFailure(error) ? error.code : String(error) },
        'what became of a letter could not be written down',
      );
      throw error;
    } finally {
      hand.leave(letter.id);
    }
  };
}
