/** POLICY §11.6: a store with ten thousand open cases of before there were timers is upgraded. */
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { rate } from '../../../src/cases/rating.ts';
import { foldClock } from '../../../src/cases/response-clock.ts';
import { type ActDeps, commit } from '../../../src/flows/acts/commit.ts';
import { runTimers } from '../../../src/flows/cases/run-timers.ts';
import { takeOverCases } from '../../../src/flows/cases/take-over.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations/index.ts';
import { registrySql } from '../../support/app.ts';
import { type SimulatedClock, simulatedClock } from '../../support/clock/simulated-clock.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { kim, lea } from '../../support/worked-case.ts';

/** A Monday, eleven in London. */
const start = '2026-05-11T10:00:00Z';
const thisMorning = '2026-05-11T08:30:00Z';
const staff = [kim.email, lea.email];

let clock: SimulatedClock;
let database: Database;
let client: pg.Client;
let deps: ActDeps;
let ran: string[];

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
const rows = async (text: string, values: unknown[] = []): Promise<any[]> => (await client.query(text, values)).rows;
const count = async (what: string) => (await rows(`select count(*)::int as n ${what}`))[0].n as number;

async function migrateAsBefore(url: string): Promise<void> {
  const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0030'));
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => older } });
  const { error } = await migrator.migrateToLatest();
  await db.destroy();
  if (error) throw error;
}

type Sort = {
  readonly overdue: boolean;
  readonly owner?: string;
  readonly kind?: string;
  readonly answered?: true;
  readonly closed?: true;
  /** Of before the events of a clock said what it runs by. */
  readonly unrated?: true;
};
const sorts: readonly Sort[] = [
  { overdue: true },
  { overdue: true },
  { overdue: true, owner: kim.email },
  { overdue: true, owner: lea.email },
  { overdue: true, unrated: true },
  { overdue: true, answered: true },
  { overdue: true, kind: 'preview' },
  { overdue: false },
  { overdue: false, owner: kim.email },
  { overdue: false, unrated: true },
];
const sortOf = (n: number): Sort => sorts[n % 10] as Sort;
const open = Array.from({ length: 10_000 }, (_, n) => ({ number: `${200_000 + n}`, n, ...sortOf(n) }));
const closed = Array.from({ length: 1_000 }, (_, n) => ({
  number: `${300_000 + n}`,
  n,
  ...sortOf(n),
  closed: true as const,
}));

async function insertOldCases(): Promise<void> {
  const all = [...open, ...closed].map((one) => {
    const bestEffort = one.kind === 'preview';
    const site = { timezone: 'Europe/London', country: 'GB' };
    const rating = rate({ severity: 3, plan: 'standard', base: 'standard', bestEffort, ...site }, deps.policy);
    const at = one.overdue
      ? Temporal.Instant.from(start)
          .subtract({ hours: 24 * (7 + (one.n % 50)) })
          .toString()
      : thisMorning;
    const due = foldClock([{ type: 'started', at, rating }], holidaysOf)?.due;
    return { answered: false, closed: false, kind: 'incident', owner: null, ...one, at, due, rating };
  });
  await client.query(
    `with given as (
       select * from jsonb_to_recordset($1) as g(
         number text, at timestamptz, due timestamptz, kind text, owner text, answered boolean, closed boolean,
         unrated boolean, rating jsonb)
     ), made as (
       insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_id, contact_address, language,
         product, due, response_met_at, closed_at, owner)
       select number, 1, 'Of before ' || number, 3, kind, case when closed then 'closed' else 'open' end, at, 1,
         'ada@aldous.example', 'en', 'Vault', due, case when answered then at + interval '2 hours' end,
         case when closed then at + interval '1 day' end, owner
       from given order by number
       returning id, number
     )
     insert into case_events (case_id, at, kind, detail)
     select m.id, g.at + e.after, e.kind, e.detail
     from made m
     join given g using (number)
     cross join lateral (values
       (0, true, 'opened', interval '0', '{}'::jsonb),
       (1, true, 'clock-started', interval '0', case when unrated then jsonb_build_object('due', due) else
         jsonb_build_object('due', due, 'rating', rating) end),
       (2, answered, 'clock-met', interval '2 hours', '{}'),
       (3, closed, 'closed', interval '1 day', '{}')) e(nth, there, kind, after, detail)
     where e.there
     order by m.id, e.nth`,
    [JSON.stringify(all)],
  );
}

beforeAll(async () => {
  clock = await simulatedClock(start, { migrated: false });
  await migrateAsBefore(clock.url);
  client = new pg.Client({ connectionString: clock.url });
  await client.connect();
  database = openDatabase(clock.url, silentLog, 2);
  const { policy, ...rest } = letterDeps(database);
  deps = { ...rest, policy: { ...policy, desk: { ...policy.desk, staff, people: [kim, lea] } } };
  await client.query(registrySql);
  await insertOldCases();
  ran = await migrate(clock.url);
});
afterAll(async () => {
  await client.end();
  await database.close();
  await clock.drop();
});

