/** Keeps what the jobs of the clock came to, so that `postern schedule` can show it. */
import type { Database } from '../../store/database.ts';
import { type ClockStanding, clockStandings, writeClockRuns } from '../../store/upkeep/clock-runs.ts';

type Ended = { readonly at: number; readonly tookMs: number; readonly did: number; readonly failure: string | null };
export type ClockRuns = {
  /** `result` is what the job answered: a number, or an object of numbers, is how much it has done. */
  note(name: string, run: { tookMs: number; result?: unknown; failure?: string | null }): void;
  flush(): Promise<void>;
};

/** How much was done, where the job says so in numbers. */
export function amountOf(result: unknown): number {
  if (typeof result === 'number') return Number.isFinite(result) ? Math.max(0, Math.round(result)) : 0;
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return 0;
  return Object.values(result).reduce<number>((sum, one) => sum + (typeof one === 'number' ? amountOf(one) : 0), 0);
}

/** Rows are written with the minute and not with the run: some run every five seconds. `clock` is in milliseconds. */
export function openClockRuns(database: Database, clock: () => number): ClockRuns {
  let ended = new Map<string, Ended>();
  return {
    note(name, { tookMs, result, failure = null }) {
      const did = (ended.get(name)?.did ?? 0) + amountOf(result);
      ended.set(name, { at: clock(), tookMs: Math.round(tookMs), did, failure });
    },
    async flush() {
      const now = clock();
      const runs = [...ended].map(([name, { at, ...run }]) => ({ name, ago: (now - at) / 1000, ...run }));
      ended = new Map();
      await writeClockRuns(database, runs);
    },
  };
}

/** A job as it is made known by the worker. */
type KnownJob = { readonly name: string; readonly every: number; readonly does: string };
export type ListedJob = {
  readonly job: string;
  readonly does: string;
  readonly everySeconds: number;
  /** ISO 8601; null: it has not run here since this is kept. */
  readonly last: string | null;
  readonly next: string | null;
  readonly tookMs: number | null;
  readonly did: number;
  readonly didAt: string | null;
  readonly failedAt: string | null;
  readonly failure: string | null;
};

export async function listJobs(database: Database, jobs: readonly KnownJob[]): Promise<ListedJob[]> {
  const standings = new Map((await clockStandings(database)).map((one): [string, ClockStanding] => [one.name, one]));
  return jobs.map(({ name, every, does }) => {
    const one = standings.get(name);
    const next = one ? new Date(Date.parse(one.ranAt) + every).toISOString() : null;
    return {
      ...{ job: name, does, everySeconds: every / 1000, last: one?.ranAt ?? null, next, tookMs: one?.tookMs ?? null },
      ...{ did: one?.did ?? 0, didAt: one?.didAt ?? null },
      ...{ failedAt: one?.failedAt ?? null, failure: one?.failure ?? null },
    };
  });
}
