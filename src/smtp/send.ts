/**
 * The door by which letters leave: nodemailer's pool, which tries once and says what came of it; only the outbox tries again
 * (MAIL.md §4). The bytes are handed in finished and go out as they are.
 */
import { Readable } from 'node:stream';
import { createTransport, type Transport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { cleanLine, withoutSecrets } from '../foundation/clean-text.ts';
import { crashPoint } from '../foundation/crash-point.ts';
import { Failure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import type { TokenSource } from '../foundation/token-source.ts';
import type { SendOutcome } from '../outbound/delivery-outcome.ts';

export type ToSend = {
  /** `''` is the null sender. */
  readonly envelopeFrom: string;
  readonly to: string;
  readonly raw: Uint8Array;
};

export type SenderOptions = {
  /** `smtp(s)://user:password@host:port` */
  readonly url: string;
  readonly log: Log;
  /** OAuth 2 instead of a password; a user in `url` goes before. */
  readonly signIn?: { readonly user: string; readonly tokens: TokenSource };
  readonly maxConnections?: number;
  /** In milliseconds: to connect and to greet, between two signs of life, and for one letter in all. */
  readonly timeouts?: { readonly connect?: number; readonly socket?: number; readonly whole?: number };
};

export type Sender = {
  /** Never throws for what the other side does, and never takes longer than `timeouts.whole`. */
  send(letter: ToSend): Promise<SendOutcome>;
  /** Connects, greets and signs in. Fails with `smtp-away` or `smtp-login-refused`. */
  verify(): Promise<void>;
  /** Idle connections are closed at once; a letter that is being handed over fails as its outcome says. */
  close(): Promise<void>;
};

type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number };

type Say = (text: string) => string;
const said = (error: SmtpError, say: Say): string => say(error.response ?? error.message);

/** What a server says of the letter or its recipient stands behind one of these; anything else is about the session. */
const aboutTheLetter = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * nodemailer does not say whether DATA had been ended when a line was cut, so the stream that it reads the letter from does:
 * once its last byte was taken, the other side may have the letter.
 */
function outcomeOf(error: SmtpError, handedOver: boolean, say: Say): SendOutcome {
  const response = said(error, say);
  const code = error.responseCode ?? 0;
  // Our own sender is in every letter: who refuses it refuses all of them. 552 is the size of this one (RFC 1870).
  const ofTheSession = code === 421 || (code >= 400 && code !== 552 && error.command === 'MAIL FROM');
  if (ofTheSession) return { kind: 'session-refused', code, response };
  if (code >= 400 && aboutTheLetter.has(error.code ?? '')) {
    return { kind: 'recipient-refused', code, permanent: code >= 500, response };
  }
  if (handedOver) return { kind: 'unknown', response };
  // An address or a size that is refused before anything is said: no other try can end otherwise.
  if (aboutTheLetter.has(error.code ?? '')) return { kind: 'recipient-refused', code: 550, permanent: true, response };
  if (code >= 400 || ['EAUTH', 'ETLS', 'EPROTOCOL'].includes(error.code ?? '')) {
    return { kind: 'session-refused', code, response };
  }
  return { kind: 'connection', response };
}

/** As nodemailer reads it: a bare `%` is one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutPassword(url: string, user: string) {
  const address = new URL(url);
  const named = decoded(address.username);
  address.username = '';
  address.password = '';
  return { url: address.href, auth: { type: 'OAuth2' as const, user: named || user } };
}

/** What a server says, without what we have signed in with; `token` is the last one. */
function sayer(url: string, token: () => string | null): Say {
  const { username, password } = new URL(url);
  const [user, pass] = [decoded(username), decoded(password)];
  return (text) => cleanLine(withoutSecrets(text, [pass, token() ?? ''], user), 500);
}

/** Each connection of the pool asks for its token, and once more where the server did not take it. */
function signInWithTokens(
  transport: { set(key: string, value: unknown): unknown },
  tokens: TokenSource,
): () => string | null {
  let last: string | null = null;
  type Done = (error: Error | null, token?: string) => void;
  async function token(renew: boolean): Promise<string> {
    if (renew && last !== null) await tokens.refused(last);
    last = await tokens.accessToken();
    return last;
  }
  transport.set('oauth2_provision_cb', (_user: string, renew: boolean, done: Done) => {
    token(renew).then(
      (got) => done(null, got),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  });
  return () => last;
}

type Pool = Transport<SMTPPool.SentMessageInfo>;
type Handed = Parameters<Pool['send']>[0];

/**
 * To the pool itself, as nodemailer's own front does it: that would parse the finished letter into a message, make it a
 * Message-ID and read it into a buffer before DATA, and the stream could tell us nothing.
 */
function handOver(pool: Pool, letter: ToSend, bytes: Readable, signal: AbortSignal) {
  const message = {
    getEnvelope: () => ({ from: letter.envelopeFrom, to: [letter.to] }),
    messageId: () => '',
    getHeader: () => '',
    createReadStream: () => bytes,
  };
  return new Promise<SMTPPool.SentMessageInfo>((resolve, reject) => {
    pool.send({ data: { signal }, message } as unknown as Handed, (error, info) => {
      if (info) resolve(info);
      else reject(error ?? new Error('the pool says nothing of a letter'));
    });
  });
}

export function openSender(options: SenderOptions): Sender {
  const { connect = 15_000, socket = 60_000, whole = 120_000 } = options.timeouts ?? {};
  const { signIn } = options;
  const transport = createTransport({
    ...(signIn ? withoutPassword(options.url, signIn.user) : { url: options.url }),
    pool: true,
    maxConnections: options.maxConnections ?? 5,
    maxRequeues: 0,
    // Greeting and signing in anew costs more than a letter; servers that limit a connection do so at a thousand.
    maxMessages: 500,
    connectionTimeout: connect,
    greetingTimeout: connect,
    dnsTimeout: connect,
    socketTimeout: socket,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const token = signIn ? signInWithTokens(transport, signIn.tokens) : () => null;
  const say = sayer(options.url, token);
  const pool = transport.transporter;
  transport.on('error', (error: SmtpError) =>
    options.log.warn({ code: error.code }, 'the connection for letters failed'),
  );

  async function send(letter: ToSend): Promise<SendOutcome> {
    let handedOver = false;
    const bytes = new Readable({
      read() {
        crashPoint('DATA');
        this.push(letter.raw);
        this.push(null);
      },
    });
    bytes.once('end', () => {
      handedOver = true;
    });
    // Not AbortSignal.timeout: its timer would stay for two minutes after each letter that went well.
    const abort = new AbortController();
    const ended = abort.signal;
    const ending = setTimeout(() => abort.abort(), whole);
    const late = Promise.withResolvers<SendOutcome>();
    // A little later than the signal, so that nodemailer may say more; without it a promise that never settles would hang us.
    const timer = setTimeout(() => late.resolve(timedOut()), whole + 1_000);
    const timedOut = (): SendOutcome => {
      const response = `no answer within ${Math.round(whole / 1000)} s`;
      return handedOver ? { kind: 'unknown', response } : { kind: 'connection', response };
    };
    crashPoint('MAIL');
    const tried = handOver(pool, letter, bytes, ended).then(
      (info): SendOutcome => {
        crashPoint('250');
        return { kind: 'sent', response: say(info.response) };
      },
      (error: SmtpError): SendOutcome => (ended.aborted ? timedOut() : outcomeOf(error, handedOver, say)),
    );
    try {
      return await Promise.race([tried, late.promise]);
    } finally {
      clearTimeout(ending);
      clearTimeout(timer);
      bytes.destroy();
    }
  }

  return {
    send,
    async verify() {
      try {
        await transport.verify();
      } catch (cause) {
        const error = cause as SmtpError;
        const code = error.code === 'EAUTH' ? 'smtp-login-refused' : 'smtp-away';
        throw new Failure(code, `the server for letters: ${said(error, say)}`, { cause });
      }
    },
    async close() {
      transport.close();
    },
  };
}
