/** Each step alone, in a process of its own. */
import { startBare } from '../bare/handle.ts';
import { type LimitName, limitNames } from '../bare/limits.ts';
import { freshMails, type Kind } from '../lib/mails.ts';
import { spread } from '../lib/numbers.ts';
import type { Queues } from '../lib/postern.ts';
import type { Report } from '../lib/report.ts';
import type { Bench } from '../lib/world.ts';

const says: Record<LimitName, string> = {
  parse: 'mailparser reads them',
  fetch: 'imapflow fetches them, 100 at a time',
  store: 'a mail, its case and the order for its letter in one statement, 8 at a time',
  queue: 'BullMQ: added by 16, worked on by 16',
  send: 'nodemailer sends, pool of 5',
};

export async function limits(bench: Bench, report: Report, runs: number): Promise<void> {
  const measure = async (name: LimitName, kind: Kind, queues: Queues) => {
    const values: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const database = await bench.databases.fresh();
      await bench.databases.query(database.name, 'drop schema if exists bullmq cascade');
      const user = bench.dovecot.freshUser();
      if (name === 'fetch') bench.dovecot.deliverAll(user, freshMails(kind, kind === 'small' ? 1_000 : 200).mails);
      const bare = startBare();
      const where = {
        database: database.url,
        redis: queues === 'redis' ? bench.redis.url : null,
        smtpPort: bench.sink.port,
        imapPort: bench.dovecot.port,
        user,
      };
      if (queues === 'postgres') await migrateQueue(database.url);
      values.push(await bare.ask<number>({ does: 'limit', name, where, kind }));
      bare.stop();
      await bench.databases.drop(database.name);
    }
    const sort =
      name === 'queue'
        ? queues === 'redis'
          ? ', on Redis'
          : ', on PostgreSQL'
        : name === 'send'
          ? ''
          : kind === 'small'
            ? ', small mails'
            : ', 143 KB mails';
    report.add({
      part: 'limits',
      what: `${says[name]}${sort}`,
      unit: 'a second',
      ...spread(values),
      shares: {},
      more: {},
    });
  };
  for (const name of limitNames) {
    report.progress(`limit: ${name}`);
    await measure(name, 'small', 'redis');
    if (name === 'queue') await measure(name, 'small', 'postgres');
    if (name === 'parse' || name === 'fetch' || name === 'store') await measure(name, 'large', 'redis');
  }
}

async function migrateQueue(url: string): Promise<void> {
  const { runMigrations } = await import('bullmq');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(client);
  await client.end();
}
