/** Letters on a schedule against PostgreSQL, whose time is moved (POLICY §8.10, §9, §11.6). */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActName, InputOf } from '../../../src/acts/list.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { listSchedules } from '../../../src/flows/schedule/list-schedules.ts';
import { askAboutContacts, notLooked, planSchedules, runSchedules } from '../../../src/flows/schedule/run-schedules.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { type SimulatedClock, simulatedClock } from '../../support/clock/simulated-clock.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { putSite } from '../../support/put-site.ts';

let clock: SimulatedClock;
let database: Database;
let deps: ReturnType<typeof letterDeps>;

beforeAll(async () => {
  clock = await simulatedClock('2026-11-27T10:00:00Z');
  database = openDatabase(clock.url, silentLog, 6);
  deps = letterDeps(database);
  await site('1000001', 'en', 'Europe/London', 'GB');
  await site('1000002', 'de', 'Europe/Berlin', 'DE');
  await site('1000003', 'ja', 'Asia/Tokyo', 'JP');
});
afterAll(async () => {
  await database.close();
  await clock.drop();
});

const site = (number: string, language: string, timezone: string, country: string) =>
  putSite(database, number, {
    ...{ name: `Firm ${number}`, country, timezone, language },
    contacts: [
      { name: 'Ada', email: `ada@${number}.example`, role: 'primary', phone: '1' },
      { name: 'Max', email: `max@${number}.example`, role: 'authorized user' },
      { name: 'Lea', email: `lea@${number}.example`, role: 'authorized user' },
    ],
  });
const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await database.ask((db) => query.execute(db))).rows;
type Sent = { template: string; to: string; subject: string };
const letters = (since = '0') =>
  rows(sql<Sent & { id: string }>`
    select id::text, template, to_address as "to", subject from letters where id > ${since}::bigint order by to_address`);
const textTo = async (to: string, since = '0') =>
  decoded(
    (
      await rows(sql<{ raw: Buffer }>`
        select raw from letters where to_address = ${to} and id > ${since}::bigint order by id desc limit 1`)
    )[0]?.raw ?? Buffer.alloc(0),
  );
const last = async () =>
  (await rows(sql<{ id: string }>`select coalesce(max(id), 0)::text as id from letters`))[0]?.id ?? '0';
const act = async <Name extends ActName>(name: Name, input: InputOf<Name>) => {
  const outcome = await commit(deps, { act: name, input: input as never, by: { kind: 'command', staff: null } });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.done;
};
const turn = async (number: string, kind: string) =>
  (
    await rows(sql<{ period: string; step: number; due: string; result: string }>`
      select t.period, t.step, to_json(t.due_at) #>> '{}' as due, t.last_result as result
      from schedule_turns t join sites s on s.id = t.site_id where s.number = ${number} and t.kind = ${kind}`)
  )[0];

it('§11.6 stands still: whatever day it is, nobody is written to', async () => {
  await clock.set('2026-11-27T12:00:00Z');
  await runSchedules(deps);
  expect(await letters()).toEqual([]);
  expect(await rows(sql`select from schedule_turns`)).toEqual([]);
  expect((await listSchedules({ database, policy: deps.policy })).map(({ running, next }) => [running, next])).toEqual([
    [false, null],
    [false, null],
    [false, null],
    [false, null],
    [false, null],
  ]);
});

it('§11.6 once it is started each site has its turn planned by its own calendar, and nothing of the past goes out', async () => {
  const { changes } = await act('start-schedule', { kind: 'contact-lists' });
  expect(changes[0]?.says).toContain('the first round is 3 letters, the first one at 2026-12-01T09:00:00+09:00');
  await runSchedules(deps);
  expect(await letters()).toEqual([]);
  expect((await turn('1000003', 'contact-lists'))?.due).toBe('2026-12-01T00:00:00+00:00');
  expect((await turn('1000002', 'contact-lists'))?.due).toBe('2026-12-01T08:00:00+00:00');
  expect((await listSchedules({ database, policy: deps.policy }))[0]).toMatchObject({ running: true, sites: 3 });
});

