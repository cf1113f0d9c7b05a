/**
 * nodemailer's pool, one try at a time. Besides what came of it a try says on which session it was made: whether that one had taken
 * letters before tells a server's limit from a server that does not serve us.
 */
import { Readable } from 'node:stream';
import type { Transport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { crashPoint } from '../foundation/crash-point.ts';

export type PoolError = Error & { code?: string; command?: string; response?: string; responseCode?: number };

type SmtpSession = {
  /** Letters that were tried on it before this one. */
  readonly took: number;
  /** It is used no more. */
  close(): void;
};

export type Handed =
  | { readonly ok: true; readonly response: string }
  | {
      readonly ok: false;
      readonly error: PoolError;
      /** Null where there was none: no connection, no greeting, no login. */
      readonly session: SmtpSession | null;
    };

export type Pool = Transport<SMTPPool.SentMessageInfo>;
type Mail = Parameters<Pool['send']>[0];
type Resource = { messages: number; queueEntry?: { mail: unknown } | false; close(): void };

/** The pool's own list, which its types leave out; `test/integration/smtp` fails where a new version has another. */
const resourcesOf = (pool: Pool): readonly Resource[] =>
  (pool as unknown as { _connections: readonly Resource[] })._connections;

export const openConnections = (pool: Pool): number => resourcesOf(pool).length;

/** Both may be lowered while it runs. */
export const limitsOf = (pool: Pool): { maxConnections: number; maxMessages: number } =>
  (pool as unknown as { options: { maxConnections: number; maxMessages: number } }).options;

type ToHand = { readonly from: string; readonly to: string; readonly raw: Uint8Array };

/**
 * To the pool itself, as nodemailer's own front does it: that would parse the finished letter into a message, make it a Message-ID and
 * read it into a buffer before DATA, and the stream could tell us nothing. nodemailer does not say whether DATA had been ended when a line
 * was cut, so the stream that it reads the letter from does: once its last byte was taken, the other side may have the letter.
 */
export function handOver(
  pool: Pool,
  letter: ToHand,
  signal: AbortSignal,
  progress: { handedOver: boolean },
): Promise<Handed> {
  progress.handedOver = false;
  let session: SmtpSession | null = null;
  const bytes = new Readable({
    read() {
      crashPoint('DATA');
      this.push(letter.raw);
      this.push(null);
    },
  });
  bytes.once('end', () => {
    progress.handedOver = true;
  });
  const mail = {
    data: { signal },
    message: {
      getEnvelope: () => ({ from: letter.from, to: [letter.to] }),
      messageId: () => '',
      getHeader: () => '',
      createReadStream: () => {
        const on = resourcesOf(pool).find((one) => one.queueEntry && one.queueEntry.mail === mail);
        if (on) session = { took: on.messages, close: () => on.close() };
        return bytes;
      },
    },
  };
  crashPoint('MAIL');
  return new Promise<Handed>((resolve) => {
    pool.send(mail as unknown as Mail, (error, info) => {
      if (info) crashPoint('250');
      bytes.destroy();
      if (info) resolve({ ok: true, response: info.response });
      else
        resolve({
          ok: false,
          error: error ?? new Error('the pool says nothing of a letter'),
          session,
        });
    });
  });
}
