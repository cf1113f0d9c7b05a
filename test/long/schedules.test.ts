/** POLICY §9, §11.6 with many sites: nobody is written to by an import, each primary once where it was asked for, and memory stays flat. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit } from '../../src/flows/acts/commit.ts';
import { runSchedules } from '../../src/flows/schedule/run-schedules.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type SimulatedClock, simulatedClock } from '../support/clock/simulated-clock.ts';
import { letterDeps } from '../support/letter-deps.ts';

const sites = 10_000;
const listed = 1_000;
const by = { kind: 'command', staff: null } as const;
let clock: SimulatedClock;
let database: Database;
let deps: ReturnType<typeof letterDeps>;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

beforeAll(async () => {
  clock = await simulatedClock('2026-11-27T10:00:00Z');
  database = openDatabase(clock.url, silentLog, 4);
  deps = letterDeps(database);
});
afterAll(async () => {
  await database.close();
  await clock.drop();
});

const number = (at: number) => String(1_000_000 + at);
const each = (count: number, row: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `${row(at)}\n`).join('');
const files = (count: number) => [
  {
    name: 'sites.csv',
    text: `number,name,country,timezone,language,pin\n${each(count, (at) => `${number(at)},Firm ${at},GB,Europe/London,en,${String(at).padStart(6, '0')}`)}`,
  },
  {
    name: 'contacts.csv',
    text: `site,name,email,role\n${each(count, (at) => `${number(at)},Ada ${at},ada@c${at}.example,primary\n${number(at)},Max ${at},max@c${at}.example,authorized user`)}`,
  },
];
const importAll = async (count: number, welcome: boolean) => {
  const outcome = await commit(deps, { act: 'import-registry', input: { files: files(count), welcome }, by });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome).slice(0, 500));
};
const count = async (what: string) =>
  (await database.ask((db) => sql<{ n: number }>`select count(*)::int as n ${sql.raw(what)}`.execute(db))).rows[0]?.n;

/** The heap after every hundred letters, in megabytes, with all that is done with collected. */
async function heapWhile(work: () => Promise<unknown>): Promise<number[]> {
  const heap: number[] = [];
  const { finish } = deps.letterBuilder;
  let letters = 0;
  const watched = {
    ...deps.letterBuilder,
    finish: async (...args: Parameters<typeof finish>) => {
      letters += 1;
      if (letters % 100 === 0) {
        collect();
        heap.push(process.memoryUsage().heapUsed / 2 ** 20);
      }
      return finish(...args);
    },
  };
  const plain = deps;
  deps = { ...deps, letterBuilder: watched };
  await work();
  deps = plain;
  return heap;
}

test('§9 1,000 sites get their lists of a month in one tick, and memory stays flat', async () => {
  await importAll(listed, false);
  await commit(deps, { act: 'start-schedule', input: { kind: 'contact-lists' }, by });
  await runSchedules(deps);
  await clock.set('2026-12-01T09:00:30Z');
  const start = performance.now();
  const heap = await heapWhile(() => runSchedules(deps));
  const seconds = (performance.now() - start) / 1000;
  console.log(`1,000 lists in ${seconds.toFixed(1)} s; heap in MB: ${heap.map((one) => one.toFixed(1)).join(' ')}`);
  expect(await count("from letters where template = 'contacts-monthly'")).toBe(listed);
  expect(await count("from (select distinct to_address from letters where template = 'contacts-monthly') t")).toBe(
    listed,
  );
  expect(heap).toHaveLength(listed / 100);
  expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(10);
  await commit(deps, { act: 'stop-schedule', input: { kind: 'contact-lists' }, by });
}, 600_000);

test('§11.6 10,000 sites imported: nobody is written to; with a welcome each primary once', async () => {
  const before = await count('from letters');
  await importAll(sites, false);
  await runSchedules(deps);
  expect(await count('from letters')).toBe(before);
  await importAll(sites, true);
  await importAll(sites, true);
  const start = performance.now();
  const heap = await heapWhile(async () => {
    while ((await count('from schedule_turns where due_at is not null')) !== 0) await runSchedules(deps);
  });
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `10,000 welcomes in ${seconds.toFixed(0)} s; heap in MB from ${heap[0]?.toFixed(1)} to ${heap.at(-1)?.toFixed(1)}`,
  );
  expect(await count("from letters where template = 'site-welcome'")).toBe(sites);
  expect(await count("from (select distinct to_address from letters where template = 'site-welcome') t")).toBe(sites);
  expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(15);
}, 1_800_000);
