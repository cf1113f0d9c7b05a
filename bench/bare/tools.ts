/** The libraries that Postern uses, each used in the shortest way. */
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { createTransport, type Transporter } from 'nodemailer';
import type pg from 'pg';
import { markSent, type Order, type Read } from './sql.ts';

export type Where = {
  readonly database: string;
  /** Null: the queue is in PostgreSQL. */
  readonly redis: string | null;
  readonly smtpPort: number;
  readonly imapPort: number;
  readonly user: string;
};

export async function readMail(raw: Buffer): Promise<Read> {
  const mail = await simpleParser(raw);
  return {
    messageId: mail.messageId ?? '',
    sender: mail.from?.value[0]?.address ?? '',
    title: mail.subject ?? '',
    text: mail.text ?? '',
    headers: JSON.stringify(mail.headerLines),
    raw,
  };
}

export const openTransport = (port: number): Transporter =>
  createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 5,
    maxMessages: Number.POSITIVE_INFINITY,
  } as never);

export async function acknowledge(transport: Transporter, order: Order): Promise<void> {
  await transport.sendMail({
    from: 'Support <support@bench.test>',
    to: order.to,
    subject: `Re: ${order.title} [Case ${order.caseId}]`,
    inReplyTo: order.messageId,
    references: order.messageId,
    headers: { 'Auto-Submitted': 'auto-replied' },
    text: `Hello,\n\nthank you for your message. We have opened case ${order.caseId} for it: ${order.title}.\n\n`.repeat(
      6,
    ),
  });
}

/** BullMQ's own types do not name the backend of a queue in a way that a choice between two could be written down. */
const backendOf = (where: Where): { connection: never; rest: never[] } =>
  where.redis === null
    ? { connection: { connectionString: where.database, max: 16 } as never, rest: [createPostgresBackend as never] }
    : { connection: { url: where.redis, maxRetriesPerRequest: null } as never, rest: [] };

export async function openQueue(where: Where, name: string): Promise<Queue> {
  const { connection, rest } = backendOf(where);
  const queue = new Queue(name, { connection, defaultJobOptions: { removeOnComplete: true } }, ...rest);
  queue.on('error', () => {});
  await queue.waitUntilReady();
  return queue as never;
}

export async function openWorker(where: Where, name: string, work: (order: Order) => Promise<void>): Promise<Worker> {
  const { connection, rest } = backendOf(where);
  const worker = new Worker(
    name,
    (job) => work(job.data as Order),
    { connection, concurrency: 16, removeOnComplete: { count: 0 } },
    ...rest,
  );
  worker.on('error', () => {});
  await worker.waitUntilReady();
  return worker as never;
}

export const sendAndMark =
  (transport: Transporter, pool: pg.Pool) =>
  async (order: Order): Promise<void> => {
    await acknowledge(transport, order);
    await markSent(pool, order.letter);
  };

export async function openMailbox(where: Where): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: where.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user: where.user, pass: 'secret' },
    logger: false,
  });
  client.on('error', () => {});
  await client.connect();
  await client.mailboxOpen('INBOX');
  return client;
}

export async function fetchAll(client: ImapFlow, uids: readonly number[]): Promise<{ uid: number; raw: Buffer }[]> {
  const mails: { uid: number; raw: Buffer }[] = [];
  for await (const mail of client.fetch(uids.join(','), { uid: true, source: true }, { uid: true }))
    if (mail.source) mails.push({ uid: mail.uid, raw: mail.source });
  return mails;
}