it('§9 the primary of each gets the list at 9:00 there, once, whoever runs it how often', async () => {
  await clock.set('2026-12-01T00:00:30Z');
  await runSchedules(deps);
  expect((await letters()).map(({ to }) => to)).toEqual(['ada@1000003.example']);
  await clock.set('2026-12-01T09:00:30Z');
  await Promise.allSettled([runSchedules(deps), runSchedules(deps), runSchedules(deps)]);
  await runSchedules(deps);
  expect((await letters()).map(({ template, to, subject }) => `${template} ${to} ${subject}`)).toEqual([
    'contacts-monthly ada@1000001.example The contacts of your site, December 2026',
    'contacts-monthly ada@1000002.example Die Ansprechpersonen Ihres Standorts, Dezember 2026',
    'contacts-monthly ada@1000003.example 拠点の連絡先のご確認（2026年12月）',
  ]);
  const text = (await textTo('ada@1000001.example')).replaceAll(/\s+/g, ' ');
  expect(text).toContain('CONTACTS CONFIRM');
  expect(text).toContain('missing: street, city, state, postal code');
  expect(text).toContain('no secondary contact');
  expect(
    await rows(sql`select action, subject_id from audit where action = 'schedule-sent' order by subject_id`),
  ).toEqual(['1000001', '1000002', '1000003'].map((subject_id) => ({ action: 'schedule-sent', subject_id })));
});

it('§11.6 a month that was missed in a downtime is skipped, and a site that is new has its turn like the others', async () => {
  await site('1000004', 'fr', 'Europe/Paris', 'FR');
  const before = await last();
  await clock.set('2027-01-20T12:00:00Z');
  await runSchedules(deps);
  expect(await letters(before)).toEqual([]);
  expect(await turn('1000001', 'contact-lists')).toMatchObject({ period: '2027-02', result: 'skipped' });
  await clock.set('2027-02-01T09:30:00Z');
  await runSchedules(deps);
  expect((await letters(before)).map(({ to }) => to)).toContain('ada@1000004.example');
  expect(await letters(before)).toHaveLength(4);
});

it('§11.6 stopped, it writes nothing more; started again, only what is due from then on', async () => {
  await act('stop-schedule', { kind: 'contact-lists' });
  const before = await last();
  await clock.set('2027-03-01T12:00:00Z');
  await runSchedules(deps);
  expect(await letters(before)).toEqual([]);
  await act('start-schedule', { kind: 'contact-lists' });
  await runSchedules(deps);
  expect(await letters(before)).toEqual([]);
  expect((await turn('1000001', 'contact-lists'))?.period).toBe('2027-04');
  await act('stop-schedule', { kind: 'contact-lists' });
});

it('§8.10 a quarter: asked, reminded twice of who is open, then listed for client care; nothing changes by that', async () => {
  await act('start-schedule', { kind: 're-attestation' });
  await planSchedules(deps);
  const before = await last();
  await clock.set('2027-04-02T10:00:00Z');
  await runSchedules(deps);
  expect((await letters(before)).map(({ template }) => template)).toEqual(Array(4).fill('contacts-quarterly'));
  const answers = { keep: [], remove: [], all: false, except: [] };
  await act('answer-attestation', { site: '1000001', ...answers, all: true });
  await act('answer-attestation', { site: '1000002', ...answers, keep: ['max@1000002.example'] });
  const asked = await last();
  await clock.set('2027-04-14T12:00:00Z');
  await runSchedules(deps);
  const reminded = await letters(asked);
  expect(reminded.map(({ to }) => to)).toEqual(['ada@1000002.example', 'ada@1000003.example', 'ada@1000004.example']);
  expect(reminded[0]?.subject).toBe('Erinnerung: Wer darf an Ihrem Standort Fälle eröffnen?');
  const text = await textTo('ada@1000002.example', asked);
  expect(text).toContain('lea@1000002.example');
  expect(text).not.toContain('Max');
  await clock.set('2027-04-25T12:00:00Z');
  await runSchedules(deps);
  const second = await last();
  await clock.set('2027-05-10T12:00:00Z');
  await runSchedules(deps);
  expect((await letters(second)).filter(({ template }) => template !== 'staff-notice')).toEqual([]);
  expect(await turn('1000003', 're-attestation')).toMatchObject({ period: '2027-Q3', step: 0, result: 'for-care' });
  const [, quarters] = await listSchedules({ database, policy: deps.policy });
  expect(quarters?.unanswered.map(({ siteNumber, open }) => [siteNumber, open])).toEqual([
    ['1000002', 1],
    ['1000003', 2],
    ['1000004', 2],
  ]);
  expect(await rows(sql`select count(*)::int as n from contacts`)).toEqual([{ n: 12 }]);
  expect(await rows(sql`select detail from audit where action = 'unanswered-listed'`)).toHaveLength(1);
  await runSchedules(deps);
  expect(await rows(sql`select detail from audit where action = 'unanswered-listed'`)).toHaveLength(1);
});

