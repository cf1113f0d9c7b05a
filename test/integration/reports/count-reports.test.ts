/** The sums of the reports are what a count of the rows themselves comes to, whatever was done in which order, and however late it came. */
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countReports } from '../../../src/flows/reports/count-reports.ts';
import { openReportPages } from '../../../src/flows/reports/report-pages.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { emptyTables, freshDatabase } from '../../support/servers/postgres.ts';
import { policy } from '../../support/world.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;
let other: pg.Client;
const query = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
const timezone = 'Europe/London';
const deps = () => ({ database, policy: { ...policy, desk: { ...policy.desk, timezone } } });

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  other = new pg.Client({ connectionString: fresh.url });
  await Promise.all([client.connect(), other.connect()]);
});
afterAll(async () => {
  await Promise.all([client.end(), other.end()]);
  await database.close();
  await fresh.drop();
});
async function anew(): Promise<void> {
  await emptyTables(query);
  await query(
    `insert into sites (number, name, country, timezone, language)
     values ('1000001', 'One', 'GB', 'Europe/London', 'en'), ('1000002', 'Two', 'GB', 'Europe/London', 'en')`,
  );
}
beforeEach(anew);

/** What was seen is counted with the next tick, once no transaction of then is open: those of other tests count, too. */
const ticks = async (count = 4) => {
  for (let round = 0; round < count; round += 1) await countReports(deps());
};
async function countAll(): Promise<void> {
  await ticks(2);
  for (let round = 0; round < 500; round += 1) {
    const [{ done }] = await query(
      'select counted_id >= (select coalesce(max(id), 0) from audit) as done from report_mark',
    );
    if (done) return;
    await new Promise((later) => setTimeout(later, 10));
    await ticks(1);
  }
  throw new Error('not everything was counted in time');
}
const told = (action: string, kind: string, id: string, detail: unknown = {}, on = client) =>
  on.query('insert into audit (actor, action, subject_kind, subject_id, detail) values ($1, $2, $3, $4, $5)', [
    ...['test', action, kind, id],
    JSON.stringify(detail),
  ]);

const rating = (plan: string) => ({
  ...{ severity: 3, plan, target: { minutes: 240 }, counts: 'round-the-clock', hours: {} },
  ...{ timezone, country: 'GB' },
});
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

type CaseDone = {
  readonly openedHoursAgo: number;
  readonly severity: number;
  readonly site: number;
  readonly plan: 'standard' | 'premier' | null;
  /** Each is a change of its own, counted or not before the next. */
  readonly owners: readonly (string | null)[];
  readonly severities: readonly number[];
  /** Hours behind the opening. */
  readonly answeredAfter: number | null;
  readonly scores: readonly number[];
};
let numbers = 0;
async function open(done: CaseDone): Promise<{ id: string; number: string }> {
  numbers += 1;
  const number = String(300_000 + numbers);
  const at = hoursAgo(done.openedHoursAgo);
  const [{ id }] = await query(
    `insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
     select $1, id, 'T', $2, 'incident', 'open', $3, 'a@b.example', 'en' from sites where number = $4 returning id`,
    [number, done.severity, at, `100000${done.site}`],
  );
  if (done.plan)
    await query(`insert into case_events (case_id, at, kind, detail) values ($1, $2, 'clock-started', $3)`, [
      ...[id, at],
      JSON.stringify({ rating: rating(done.plan) }),
    ]);
  await told('case-opened', 'case', number);
  return { id, number };
}
async function answer({ id, number }: { id: string; number: string }, done: CaseDone): Promise<void> {
  if (done.answeredAfter === null) return;
  const at = hoursAgo(done.openedHoursAgo - done.answeredAfter);
  await query('update cases set response_met_at = $2 where id = $1', [id, at]);
  await query(`insert into case_events (case_id, at, kind) values ($1, $2, 'clock-met')`, [id, at]);
  await told('case-answered', 'case', number);
}
let letters = 0;
async function letterTo(to: string, more: Record<string, unknown> = {}): Promise<string> {
  letters += 1;
  const row = {
    ...{ idempotency_key: `k${letters}`, template: 'case-closed', priority: 0, language: 'en', to_address: to },
    ...{ stranger: false, rate_key: to, matter: 'm', subject: 's', message_id: `<r${letters}@x>`, envelope_from: '' },
    ...{ state: 'sent', give_up_at: '2030-01-01T00:00:00Z', raw: Buffer.from('x'), ...more },
  };
  const names = Object.keys(row);
  const [{ id }] = await query(
    `insert into letters (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id::text`,
    Object.values(row),
  );
  return id;
}
async function score({ id, number }: { id: string; number: string }, done: CaseDone): Promise<void> {
  const [given] = done.scores;
  if (given === undefined) return;
  const letter = await letterTo('a@b.example', { case_id: id });
  for (const [i, one] of done.scores.entries())
    await query('insert into satisfaction_answers (case_id, letter_id, score, at) values ($1, $2, $3, $4)', [
      ...[id, letter, one],
      // More than a minute apart, so that none is a scanner's; within a day, so that the last counts.
      new Date(Date.now() - 3_600_000 + i * 120_000).toISOString(),
    ]);
  await told('case-satisfaction-given', 'case', number);
}

