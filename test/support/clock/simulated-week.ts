/** A Postern whose time is moved by the test: mails arrive at their moment, and whatever becomes due between two of them rings at its own. */
import { silentMeter } from '../../../src/foundation/meter.ts';
import { clockJobs, runClockJobs } from '../../../workers/clock-jobs.ts';
import { loudLog, startApp } from '../app.ts';
import { startRedis } from '../servers/redis.ts';
import { simulatedClock } from './simulated-clock.ts';

export type SimulatedWeek = Awaited<ReturnType<typeof startWeek>>;

export async function startWeek(start: string, extra: Record<string, string> = {}) {
  // Redis has a clock of its own, which goes on as ever.
  const redis = await startRedis();
  const clock = await simulatedClock(start);
  const running = await startApp({ ...extra, REDIS_URL: redis.url }, clock);
  const jobs = clockJobs(running.app);
  const count = async (what: string) => (await running.query<{ n: number }>(`select count(*)::int as n ${what}`))[0]?.n;

  const quiet = () =>
    running.until(
      'all is quiet',
      async () =>
        (await count(`from mails where state = 'new'`)) === 0 &&
        (await count(`from letters where state in ('queued', 'unknown') and due_at <= now() + interval '1 minute'`)) ===
          0,
      60,
    );

  /** What waits for its time within the next minutes: a letter that leaves later, a timer of a case. */
  const next = async (until: string): Promise<string | null> =>
    (
      await running.query<{ at: string | null }>(
        `select to_json(min(at)) #>> '{}' as at
         from (select timer_at as at from cases where timer_at is not null
           union all select due_at from letters where state = 'queued' and due_at > now() + interval '1 minute'
           union all select due_at from schedule_turns where due_at is not null
           union all select due_at from renewal_steps where state = 'planned'
           union all select due from care_clocks where done_at is null and told_at is null) t
         where at <= $1::timestamptz`,
        [until],
      )
    )[0]?.at ?? null;

  const ring = async () => {
    for (const tick of ['cases', 'sweep', 'clock'] as const)
      await runClockJobs(jobs, tick, { log: loudLog, meter: silentMeter });
    await quiet();
  };

  return {
    ...running,
    clock,
    quiet,
    /** Lets time pass, and rings at each moment at which something is due. */
    async pass(until: string) {
      for (let at = await next(until); at !== null; at = await next(until)) {
        await clock.set(at);
        await ring();
      }
      await clock.set(until);
      await ring();
    },
    /** A mail comes in by LMTP at this moment. */
    async arrive(
      at: string,
      raw: string | Buffer,
      envelope: { readonly mailFrom: string | null; readonly rcptTo: readonly string[] },
    ) {
      await this.pass(at);
      const bytes = typeof raw === 'string' ? Buffer.from(raw.replaceAll(/\r?\n/g, '\r\n')) : raw;
      const origin = { kind: 'lmtp', name: 'lmtp' } as const;
      await running.app.receive([{ raw: bytes, arrivedAt: new Date(at), envelope, origin }]);
      await quiet();
    },
    async stop() {
      await running.stop();
      await redis.stop();
    },
  };
}
