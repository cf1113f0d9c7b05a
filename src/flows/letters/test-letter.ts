/** Sends a test letter as any other: written, claimed, signed, handed over and marked, while the caller waits for the result. */
import { Failure } from '../../foundation/failure.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { letterState } from '../../store/letters/delivery-attempts.ts';
import { sendLetters } from './send.ts';
import { letterSender, type OutboundDeps } from './send-letter.ts';

type TestResult = { readonly ok: boolean; readonly letter: string; readonly says: string };

/** Waits for a worker that was quicker than we are to take it. */
async function whatBecameOfIt(deps: OutboundDeps, letter: string, waitMs: number): Promise<TestResult> {
  const end = performance.now() + waitMs;
  for (;;) {
    const { state, response, claimed } = await letterState(deps.database, letter);
    const settled = state === 'sent' || state === 'failed' || state === 'unknown' || (response !== null && !claimed);
    if (settled || performance.now() > end) {
      const ok = state === 'sent';
      return { ok, letter, says: `${ok ? 'taken' : `not taken (${state})`}: ${response ?? 'no answer yet'}` };
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** `at` is ISO 8601, `to` an address in its plain form, `server` the host that takes our letters. */
export async function sendTestLetter(
  deps: OutboundDeps,
  given: { to: string; server: string; at: string; waitMs?: number },
): Promise<TestResult> {
  const { desk } = deps.policy;
  const planned: PlannedLetter = {
    template: 'test-letter',
    values: { support: desk.addresses.support, server: given.server },
    to: given.to,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
    matter: `test:${given.at}`,
    case: null,
    answers: null,
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  };
  // What is refused for now is not tried again for days: it is only a test.
  const occasion = { cause: 'doctor', actor: 'doctor', now: given.at, giveUpHours: 0 };
  const { database, letterBuilder, policy } = deps;
  // The relay is not woken: it is sent here.
  const own = { database, letterBuilder, policy, relay: { wake() {} } };
  const [row] = await sendLetters(own, [planned], occasion, (_, write) => write());
  if (!row) throw new Failure('bad-input', 'the test letter was not written');
  const sent = await letterSender(deps)({ letter: row.id, fence: '1' });
  const letter = row.id;
  switch (sent.kind) {
    case 'not-ours':
      return whatBecameOfIt(deps, letter, given.waitMs ?? 130_000);
    case 'held': {
      const why = {
        stopped: 'letters are paused',
        resting: 'the way out rests',
        rate: 'the rate of this minute is used up',
      };
      return { ok: false, letter, says: `${why[sent.why]}; it is written and goes out later` };
    }
    case 'tried': {
      const { response } = sent.outcome;
      switch (sent.outcome.kind) {
        case 'sent':
          return { ok: true, letter, says: `taken by ${given.server}: ${response}` };
        case 'recipient-refused':
          return { ok: false, letter, says: `${given.server} does not take it for ${given.to}: ${response}` };
        case 'session-refused':
          return {
            ok: false,
            letter,
            says: `${given.server} does not serve us: ${sent.outcome.says ?? response}`,
          };
        case 'connection':
          return {
            ok: false,
            letter,
            says: `${given.server} was not reached, or broke off: ${sent.outcome.says ?? response}`,
          };
        case 'unknown':
          return {
            ok: false,
            letter,
            says: `${given.server} got the whole letter and gave no answer: ${response}; it may have arrived`,
          };
        default:
          return sent.outcome satisfies never;
      }
    }
    default:
      return sent satisfies never;
  }
}
