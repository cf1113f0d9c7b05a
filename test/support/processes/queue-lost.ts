import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openQueueBackend } from '../../../src/queues/backend.ts';
import { openSender } from '../../../src/smtp/send.ts';
import { key, mail, registrySql } from '../app.ts';
import { freePort, scratch } from '../process.ts';
import { freshDatabase } from '../servers/postgres.ts';
import { startRedis, type TestRedis } from '../servers/redis.ts';
import { startSmtpSink } from '../servers/smtp-sink.ts';
import { type Kind, workerFleet } from './processes.ts';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const unfinished = `select (select count(*) from mails where state = 'new')::int as mails,
  (select count(*) from letters where state in ('queued', 'unknown'))::int as letters`;

async function startFleet(on: 'Redis' | 'PostgreSQL', inFullLength: boolean) {
  const database = await freshDatabase();
  const sink = await startSmtpSink();
  const redis: TestRedis | null = on === 'Redis' ? await startRedis() : null;
  const port = await freePort();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(registrySql);
  const fleet = workerFleet(
    {
      DATABASE_URL: database.url,
      ...(redis ? { REDIS_URL: redis.url } : {}),
      SMTP_URL: `${sink.url}?ignoreTLS=true`,
      SMTP_LISTEN: `127.0.0.1:${port}`,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      LOG_LEVEL: 'error',
    },
    scratch('queue-lost'),
  );
  const queues = openQueueBackend({ redisUrl: redis?.url ?? null, databaseUrl: database.url, log: silentLog });
  const door = openSender({ url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, log: silentLog });
  let count = 0;

  /** As an MTA does: what was not answered with 250 is handed in again. */
  async function handIn(mails: number): Promise<void> {
    for (let i = 0; i < mails; i += 1) {
      count += 1;
      const raw = Buffer.from(mail({ subject: `PIN 345 Fault ${count}`, body: `Number ${count} does not work.` }));
      for (let tries = 0; ; tries += 1) {
        const sent = await door.send({ envelopeFrom: 'ada@aldous.example', to: 'support@desk.example', raw });
        if (sent.kind === 'sent') break;
        if (tries > 200) throw new Error(`never taken: ${sent.response}\n${fleet.said()}`);
        await pause(200);
      }
    }
  }

  return {
    fleet,
    handIn,
    queues,
    ask: async () => (await client.query<{ mails: number; letters: number }>(unfinished)).rows[0],
    /** All is handed on to the queue, in however many jobs. */
    async waits(queue: 'intake' | 'outbound', open: { mails: number; letters: number }): Promise<boolean> {
      const { rows } = await client.query(unfinished);
      const left = await client.query('select from outbox');
      return (
        JSON.stringify(rows[0]) === JSON.stringify(open) &&
        left.rows.length === 0 &&
        (await queues.counts())[queue].waiting > 0
      );
    },
    cases: async () => (await client.query(`select count(distinct opened_by_mail)::int as n from cases`)).rows[0].n,
    /** Everything in the queues is gone, ticks too. */
    async lose(): Promise<void> {
      if (redis) return redis.flush();
      const tables = await client.query(
        `select string_agg(format('bullmq.%I', tablename), ', ') as all from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
      );
      // It wants all tables at once, where workers take them one by one: PostgreSQL ends one of the two.
      for (let tries = 1; ; tries += 1) {
        try {
          return void (await client.query(`truncate ${tables.rows[0].all}`));
        } catch (error) {
          if ((error as { code?: string }).code !== '40P01' || tries === 10) throw error;
        }
      }
    },
    /** The minute is over and the sweeper's tick comes, without anybody waiting for it. */
    async letTimePass(): Promise<void> {
      if (inFullLength) return;
      await client.query(`update mails set due_at = now() where state = 'new' and claimed_at is null`);
      await client.query(`update letters set due_at = now() where state = 'queued' and claimed_at is null`);
      await queues.boardQueues()[2]?.add('sweep', {});
    },
    async until(what: string, seconds: number, true_: () => Promise<boolean>): Promise<number> {
      const start = performance.now();
      while (!(await true_())) {
        if (performance.now() - start > seconds * 1_000)
          throw new Error(`not within ${seconds} s: ${what}\n${fleet.said()}`);
        await pause(100);
      }
      return Math.round(performance.now() - start);
    },
    async stop(): Promise<void> {
      await Promise.all([door.close(), queues.close(), fleet.stop()]);
      await client.end();
      await Promise.all([sink.stop(), redis?.stop()]);
      await database.drop();
    },
  };
}

/** Rows come due a minute after they were last handed on: `inFullLength` waits for that, otherwise the test lets it pass. */
export function queuesLostWhole({ inFullLength }: { inFullLength: boolean }): void {
  describe.concurrent.each(['Redis', 'PostgreSQL'] as const)('queues on %s that are lost whole', (on) => {
    it('are rebuilt within 90 s: no mail and no letter stays unfinished, and the ticks are back', async () => {
      const app = await startFleet(on, inFullLength);
      try {
        const start = (...kinds: Kind[]) => kinds.map((kind) => app.fleet.start(kind));
        const [, intake] = start('inbox', 'intake', 'scheduler');
        // Letters that nobody sends, then mails that nobody reads: both queues have jobs in them.
        await app.handIn(10);
        await app.until('the letters wait', 30, () => app.waits('outbound', { mails: 0, letters: 10 }));
        intake?.kill('SIGKILL');
        await app.handIn(10);
        await app.until('the mails wait', 10, () => app.waits('intake', { mails: 10, letters: 10 }));
        await app.lose();
        const lostAt = performance.now();
        expect((await app.queues.counts()).intake.waiting).toBe(0);
        expect(await app.ask()).toEqual({ mails: 10, letters: 10 });
        start('intake', 'outbound');
        const quiet = async () => JSON.stringify(await app.ask()) === '{"mails":0,"letters":0}';
        await app.letTimePass();
        await app.until('all is finished', 90, quiet);
        const rebuilt = performance.now() - lostAt;
        expect(rebuilt).toBeLessThan(90_000);

        // Once more while everybody is at work, jobs in hand too.
        const handing = app.handIn(30);
        for (let i = 0; i < 3; i += 1) {
          await pause(150);
          await app.lose();
        }
        await handing;
        let looks = 0;
        const rebuiltAgain = await app.until('all is finished again', 90, async () => {
          if (looks++ % 20 === 0) await app.letTimePass();
          return quiet();
        });
        expect(await app.cases()).toBe(50);
        // The contract shows in a moment what takes the schedulers' 15 s here.
        if (!inFullLength) return;
        const ticks = async () => {
          const schedulers = await Promise.all(app.queues.boardQueues().map((queue) => queue.getJobSchedulers()));
          return schedulers.flatMap((all) => all.map((each) => each?.name)).sort();
        };
        const all = ['clock', 'heartbeat', 'heartbeat', 'heartbeat', 'intake-tick', 'outbound-tick', 'sweep'];
        const ticksBack = await app.until('all ticks are back', 20, async () => `${await ticks()}` === `${all}`);
        console.info(
          `queues on ${on} lost: rebuilt in ${Math.round(rebuilt)} and ${rebuiltAgain} ms, ticks after ${ticksBack} more`,
        );
      } finally {
        await app.stop();
      }
    }, 240_000);
  });
}
