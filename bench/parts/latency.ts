/** One mail at rest: how long until its acknowledgement is taken, from each moment one can count from. */

import { openLmtp } from '../lib/lmtp.ts';
import { addressOf, freshMails } from '../lib/mails.ts';
import { now, quantile, sleep, until } from '../lib/numbers.ts';
import { tap } from '../lib/observer.ts';
import { type Queues, startPostern } from '../lib/postern.ts';
import type { Report } from '../lib/report.ts';
import type { Bench } from '../lib/world.ts';

const warmUp = 10;

export async function latency(bench: Bench, report: Report, queues: Queues, count: number): Promise<void> {
  const queue = queues === 'redis' ? 'Redis' : 'PostgreSQL';
  const add = (what: string, values: readonly number[]) =>
    report.add({
      part: 'latency',
      what: `one mail at rest, ${queue} queue: ${what}`,
      unit: 'ms (p95)',
      median: quantile(values, 0.95),
      min: Math.min(...values),
      max: Math.max(...values),
      values,
      shares: {},
      more: { p50: quantile(values, 0.5), mails: values.length },
    });
  bench.sink.reset();
  const rest = () => sleep(200 + Math.random() * 200);

  report.progress(`latency by IMAP, ${queue} queue`);
  const database = await bench.databases.fresh();
  if (queues === 'redis') bench.redis.flush();
  const ear = await tap(bench.dovecot.port);
  const postern = await startPostern(bench, { queues, way: 'imap', database, imapPort: ear.port });
  const told: number[] = [];
  const delivered: number[] = [];
  try {
    for (let i = 0; i < warmUp + count; i += 1) {
      await rest();
      const { mails, tokens } = freshMails('small', 1);
      const at = now();
      bench.dovecot.deliverAll(postern.user, mails);
      const taken = await bench.sink.waitFor(tokens, 20_000);
      const heard = ear.toldOf(i + 1);
      if (i < warmUp) continue;
      delivered.push(taken - at);
      if (heard !== undefined) told.push(taken - heard);
    }
    report.complaints(`latency by IMAP, ${queue}`, postern.complaints());
  } finally {
    await postern.stop();
    await ear.close();
    await bench.databases.drop(database.name);
  }
  if (told.length < count) throw new Error(`void: ${told.length} of ${count} announcements were heard`);
  add("from the server's `exists`", told);
  add('from the delivery into the mailbox (IDLE)', delivered);

  report.progress(`latency by LMTP, ${queue} queue`);
  const other = await bench.databases.fresh();
  if (queues === 'redis') bench.redis.flush();
  const direct = await startPostern(bench, { queues, way: 'lmtp', database: other });
  const ends: number[] = [];
  const promises: number[] = [];
  try {
    const client = await openLmtp(direct.lmtpPort);
    for (let i = 0; i < warmUp + count; i += 1) {
      await rest();
      const { mails, tokens } = freshMails('small', 1);
      const { ended, promised } = await client.send(mails[0] as Buffer, addressOf(0));
      await until('the letter', () => bench.sink.takenAt(tokens[0] ?? '') !== undefined, 20_000);
      if (i < warmUp) continue;
      ends.push((bench.sink.takenAt(tokens[0] ?? '') ?? Number.NaN) - ended);
      promises.push(promised - ended);
    }
    client.close();
    report.complaints(`latency by LMTP, ${queue}`, direct.complaints());
  } finally {
    await direct.stop();
    await bench.databases.drop(other.name);
  }
  add('from the end of DATA by LMTP', ends);
  add('from the end of DATA to the 250 that promises it', promises);
}
