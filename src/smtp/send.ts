/**
 * The adapter by which letters leave: nodemailer's pool, which tries once and says what came of it; only the outbox tries again
 * (MAIL.md §4). The bytes are handed in finished and go out as they are. What a server limits (its senders, letters a session,
 * connections) is no failure of the letter: it goes on at once in the way that the server allows.
 */
import { createTransport } from 'nodemailer';
import { Failure } from '../foundation/failure.ts';
import { outsideFault, sayFault } from '../foundation/faults/outside-fault.ts';
import type { RefusalKind } from '../foundation/faults/smtp-refusal.ts';
import type { Log } from '../foundation/log.ts';
import type { SendOutcome } from '../outbound/delivery-outcome.ts';
import { envelopeSenders } from './envelope-senders.ts';
import { outcomeOf, refusalIn, said, stepOf } from './outcome.ts';
import { handOver, type PoolError } from './pool.ts';
import { yieldTo } from './pool-limits.ts';
import { type Server, sayer, signInWithTokens, triedServer, withoutPassword } from './server.ts';

type ToSend = {
  /** `''` is the null sender. */
  readonly envelopeFrom: string;
  readonly to: string;
  readonly raw: Uint8Array;
};

export type SenderOptions = Server & {
  readonly log: Log;
  /** Envelope sender where the server refuses another: the account's own address. Without it none is tried. */
  readonly own?: string;
  /** At once, at most. */
  readonly maxConnections?: number;
  /** Milliseconds from the beginning of one letter to that of the next. */
  readonly pause?: number;
  /** In milliseconds: to connect and to greet, between two signs of life, and for one letter in all. */
  readonly timeouts?: { readonly connect?: number; readonly socket?: number; readonly whole?: number };
};

export type Sender = {
  /** Never throws for what the other side does, and never takes longer than `timeouts.whole` beside the pause. */
  send(letter: ToSend): Promise<SendOutcome>;
  /** Connects, greets and signs in. Fails with `smtp-away` or `smtp-login-refused`. */
  verify(): Promise<void>;
  /** Idle connections are closed at once; a letter that is being handed over fails as its outcome says. */
  close(): Promise<void>;
};

/** Milliseconds before a letter is tried again that came too fast for the server; behind the last one the channel rests. */
const rateWaits = [1_000, 3_000, 6_000];

/** One after the other, each so long behind the one before. */
function turnstile(pause: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + pause;
    if (at > now) await new Promise((done) => setTimeout(done, at - now));
  };
}

const openTransport = (
  { url, signIn }: SenderOptions,
  { maxConnections, connect, socket }: { maxConnections: number; connect: number; socket: number },
) =>
  createTransport({
    ...(signIn ? withoutPassword(url, signIn.user) : { url }),
    pool: true,
    maxConnections,
    maxRequeues: 0,
    // Greeting and signing in anew costs more than a letter; servers that limit a connection do so at a thousand, or are found out.
    maxMessages: 500,
    connectionTimeout: connect,
    greetingTimeout: connect,
    dnsTimeout: connect,
    socketTimeout: socket,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

export function openSender(options: SenderOptions): Sender {
  const { connect = 15_000, socket = 60_000, whole = 120_000 } = options.timeouts ?? {};
  const { signIn, log, own = '', maxConnections = 5 } = options;
  const transport = openTransport(options, { maxConnections, connect, socket });
  const token = signIn ? signInWithTokens(transport, signIn.tokens) : () => null;
  const say = sayer(options.url, token);
  const server = triedServer(options);
  const pool = transport.transporter;
  const limited = { pool, maxConnections, log, say };
  const senders = envelopeSenders(own, log);
  const turn = turnstile(options.pause ?? 0);
  transport.on('error', (error: PoolError) => log.warn({ code: error.code }, 'the connection for letters failed'));

  const saysOf = (error: PoolError, sender: string): string =>
    sayFault(outsideFault(error, { ...server, sender }, stepOf(error), say));

  const timedOut = (handedOver: boolean): SendOutcome => {
    const response = `no answer within ${Math.round(whole / 1000)} s`;
    return handedOver ? { kind: 'unknown', response } : { kind: 'connection', response };
  };

  async function tryAll(letter: ToSend, signal: AbortSignal, progress: { handedOver: boolean }): Promise<SendOutcome> {
    let from = senders.first(letter.envelopeFrom);
    let refused: { readonly by: RefusalKind; readonly outcome: SendOutcome } | null = null;
    let waits = 0;
    // A server may refuse each open session in turn before a new one is begun.
    for (let left = 2 * maxConnections + 4; ; left -= 1) {
      const handed = await handOver(pool, { from, to: letter.to, raw: letter.raw }, signal, progress);
      if (handed.ok) {
        if (refused) senders.replaced(letter.envelopeFrom, said({ ...handed, name: '', message: '' }, say));
        return { kind: 'sent', response: say(handed.response) };
      }
      if (signal.aborted) return timedOut(progress.handedOver);
      const { error } = handed;
      const refusal = refusalIn(error);
      const outcome = outcomeOf(error, progress.handedOver, say, saysOf(error, from));
      const aboutSender = refusal === 'sender' || refusal === 'maybe-sender';
      // Where the account's own address is refused in the same way it was not the envelope.
      if (refused) {
        if (aboutSender) return refused.by === 'maybe-sender' ? refused.outcome : outcome;
        if (refused.by === 'sender' && error.command !== 'MAIL FROM' && (error.responseCode ?? 0) >= 400)
          senders.replaced(letter.envelopeFrom, refused.outcome.response);
      }
      if (left <= 0) return outcome;
      const other = aboutSender && !refused ? senders.instead(from) : null;
      if (other !== null && refusal !== null) {
        refused = { by: refusal, outcome };
        from = other;
        continue;
      }
      if (refusal === 'rate' && handed.session !== null && handed.session.took > 0 && waits < rateWaits.length) {
        await new Promise((done) => setTimeout(done, rateWaits[waits]));
        waits += 1;
        continue;
      }
      if (!yieldTo(limited, refusal, handed, progress.handedOver)) return outcome;
    }
  }

  async function send(letter: ToSend): Promise<SendOutcome> {
    await turn();
    // Not AbortSignal.timeout: its timer would stay for two minutes after each letter that went well.
    const abort = new AbortController();
    const late = Promise.withResolvers<SendOutcome>();
    const progress = { handedOver: false };
    const ending = setTimeout(() => abort.abort(), whole);
    // A little later than the signal, so that nodemailer may say more; without it a promise that never settles would hang us.
    const timer = setTimeout(() => late.resolve(timedOut(progress.handedOver)), whole + 1_000);
    try {
      return await Promise.race([tryAll(letter, abort.signal, progress), late.promise]);
    } finally {
      clearTimeout(ending);
      clearTimeout(timer);
    }
  }

  return {
    send,
    async verify() {
      try {
        await transport.verify();
      } catch (cause) {
        const error = cause as PoolError;
        const code = error.code === 'EAUTH' ? 'smtp-login-refused' : 'smtp-away';
        throw new Failure(code, saysOf(error, ''), { cause });
      }
    },
    async close() {
      transport.close();
    },
  };
}