/** By the rows themselves, and by nothing that the sums are made of. */
async function directly() {
  return query(
    `with one as (
       select (c.opened_at at time zone '${timezone}')::date as day, c.severity, coalesce(e.detail->'rating'->>'plan', '') as plan,
         coalesce(c.owner, '') as owner, e.id is not null as promised, c.response_met_at is not null as answered,
         e.id is not null and coalesce(c.response_met_at, now()) > c.opened_at + interval '240 minutes' as late,
         case when e.id is not null and c.response_met_at is not null
           then round(extract(epoch from c.response_met_at - c.opened_at) / 60) else 0 end as minutes
       from cases c left join case_events e on e.case_id = c.id and e.kind = 'clock-started')
     select day::text, severity::int, plan, owner, count(*)::int as opened, (count(*) filter (where promised))::int as promised,
       (count(*) filter (where answered))::int as answered, (count(*) filter (where late))::int as late, sum(minutes)::int as minutes
     from one group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
}
const sums = () =>
  query(
    `select day::text, severity::int, plan, owner, opened::int, promised::int, answered::int, late::int, minutes::int
     from report_case_days where opened <> 0 order by 1, 2, 3, 4`,
  );
const scoresDirectly = () =>
  query(
    `select score::int, count(*)::int as n
     from (select distinct on (case_id) case_id, score from satisfaction_answers order by case_id, at desc) last group by 1 order by 1`,
  );
async function scoreSums() {
  const [row] = await query(
    `select sum(score_1)::int as "1", sum(score_2)::int as "2", sum(score_3)::int as "3", sum(score_4)::int as "4", sum(score_5)::int as "5" from report_case_days`,
  );
  return Object.entries(row)
    .filter(([, n]) => n)
    .map(([one, n]) => ({ score: Number(one), n }));
}

const someCase: fc.Arbitrary<CaseDone> = fc.record({
  openedHoursAgo: fc.integer({ min: 50, max: 900 }),
  severity: fc.integer({ min: 1, max: 4 }),
  site: fc.integer({ min: 1, max: 2 }),
  plan: fc.constantFrom('standard', 'premier', null),
  owners: fc.array(fc.constantFrom('kim@desk.example', 'lee@desk.example', null), { maxLength: 3 }),
  severities: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
  // Well on one side of the deadline or the other.
  answeredAfter: fc.option(fc.constantFrom(1, 3, 5, 30), { nil: null }),
  scores: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
});

describe('the sums of the reports', () => {
  it('are what a count of the rows comes to, however often they were counted in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someCase, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        async (cases, counts) => {
          await anew();
          const maybe = async () => {
            if (counts.next().value) await countAll();
          };
          const opened = [];
          for (const one of cases) {
            opened.push({ on: await open(one), one });
            await maybe();
          }
          for (const { on, one } of opened) {
            for (const owner of one.owners) {
              await query('update cases set owner = $2 where id = $1', [on.id, owner]);
              await told('case-owner-set', 'case', on.number);
              await maybe();
            }
            for (const severity of one.severities) {
              await query('update cases set severity = $2 where id = $1', [on.id, severity]);
              await told('case-severity-set', 'case', on.number);
            }
            await answer(on, one);
            await maybe();
            await score(on, one);
          }
          await countAll();
          expect(await sums()).toEqual(await directly());
          expect(await scoreSums()).toEqual(await scoresDirectly());
          const pages = openReportPages(database, timezone);
          const filter = { from: '2020-01-01', to: '2099-12-31' };
          const by = async (dimension: Parameters<typeof pages.cases>[0]) =>
            (await pages.cases(dimension, filter)).reduce((all, { opened: n }) => all + n, 0);
          for (const dimension of ['week', 'severity', 'plan', 'site', 'engineer'] as const)
            expect(await by(dimension), dimension).toBe(cases.length);
          // Of any time, whether its weeks are whole or not, and of either site.
          for (const [first, last] of [
            [0, 40],
            [3, 20],
            [9, 12],
            [15, 15],
            [20, 29],
          ] as const) {
            const period = { from: hoursAgo(24 * last).slice(0, 10), to: hoursAgo(24 * first).slice(0, 10) };
            const within = (await directly()).filter(({ day }) => day >= period.from && day <= period.to);
            const all = within.reduce((sum, { opened: n }) => sum + n, 0);
            for (const dimension of ['week', 'site'] as const) {
              const lines = await pages.cases(dimension, period);
              expect(
                lines.reduce((sum, { opened: n }) => sum + n, 0),
                `${dimension} ${first} ${last}`,
              ).toBe(all);
            }
            const sites = await Promise.all(
              ['1000001', '1000002'].map((site) => pages.cases('week', { ...period, site })),
            );
            expect(sites.flat().reduce((sum, { opened: n }) => sum + n, 0)).toBe(all);
          }
          for (const dimension of ['week', 'site'] as const) {
            const lines = await pages.cases(dimension, filter);
            const counts = [1, 2, 3, 4, 5].map((n) => ({
              score: n,
              n: lines.reduce((sum, one) => sum + one[`score_${n as 1 | 2 | 3 | 4 | 5}`], 0),
            }));
            expect(counts.filter(({ n }) => n > 0)).toEqual(await scoresDirectly());
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('wait for what was begun before and written after', async () => {
    await countAll();
    const base = {
      severity: 3,
      site: 1,
      plan: null,
      owners: [],
      severities: [],
      answeredAfter: null,
      scores: [],
    } as const;
    await open({ ...base, openedHoursAgo: 60 });
    await countAll();
    await other.query('begin');
    await other.query(`update cases set owner = 'kim@desk.example'`);
    await told('case-owner-set', 'case', String(300_000 + numbers), {}, other);
    await open({ ...base, openedHoursAgo: 61 });
    await ticks();
    await other.query('commit');
    await countAll();
    expect(await sums()).toEqual(await directly());
    expect((await sums()).map(({ owner }) => owner).toSorted()).toEqual(['', 'kim@desk.example']);
  });

  it('are counted by one process at a time', async () => {
    const base = {
      severity: 3,
      site: 1,
      plan: null,
      owners: [],
      severities: [],
      answeredAfter: null,
      scores: [],
    } as const;
    for (let i = 0; i < 20; i += 1) await open({ ...base, openedHoursAgo: 60 + i });
    await Promise.all([1, 2, 3].map(countAll));
    await countAll();
    expect(await sums()).toEqual(await directly());
  });

  it('count a mail that is held again once, by its reason', async () => {
    const mail = async (outcome: string, code: string | null) => {
      letters += 1;
      const [{ id }] = await query(
        `insert into mails (arrived_at, door, door_name, sha256, size, state, outcome, reason_code)
         values (now(), 'hand', 'x', sha256($1::bytea), 1, 'decided', $2, $3) returning id::text`,
        [`m${letters}`, outcome, code],
      );
      await told('mail-decided', 'mail', id, { outcome });
      return id;
    };
    const first = await mail('held-unknown', null);
    await mail('held-unknown', 'spam');
    await mail('case-opened', null);
    await countAll();
    await told('mail-decided', 'mail', first, { outcome: 'held-unknown' });
    await countAll();
    const rows = await query('select reason, held::int from report_held_days order by reason');
    expect(rows).toEqual([
      { reason: 'spam', held: 1 },
      { reason: 'unknown', held: 1 },
    ]);
  });

  it('know what is asked again: of the same person, about the same thing', async () => {
    const ask = async (to: string, asks: unknown, more: Record<string, unknown> = {}) => {
      const id = await letterTo(to, { asks: JSON.stringify(asks), template: 'pin-needed', ...more });
      await told('letter-queued', 'letter', id);
    };
    await ask('ada@a.example', { kind: 'missing-pin', mail: '7' });
    await ask('ada@a.example', { kind: 'missing-pin', mail: '7' });
    await ask('ada@a.example', { kind: 'missing-pin', mail: '8' });
    await ask('max@a.example', { kind: 'missing-pin', mail: '7' });
    await ask('ada@a.example', { kind: 'solved', case: '100001', yesCounts: true });
    await ask('ada@a.example', { kind: 'solved', case: '100001', yesCounts: false });
    await ask('kim@desk.example', { kind: 'work', case: '100001' });
    await ask('eve@else.example', { kind: 'missing-pin', mail: '9' }, { stranger: true });
    await countAll();
    const rows = await query('select question, asked::int, again::int from report_question_days order by question');
    expect(rows).toEqual([
      { question: 'missing-pin', asked: 4, again: 1 },
      { question: 'solved', asked: 2, again: 1 },
    ]);
  });

  it('go no further than a little way while mail waits', async () => {
    await query(
      `insert into mails (arrived_at, door, door_name, sha256, size) values (now(), 'hand', 'x', sha256('w'), 1)`,
    );
    await ticks();
    await query(
      `insert into audit (actor, action, subject_kind, subject_id) select 'test', 'mail-stored', 'mail', '1' from generate_series(1, 2000)`,
    );
    // Each goes on until it has counted something, or has seen what there is.
    const next = async (): Promise<number> => {
      for (let round = 0; round < 500; round += 1) {
        const rows = await countReports(deps());
        if (rows > 0) return rows;
        await new Promise((later) => setTimeout(later, 10));
      }
      return 0;
    };
    expect(await next()).toBe(500);
    await query('delete from mails');
    expect(await next()).toBeGreaterThan(500);
  });
});
