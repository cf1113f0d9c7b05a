/** What each step can do when it is all that is done. Each gives things a second. */
import pg from 'pg';
import { type Kind, mailOf } from '../lib/mails.ts';
import { lanes, now } from '../lib/numbers.ts';
import { storeAtOnce, tables } from './sql.ts';
import {
  acknowledge,
  fetchAll,
  openMailbox,
  openQueue,
  openTransport,
  openWorker,
  readMail,
  type Where,
} from './tools.ts';

export const limitNames = ['parse', 'fetch', 'store', 'queue', 'send'] as const;
export type LimitName = (typeof limitNames)[number];

async function rate(n: number, work: () => Promise<unknown>): Promise<number> {
  const began = now();
  await work();
  return (n * 1000) / (now() - began);
}

/** For `fetch` there have to be mails in the mailbox. */
export async function limit(name: LimitName, where: Where, kind: Kind): Promise<number> {
  const n = kind === 'small' ? 1_000 : 200;
  const raws = () => Array.from({ length: n }, (_, i) => mailOf(kind, i + 1));
  switch (name) {
    case 'parse': {
      const mails = raws();
      for (const raw of mails.slice(0, 100)) await readMail(raw);
      return rate(n, async () => {
        for (const raw of mails) await readMail(raw);
      });
    }
    case 'fetch': {
      const client = await openMailbox(where);
      const uids = (await client.search({ all: true }, { uid: true })) || [];
      await fetchAll(client, uids.slice(0, 50));
      const found = await rate(uids.length, async () => {
        for (let i = 0; i < uids.length; i += 100) await fetchAll(client, uids.slice(i, i + 100));
      });
      await client.logout();
      return found;
    }
    case 'store': {
      const pool = new pg.Pool({ connectionString: where.database, max: 8 });
      await pool.query(tables);
      const mails = await Promise.all(raws().map(readMail));
      const found = await rate(n, () =>
        lanes(n, 8, async (i) => void (mails[i] && (await storeAtOnce(pool, mails[i])))),
      );
      await pool.end();
      return found;
    }
    case 'queue': {
      const queue = await openQueue(where, `limit-${process.pid}-${Math.round(now())}`);
      let left = 1_000;
      const all = Promise.withResolvers<void>();
      const found = await rate(left, async () => {
        const worker = openWorker(where, queue.name, async () => {
          left -= 1;
          if (left === 0) all.resolve();
        });
        await lanes(1_000, 16, async (i) => void (await queue.add('letter', { i }, { jobId: `limit-${i}` })));
        await all.promise;
        await (await worker).close();
      });
      await queue.obliterate({ force: true }).catch(() => {});
      await queue.close();
      return found;
    }
    case 'send': {
      const transport = openTransport(where.smtpPort);
      const order = {
        letter: '1',
        caseId: '1',
        to: 'person000@customer0.test',
        title: 'a letter',
        messageId: '<a@bench.test>',
      };
      await acknowledge(transport, order);
      const found = await rate(1_000, () => lanes(1_000, 16, () => acknowledge(transport, order)));
      transport.close();
      return found;
    }
    default:
      return name satisfies never;
  }
}
