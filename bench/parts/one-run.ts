/** One run: so many mails through the whole way, by Postern or by the bare row, counted at both ends. A run with a wrong count is void. */
import { startBare } from '../bare/handle.ts';
import { handInByLmtp, layInMailbox } from '../lib/drive.ts';
import { freshMails, type Kind } from '../lib/mails.ts';
import { now, until } from '../lib/numbers.ts';
import { type Queues, type Running, startPostern, type Way } from '../lib/postern.ts';
import { type Load, watchLoad } from '../lib/sampler.ts';
import type { Bench } from '../lib/world.ts';

export type Task = { readonly kind: Kind; readonly mails: number; readonly queues: Queues; readonly way: Way };
export type Run = { readonly rate: number; readonly load: Load; readonly complaints: readonly string[] };

export const warmUpOf = (task: Task): number => (task.kind === 'small' ? 1_500 : 150);
const patience = (mails: number): number => 60_000 + mails * 60;

export type PosternRun = Task & {
  /** The database to work on; a fresh one that is dropped afterwards where it is not given. */
  readonly database?: { name: string; url: string };
  readonly processes?: readonly (readonly string[])[];
  readonly nodeFlags?: readonly string[];
  /** Called around the measured mails, with the moments on the shared clock. */
  readonly measured?: {
    before?(database: string, running: Running): Promise<void>;
    after?(database: string, from: number, to: number): Promise<void>;
  };
};

export async function runPostern(bench: Bench, task: PosternRun): Promise<Run> {
  const { databases, sink } = bench;
  const database = task.database ?? (await databases.fresh());
  if (task.queues === 'redis') bench.redis.flush();
  sink.reset();
  const count = async () => {
    const [row] = await databases.query<{ cases: number; decided: number; mails: number; sent: number }>(
      database.name,
      `select (select count(*) from cases)::int as cases, (select count(*) from mails)::int as mails, (select count(*) from mails where state = 'decided')::int as decided,
        (select count(*) from letters where state = 'sent')::int as sent`,
    );
    return row ?? { cases: 0, decided: 0, mails: 0, sent: 0 };
  };
  const postern = await startPostern(bench, { ...task, database });
  try {
    const before = await count();
    const load = watchLoad(postern.pids, databases.pid);
    const bring = (mails: readonly Buffer[], there: number) =>
      task.way === 'imap' ? layInMailbox(bench, postern.user, mails, there) : handInByLmtp(postern.lmtpPort, mails);
    const warm = freshMails(task.kind, warmUpOf(task));
    await bring(warm.mails, 0);
    await sink.waitFor(warm.tokens, patience(warm.mails.length));
    await task.measured?.before?.(database.name, postern);
    const cold = await load.stop();
    const hot = watchLoad(postern.pids, databases.pid);
    const { mails, tokens } = freshMails(task.kind, task.mails);
    const began = await bring(mails, warm.mails.length);
    const ended = await sink.waitFor(tokens, patience(mails.length));
    const spent = await hot.stop();
    await task.measured?.after?.(database.name, began, ended);
    const all = warm.mails.length + mails.length;
    await until(
      'every mail to be a case and every letter to be sent',
      async () => {
        const after = await count();
        return (
          after.cases - before.cases === all &&
          after.decided - before.decided === all &&
          (task.database ? after.sent - before.sent >= all : after.sent - before.sent === all) &&
          after.mails - before.mails === all
        );
      },
      15_000,
    ).catch(async () => {
      throw new Error(`void: ${all} mails brought, ${JSON.stringify(before)} became ${JSON.stringify(await count())}`);
    });
    // A desk that has people sends them letters, too.
    if (!task.database && sink.counts().others > 0)
      throw new Error(`void: ${sink.counts().others} letters that nobody asked for`);
    return {
      rate: (mails.length * 1_000) / (ended - began),
      load: { ...spent, startMb: cold.startMb, peakMb: Math.max(cold.peakMb, spent.peakMb) },
      complaints: postern.complaints(),
    };
  } finally {
    await postern.stop();
    if (!task.database) await databases.drop(database.name);
  }
}

export async function runBare(bench: Bench, task: Task, batched: boolean): Promise<Run> {
  const { databases, sink } = bench;
  const database = await databases.fresh();
  if (task.queues === 'redis') bench.redis.flush();
  sink.reset();
  const user = bench.dovecot.freshUser();
  const bare = startBare();
  try {
    const where = {
      database: database.url,
      redis: task.queues === 'redis' ? bench.redis.url : null,
      smtpPort: sink.port,
      imapPort: bench.dovecot.port,
      user,
    };
    if (task.queues === 'postgres') await databases.query(database.name, 'drop schema if exists bullmq cascade');
    if (task.queues === 'postgres') await migrateBareQueue(database.url);
    const lmtpPort = await bare.ask<number>({ does: 'open', where, batched });
    const bring = async (mails: readonly Buffer[], there: number): Promise<number> => {
      if (task.way === 'lmtp') return handInByLmtp(lmtpPort, mails);
      await layInMailbox(bench, user, mails, there);
      return bare.ask<number>({ does: 'drain' });
    };
    const warm = freshMails(task.kind, warmUpOf(task));
    await bring(warm.mails, 0);
    await sink.waitFor(warm.tokens, patience(warm.mails.length));
    const load = watchLoad([bare.pid], databases.pid);
    const { mails, tokens } = freshMails(task.kind, task.mails);
    const began = await bring(mails, warm.mails.length);
    const ended = await sink.waitFor(tokens, patience(mails.length));
    const spent = await load.stop();
    const all = warm.mails.length + mails.length;
    const give = now() + 10_000;
    for (;;) {
      const counts = await bare.ask<{ mails: number; sent: number }>({ does: 'counts' });
      if (counts.mails === all && counts.sent === all) break;
      if (now() > give) throw new Error(`void: ${all} mails brought to the bare row, it has ${JSON.stringify(counts)}`);
    }
    await bare.ask({ does: 'close' });
    return { rate: (mails.length * 1_000) / (ended - began), load: spent, complaints: [] };
  } finally {
    bare.stop();
    await databases.drop(database.name);
  }
}

/** The bare row's queue lies in BullMQ's own schema of names. */
async function migrateBareQueue(url: string): Promise<void> {
  const { runMigrations } = await import('bullmq');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(client);
  await client.end();
}