it('§9 an address that came back is asked about once, and again only where it comes back anew', async () => {
  const before = await last();
  const bounced = (address: string) =>
    rows(sql`update contacts set doubtful_since = now(), unreachable_since = now()
      where id = (select contact_id from contact_addresses where address = ${address})`);
  await bounced('max@1000004.example');
  await askAboutContacts(deps);
  await askAboutContacts(deps);
  expect((await letters(before)).map(({ template, to, subject }) => `${template} ${to} ${subject}`)).toEqual([
    'contact-unreached ada@1000004.example L’adresse de Max est-elle toujours exacte ?',
  ]);
  const id =
    (
      await rows(
        sql<{ id: string }>`select contact_id::text as id from contact_addresses where address = 'max@1000004.example'`,
      )
    )[0]?.id ?? '';
  await act('answer-attestation', {
    site: '1000004',
    contact: id,
    keep: ['max@1000004.example'],
    remove: [],
    all: false,
    except: [],
  });
  expect(await rows(sql`select unreachable_since from contacts where id = ${id}::bigint`)).toEqual([
    { unreachable_since: null },
  ]);
  await clock.set('2027-05-12T12:00:00Z');
  await bounced('max@1000004.example');
  await askAboutContacts(deps);
  expect(await letters(before)).toHaveLength(2);
});

it('§9, §11.6 a new site is welcomed where it was asked for, once, and never by an import alone', async () => {
  const before = await last();
  const entry = {
    ...{ name: 'Nova', country: 'ES', timezone: 'Europe/Madrid', language: 'es', pin: '4711' },
    contacts: [
      { name: 'Lucía', email: 'lucia@nova.example', role: 'primary' },
      { name: 'Tia', email: 'tia@nova.example', role: 'authorized user', types: ['site technical'] },
    ],
  };
  await act('put-site', { site: '1000009', entry });
  await runSchedules(deps);
  expect(await letters(before)).toEqual([]);
  await act('put-site', { site: '1000009', entry, welcome: true });
  await act('put-site', { site: '1000009', entry, welcome: true });
  await runSchedules(deps);
  await runSchedules(deps);
  expect((await letters(before)).map(({ template, to }) => [template, to])).toEqual([
    ['site-welcome', 'lucia@nova.example'],
    ['technical-welcome', 'tia@nova.example'],
  ]);
  const text = await textTo('lucia@nova.example');
  expect(text).toContain('PIN 4711');
  expect(await textTo('tia@nova.example')).toContain('España');
});

it('looks at new sites only, and at all of them once an hour and after a start', async () => {
  const kind = 're-attestation';
  expect(await rows(sql`select kind from schedules where running`)).toEqual([{ kind }]);
  const looked = notLooked();
  await planSchedules(deps, looked);
  const lose = () => rows(sql`update schedule_turns set due_at = null where kind = ${kind}`);
  const sites = (await rows(sql`select from sites`)).length;
  await lose();
  expect(await planSchedules(deps, looked)).toBe(0);
  await site('1000088', 'en', 'Europe/London', 'GB');
  expect(await planSchedules(deps, looked)).toBe(1);
  await clock.set('2027-05-12T14:00:00Z');
  expect(await planSchedules(deps, looked)).toBe(sites);
  await lose();
  await act('stop-schedule', { kind });
  expect(await planSchedules(deps, looked)).toBe(0);
  await act('start-schedule', { kind });
  expect(await planSchedules(deps, looked)).toBe(sites + 1);
});
