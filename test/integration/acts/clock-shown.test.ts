/** POLICY §4.6: whatever is done on a case, in whatever order, the list shows the clock that its events come to. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { type ClockEvent, foldClock, timesAt } from '../../../src/cases/response-clock.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { mail, registrySql } from '../../support/app.ts';
import { type SimulatedWeek, startWeek } from '../../support/clock/simulated-week.ts';
import { scratch } from '../../support/process.ts';
import { verified } from '../../support/staff-desk.ts';
import { openWeb, type TestWeb } from '../web/support.ts';

const kim = 'kim@desk.example';
let week: SimulatedWeek;
let web: TestWeb;

beforeAll(async () => {
  const file = join(scratch('clock-shown'), 'postern.yaml');
  writeFileSync(
    file,
    `staff: [{ name: Kim Oster, email: ${kim}, roles: [engineer, manager, admin], hours: always }]\n`,
  );
  week = await startWeek('2026-03-24T10:00:00Z', { POSTERN_CONFIG: file });
  await week.query(registrySql);
  web = await openWeb({ on: { url: week.clock.url, drop: async () => {} } });
});
afterAll(async () => {
  await web.close();
  await week.stop();
});

async function write(subject: string, body: string): Promise<void> {
  const raw = mail({ subject, body, headers: verified('aldous.example') }).replaceAll(/\r?\n/g, '\r\n');
  const envelope = { mailFrom: 'ada@aldous.example', rcptTo: ['support@desk.example'] };
  const arrivedAt = new Date(await week.clock.now());
  await week.app.receive([{ raw: Buffer.from(raw), arrivedAt, envelope, origin: { kind: 'lmtp', name: 'lmtp' } }]);
  const waiting = `select from mails where state = 'new'`;
  await week.until('it is decided', async () => (await week.query(waiting)).length === 0);
}
/** What is refused as the case stands changes nothing. */
const act = (name: string, input: object) => perform(week.app, { act: name, input, by: { kind: 'api', staff: kim } });

const steps = {
  wait: (on: string) => act('wait-for-customer', { case: on }),
  'wait for days': (on: string) => act('wait-for-customer', { case: on, days: 1 }),
  'the customer writes': (on: string) => write(`Re: [Case ${on}] The vault`, 'It still does not open.'),
  reply: (on: string) => act('write-on-case', { case: on, text: 'Turn it.', note: false, attachments: [] }),
  solve: (on: string) => act('solve-case', { case: on, text: 'It is turned.' }),
  close: (on: string) => act('close-case', { case: on, text: 'Done.' }),
  reopen: (on: string) => act('reopen-case', { case: on, reason: 'It broke.' }),
  'another severity': async (on: string, n: number) => {
    await write(`Re: [Case ${on}] The vault`, `SEVERITY ${1 + (n % 4)}`);
    await act('set-severity', { case: on, severity: 1 + (n % 4) });
  },
  'another zone': (_: string, n: number) =>
    act('put-site', {
      site: '1000345',
      entry: { timezone: ['Europe/London', 'America/New_York', 'Asia/Tokyo'][n % 3] },
    }),
} as const;
type Step = keyof typeof steps;

/** Until nothing is due on it. */
async function ring(on: string): Promise<void> {
  const due = () => web.sql('select from cases where number = $1 and timer_at <= now()', [on]);
  for (let looks = 0; (await due()).length > 0; looks += 1) {
    if (looks > 20) throw new Error(`case ${on} has no end`);
    await perform(week.app, { act: 'run-case-timers', input: { case: on }, by: { kind: 'clock' } });
  }
}

const meaning: Readonly<Record<string, ClockEvent['type']>> = {
  'clock-started': 'started',
  'clock-re-rated': 're-rated',
  'severity-changed': 're-rated',
  'clock-paused': 'paused',
  'clock-resumed': 'resumed',
  reopened: 'resumed',
  'clock-met': 'met',
  'clock-breached': 'breached',
  closed: 'stopped',
};
const seen = new Set<string>();

async function folded(on: string) {
  const rows = await web.sql(
    `select kind, to_json(at) #>> '{}' as at, detail->'rating' as rating
     from case_events where case_id = (select id from cases where number = $1) order by id`,
    [on],
  );
  const events = rows.flatMap(({ kind, at, rating }) => (meaning[kind] ? [{ type: meaning[kind], at, rating }] : []));
  const clock = foldClock(events as ClockEvent[], holidaysOf);
  if (clock === null) throw new Error(`case ${on} has no clock`);
  for (const { kind } of rows) seen.add(kind);
  seen.add(clock.state);
  return clock;
}
const moment = (at: string | null): number | null => (at === null ? null : Temporal.Instant.from(at).epochMilliseconds);

async function compare(on: string): Promise<void> {
  const before = await week.clock.now();
  const { items } = await web.json('/api/v1/cases');
  const after = await week.clock.now();
  const item = items.find((one: { number: string }) => one.number === on);
  const clock = await folded(on);
  const minutes = (at: string) => Math.floor(timesAt(clock, holidaysOf, at).elapsed);
  expect([item.clock.state, moment(item.clock.due)]).toEqual([clock.state, moment(clock.due)]);
  // A minute may end between two looks.
  expect([minutes(before), minutes(after)]).toContain(item.clock.elapsedMinutes);
  if (item.status === 'open' && clock.state !== 'met') expect(moment(item.due)).toBe(moment(clock.due));
}

const done = fc.record({
  step: fc.constantFrom(...(Object.keys(steps) as Step[])),
  n: fc.nat(11),
  minutes: fc.integer({ min: 1, max: 600 }),
});
const oneOfEach = [
  ...([
    'wait',
    'the customer writes',
    'another severity',
    'another zone',
    'wait for days',
    'another severity',
  ] as const),
  ...(['another zone', 'close', 'reopen', 'wait', 'reply', 'solve', 'close', 'reopen'] as const),
].map((step, n) => ({ step, n: n + 1, minutes: 50 }));
let opened = 0;

it('after each of them state, deadline and counted minutes are the fold of its events, and the deadline of the row is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(done, { minLength: 3, maxLength: 9 }), async (story) => {
      opened += 1;
      const title = `The vault ${opened}`;
      // Those of before are left alone.
      await web.sql('update cases set timer_at = null');
      await write(`PIN 345 ${title}`, 'It does not open.');
      const [made] = await web.sql('select number from cases where title = $1', [title]);
      await ring(made.number);
      await compare(made.number);
      for (const { step, n, minutes } of story) {
        const now = Temporal.Instant.from(await week.clock.now());
        await week.clock.set(now.add({ minutes }).toString());
        await ring(made.number);
        await steps[step](made.number, n);
        await ring(made.number);
        await compare(made.number);
      }
    }),
    { numRuns: 8, examples: [[oneOfEach]] },
  );
  const every = [...Object.keys(meaning), 'solution-proposed', 'running', 'paused', 'stopped', 'met'];
  expect([...seen]).toEqual(expect.arrayContaining(every));
});