const overdue = open.filter((one) => one.overdue && !one.answered && one.kind !== 'preview');
/** Some of each sort. */
const some = open.slice(0, 40);
/** Until nothing is due on it. */
async function ring(number: string): Promise<void> {
  for (let looks = 1; (await count(`from cases where number = '${number}' and timer_at <= now()`)) > 0; looks += 1) {
    if (looks > 10) throw new Error(`case ${number} has no end`);
    await commit(deps, { act: 'run-case-timers', input: { case: number }, by: { kind: 'clock' } });
  }
}
async function ringSome(): Promise<void> {
  for (const { number } of some) await ring(number);
}

it('no timer runs on them before they are taken over', async () => {
  expect(ran).toContain('0030-cases-behind');
  expect(await count(`from cases where status = 'open' and silent_until = 'infinity'`)).toBe(10_000);
  expect(await runTimers(deps)).toBe(0);
});

it('our people get one list of what is overdue, and a customer nothing', async () => {
  await takeOverCases(deps);
  const letters = await rows('select to_address as to, template, subject from letters order by to_address');
  expect(letters).toEqual(staff.map((to) => ({ to, template: 'staff-notice', subject: letters[0].subject })));
  expect(overdue).toHaveLength(5000);
  const [{ raw }] = await rows('select raw from letters limit 1');
  expect(`${raw}`.match(/\b2\d{5}\b/g)?.every((number) => overdue.some((one) => one.number === number))).toBe(true);
  expect(await rows(`select detail->'count' as count from audit where action = 'cases-taken-over'`)).toEqual([
    { count: 10_000 },
  ]);
});

it('a second run writes nothing', async () => {
  const before = [await count('from letters'), await count('from audit'), await count('from case_events')];
  await takeOverCases(deps);
  expect(await commit(deps, { act: 'take-over-cases', input: {}, by: { kind: 'clock' } })).toMatchObject({ made: [] });
  expect([await count('from letters'), await count('from audit'), await count('from case_events')]).toEqual(before);
});

it('their timers run, and ring for nothing of what lay behind', async () => {
  const [{ id: last }] = await rows('select max(id) as id from case_events');
  await ringSome();
  expect(await runTimers(deps)).toBe(200);
  expect(await count('from letters')).toBe(staff.length);
  expect(await count(`from case_events where kind = 'clock-breached'`)).toBeGreaterThan(0);
  expect(await count(`from cases where status = 'closed' and timer_at is not null`)).toBe(0);
  // Their clocks are given what they run by, from when they started.
  const rated = await rows(
    `select c.number, e.at = c.opened_at as same from case_events e join cases c on c.id = e.case_id
    where e.kind = 'clock-started' and e.detail ? 'rating' and c.silent_until is not null and e.id > $1 order by c.id`,
    [last],
  );
  const unrated = some.filter((one) => one.unrated).map(({ number }) => number);
  expect(rated.map(({ number }) => number)).toEqual(expect.arrayContaining(unrated));
  expect(rated.every(({ same }) => same)).toBe(true);
});

it('one that was closed without a rating rings once it is reopened', async () => {
  const [old] = closed.filter((one) => one.unrated && one.overdue);
  const number = `${old?.number}`;
  const at = '2026-05-11T11:00:00Z';
  await clock.set(at);
  await commit(deps, {
    act: 'reopen-case',
    input: { case: number, reason: 'It is back.' },
    by: { kind: 'api', staff: kim.email },
  });
  await ring(number);
  const rung = () =>
    rows(`select e.kind from case_events e join cases c on c.id = e.case_id where c.number = $1 order by e.id`, [
      number,
    ]);
  expect((await rung()).map(({ kind }) => kind)).not.toContain('clock-breached');
  const [{ due }] = await rows('select due from cases where number = $1', [number]);
  // Four hours of theirs from then, at noon in London.
  expect(due.toISOString()).toMatch(/^2026-05-11T15:00:00/);
  await clock.set('2026-05-11T15:00:05Z');
  await ring(number);
  expect((await rung()).map(({ kind }) => kind)).toContain('clock-breached');
  await clock.set(start);
});

it('what becomes due from now on rings, to our people alone', async () => {
  await clock.set('2026-05-18T10:00:00Z');
  await ringSome();
  const rung = await rows(`select distinct c.number, to_address as to from letters l join cases c on c.id = l.case_id`);
  const later = some.filter((one) => !one.overdue).map(({ number }) => number);
  // And the one that was reopened.
  const open = rung.map(({ number }) => number).filter((number) => number < '300000');
  expect([...new Set(open)].toSorted()).toEqual(later);
  expect(rung.every(({ to }) => staff.includes(to))).toBe(true);
});
