/** One letter: claimed, handed over once, marked. Only the outbox tries again (MAIL.md §4). */
import { crashPoint } from '../foundation/crash-point.ts';
import { isFailure } from '../foundation/failure.ts';
import { letterId, mailId } from '../foundation/ids.ts';
import type { Log } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import type { PlannedLetter } from '../intake/letters.ts';
import type { Policy } from '../intake/policy.ts';
import { nextStep, type SendOutcome } from '../outbound/delivery-outcome.ts';
import type { Sender } from '../smtp/send.ts';
import type { Database } from '../store/database.ts';
import {
  type ClaimedLetter,
  channelRest,
  claimLetter,
  insertLetters,
  type LetterRow,
  markLetter,
  restChannel,
} from '../store/letters.ts';
import type { LetterShop } from './letter-shop.ts';
import type { Relay } from './relay-outbox.ts';
import { finishLetters } from './write-letters.ts';

export type OutboundDeps = {
  readonly database: Database;
  readonly relay: Pick<Relay, 'ring'>;
  readonly sender: Pick<Sender, 'send'>;
  readonly shop: LetterShop;
  readonly policy: Policy;
  readonly log: Log;
  readonly meter: Meter;
  readonly worker: string;
};

/** The way out as a whole: where the server does not serve us, this rests and not the letter. */
const channel = 'smtp';

/** The staff are told of a letter that was given up, save of one that was written to the staff. */
async function tellStaff(deps: OutboundDeps, letter: ClaimedLetter, why: string): Promise<LetterRow[]> {
  if (letter.template === 'staff-notice') return [];
  const { desk } = deps.policy;
  const planned = desk.staff.map(
    (to): PlannedLetter => ({
      template: 'staff-notice',
      values: {
        kind: 'letter-failed',
        mail: mailId(letter.causedBy ?? '0'),
        letter: letterId(letter.id),
        to: letter.to,
        why,
        link: `${desk.publicUrl}/api/v1/letters?to=${encodeURIComponent(letter.to)}`,
      },
      to,
      audience: 'staff',
      language: desk.languages[0] ?? 'en',
      matter: `letter-failed:${letter.id}`,
      case: null,
      answers: null,
      followsOwn: false,
      asks: null,
      fate: { kind: 'send' },
    }),
  );
  return deps.database.ask((db) =>
    finishLetters(db, planned, {
      shop: deps.shop,
      policy: deps.policy,
      at: letter.now,
      cause: `letter:${letter.id}`,
      mail: letter.causedBy,
    }),
  );
}

async function writeDown(deps: OutboundDeps, letter: ClaimedLetter, outcome: SendOutcome): Promise<void> {
  const step = nextStep(
    { outcome, attempts: letter.attempts, now: letter.now, giveUpAt: letter.giveUpAt },
    deps.policy,
  );
  const notices = step.state === 'failed' ? await tellStaff(deps, letter, step.response) : [];
  crashPoint('before the mark');
  const marked = await deps.database.transaction(async (tx) => {
    const ours = await markLetter(tx, letter.id, deps.worker, step);
    if (ours) await insertLetters(tx, notices, `letter:${letter.id}`);
    return ours;
  });
  crashPoint('after the mark');
  if (!marked) deps.log.warn({ letter: letter.id }, 'the claim went to another worker; nothing was written');
  if (step.state === 'again' && !step.counts)
    await restChannel(deps.database, channel, step.waitSeconds, step.response);
  if (notices.length > 0) deps.relay.ring();
  deps.meter.count('postern_letters_total', { result: step.state, template: letter.template });
  const level = step.state === 'sent' ? 'info' : 'warn';
  deps.log[level](
    { letter: letter.id, template: letter.template, result: step.state, outcome: outcome.kind },
    'letter',
  );
}

export async function sendLetter(deps: OutboundDeps, job: { letter: string; fence: string }): Promise<'done'> {
  const letter = await claimLetter(deps.database, job.letter, job.fence, deps.worker);
  if (!letter) return 'done';
  const rest = await channelRest(deps.database, channel);
  if (rest > 0) {
    await markLetter(deps.database.db, letter.id, deps.worker, {
      state: 'again',
      response: 'the way out rests',
      waitSeconds: rest,
      counts: false,
    });
    return 'done';
  }
  const started = performance.now();
  const outcome = await deps.sender.send({ envelopeFrom: letter.envelopeFrom, to: letter.to, raw: letter.raw });
  deps.meter.observe('postern_send_seconds', (performance.now() - started) / 1000);
  try {
    await writeDown(deps, letter, outcome);
  } catch (error) {
    // Not written down: once the claim is old it counts as unknown, and the same bytes go again.
    deps.log.error(
      { letter: letter.id, error: isFailure(error) ? error.code : String(error) },
      'what became of a letter could not be written down',
    );
    throw error;
  }
  return 'done';
}
