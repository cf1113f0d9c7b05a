/**
 * What `doctor` tries of the server that takes our letters: connection, TLS, sign-in, and which envelope senders it takes. Nothing is
 * sent: the connection is dropped before the first byte of a letter, so that the server has none (RFC 5321 §4.1.1.4).
 */
import { Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { createTransport } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { outsideFault, sayFault } from '../foundation/faults/outside-fault.ts';
import { noAuthOffered } from '../foundation/faults/smtp-fault.ts';
import { refusalOf } from '../foundation/faults/smtp-refusal.ts';
import { stepOf } from './outcome.ts';
import type { PoolError } from './pool.ts';
import { decoded, type Server, sayer, triedServer } from './server.ts';

/** `fault`: letters do not go out, or not all of them. `note`: they do, and this is worth knowing. */
type SmtpFinding = { readonly grade: 'good' | 'note' | 'fault'; readonly says: string };

export type SmtpTry = {
  readonly ok: boolean;
  readonly findings: readonly SmtpFinding[];
  /** When the server's certificate ends; null without TLS. */
  readonly certificateEnds: Date | null;
};

export type TryOptions = Server & {
  readonly support: string;
  /** Envelope sender where another is refused. */
  readonly own: string;
  /** Return path of letters; null where automatic replies have the null sender. */
  readonly bounces: string | null;
  readonly timeouts?: { readonly connect?: number; readonly socket?: number };
};

type Signed = { readonly connection: SMTPConnection; readonly tls: boolean; readonly certificateEnds: Date | null };

/** Its options as nodemailer itself reads them from the address, so that what is tried is what is used. */
function readUrl(url: string, { connect = 15_000, socket = 30_000 }: NonNullable<TryOptions['timeouts']>) {
  const { options } = createTransport({ url }).transporter as unknown as {
    options: ConstructorParameters<typeof SMTPConnection>[0];
  };
  return {
    ...options,
    connectionTimeout: connect,
    greetingTimeout: connect,
    dnsTimeout: connect,
    socketTimeout: socket,
  };
}

const certificateEnd = (connection: SMTPConnection): Date | null => {
  const socket = (connection as unknown as { _socket?: Partial<TLSSocket> })._socket;
  const end = socket?.getPeerCertificate?.().valid_to;
  return end ? new Date(end) : null;
};

/** Connects, begins TLS and signs in. Rejects with what nodemailer says, or `ENOAUTHOFFERED`. */
async function signedIn(given: TryOptions, token: string | null): Promise<Signed> {
  const address = new URL(given.url);
  const user = decoded(address.username) || (given.signIn?.user ?? '');
  const pass = decoded(address.password);
  const connection = new SMTPConnection(readUrl(given.url, given.timeouts ?? {}));
  try {
    await new Promise<void>((done, failed) => {
      connection.once('error', failed);
      connection.once('end', () =>
        failed(Object.assign(new Error('it closed the connection'), { code: 'ECONNECTION' })),
      );
      connection.connect((error) => (error ? failed(error) : done()));
    });
    connection.on('error', () => {});
    const login = token !== null ? { user, method: 'XOAUTH2', oauth2: bearer(user, token) } : { user, pass };
    if (user !== '' && (token !== null || pass !== '')) {
      if (!connection.allowsAuth)
        throw Object.assign(new Error('no AUTH is offered'), { code: noAuthOffered, command: 'EHLO' });
      await new Promise<void>((done, failed) => {
        connection.login(login as Parameters<SMTPConnection['login']>[0], (error) => (error ? failed(error) : done()));
      });
    }
    return { connection, tls: connection.secure, certificateEnds: certificateEnd(connection) };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** XOAUTH2 with one token, in the form in which nodemailer asks for it. */
const bearer = (user: string, token: string) => ({
  getToken: (_renew: boolean, done: (error: Error | null, token: string) => void) => done(null, token),
  buildXOAuth2Token: (each: string) =>
    Buffer.from(`user=${user}\u0001auth=Bearer ${each}\u0001\u0001`).toString('base64'),
});

/** Null where the server would have gone on to take the letter. The connection is of no use behind it. */
function refusalOfSender({ connection }: Signed, from: string, to: string): Promise<PoolError | null> {
  return new Promise((done) => {
    const bytes = new Readable({
      read() {
        done(null);
        connection.close();
      },
    });
    connection.send({ from, to: [to] }, bytes, (error) => done(error as PoolError | null));
  });
}

export async function trySmtp(given: TryOptions): Promise<SmtpTry> {
  const findings: SmtpFinding[] = [];
  let certificateEnds: Date | null = null;
  const server = triedServer(given);
  let token: string | null = null;
  const say = sayer(given.url, () => token);
  const told = (error: PoolError, sender?: string): string =>
    sayFault(outsideFault(error, { ...server, ...(sender === undefined ? {} : { sender }) }, stepOf(error), say));
  const add = (grade: SmtpFinding['grade'], says: string) => findings.push({ grade, says });
  const finish = (): SmtpTry => ({ ok: findings.every(({ grade }) => grade !== 'fault'), findings, certificateEnds });

  /** Whether letters with this envelope sender would be taken; null where the question could not be asked. */
  async function takes(sender: string): Promise<{ refused: PoolError | null } | null> {
    const signed = await signedIn(given, token).catch(() => null);
    if (signed === null) return null;
    const refused = await refusalOfSender(signed, sender, given.support);
    signed.connection.close();
    return { refused };
  }
  const aboutSender = ({ responseCode: code = 0, command = '', response = '' }: PoolError): boolean =>
    ['sender', 'maybe-sender'].includes(refusalOf({ code, command, response }));

  try {
    if (given.signIn) token = await given.signIn.tokens.accessToken();
    const signed = await signedIn(given, token);
    signed.connection.quit();
    certificateEnds = signed.certificateEnds;
    const how = signed.tls ? (server.secure ? 'over TLS' : 'over TLS (STARTTLS)') : 'without TLS';
    const who = server.user ? `lets ${server.user} in` : 'greets us, nobody signs in';
    add('good', `${server.host}:${server.port} ${who}, ${how}`);
    if (!signed.tls && server.user)
      add('note', `${server.name}: the password goes over the line in clear, since the server offers no TLS`);
  } catch (error) {
    add('fault', told(error as PoolError));
    return finish();
  }

  const wanted = [...new Set(['', ...(given.bounces ? [given.bounces] : [])])];
  let own: Awaited<ReturnType<typeof takes>> = null;
  for (const sender of wanted) {
    const found = await takes(sender);
    if (!found?.refused) continue;
    const what = sender === '' ? 'the null sender' : `the return path ${sender}`;
    if (!aboutSender(found.refused)) {
      add('fault', told(found.refused, sender));
      return finish();
    }
    own ??= given.own === sender ? found : await takes(given.own);
    if (own?.refused) {
      add('fault', told(own.refused, given.own));
      return finish();
    }
    add(
      'note',
      `the server refuses ${what} ("${say(found.refused.response ?? found.refused.message)}"); such letters leave from ${given.own} instead${given.own === given.support ? '' : '. Let that mailbox be read here, or bounces are not seen'}`,
    );
  }
  return finish();
}
