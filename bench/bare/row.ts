/** The bare row: every step once, with the least work that the libraries allow. No rules, no templates, no clock: what Postern is measured against. */
import type { Queue } from 'bullmq';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { lanes, now } from '../lib/numbers.ts';
import { type Order, storeMany, storeOne, tables } from './sql.ts';
import {
  fetchAll,
  openMailbox,
  openQueue,
  openTransport,
  openWorker,
  readMail,
  sendAndMark,
  type Where,
} from './tools.ts';

export type Row = {
  /** Takes what lies unseen in the mailbox; the moment it began. */
  drain(): Promise<number>;
  /** Port of an LMTP server that answers once a mail is stored. */
  readonly lmtpPort: number;
  /** Mails with a case, and letters marked as sent. */
  counts(): Promise<{ mails: number; sent: number }>;
  close(): Promise<void>;
};

const enqueue = (queue: Queue, orders: readonly Order[]): Promise<unknown> =>
  queue.addBulk(orders.map((data) => ({ name: 'letter', data, opts: { jobId: `letter-${data.letter}` } })));

/** `batched`: 50 mails a transaction; else a transaction a mail, 8 at a time. */
export async function openRow(where: Where, batched: boolean): Promise<Row> {
  const pool = new pg.Pool({ connectionString: where.database, max: 12 });
  await pool.query(tables);
  const name = `bare-${process.pid}-${Math.round(now())}`;
  const queue = await openQueue(where, name);
  const transport = openTransport(where.smtpPort);
  const worker = await openWorker(where, name, sendAndMark(transport, pool));
  const mailbox = await openMailbox(where);

  async function keep(raws: readonly Buffer[]): Promise<void> {
    if (!batched) {
      await lanes(raws.length, 8, async (i) => {
        const mail = await readMail(raws[i] as Buffer);
        for (const order of await storeOne(pool, mail))
          await queue.add('letter', order, { jobId: `letter-${order.letter}` });
      });
      return;
    }
    for (let i = 0; i < raws.length; i += 50) {
      const mails = [];
      for (const raw of raws.slice(i, i + 50)) mails.push(await readMail(raw));
      await enqueue(queue, await storeMany(pool, mails));
    }
  }

  async function drain(): Promise<number> {
    const began = now();
    await mailbox.noop();
    const uids = (await mailbox.search({ seen: false }, { uid: true })) || [];
    let last: Promise<void> = Promise.resolve();
    for (let i = 0; i < uids.length; i += 100) {
      const mails = await fetchAll(mailbox, uids.slice(i, i + 100));
      await last;
      last = (async () => {
        await keep(mails.map((mail) => mail.raw));
        await mailbox.messageFlagsAdd(mails.map((mail) => mail.uid).join(','), ['\\Seen'], { uid: true });
      })();
    }
    await last;
    return began;
  }

  // By LMTP a batch is what came while the one before was written.
  const waiting: { raw: Buffer; done(error?: Error): void }[] = [];
  let writing = false;
  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const some = waiting.splice(0, batched ? 50 : 8);
      const error = await keep(some.map((one) => one.raw)).then(
        () => undefined,
        (e: Error) => e,
      );
      for (const one of some) one.done(error);
    }
    writing = false;
  }
  const server = new SMTPServer({
    lmtp: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        waiting.push({ raw: Buffer.concat(chunks), done: (error) => done(error ?? null) });
        if (!writing) void write();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));

  return {
    drain,
    lmtpPort: (server.server.address() as { port: number }).port,
    async counts() {
      const { rows } = await pool.query<{ mails: number; sent: number }>(
        `select (select count(*) from bare.mails where case_id is not null)::int as mails, (select count(*) from bare.letters where state = 'sent')::int as sent`,
      );
      return rows[0] ?? { mails: 0, sent: 0 };
    },
    async close() {
      server.close();
      await mailbox.logout().catch(() => {});
      await worker.close();
      await queue.obliterate({ force: true }).catch(() => {});
      await queue.close();
      transport.close();
      await pool.end();
    },
  };
}
