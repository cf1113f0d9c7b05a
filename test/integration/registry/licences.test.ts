/** Licences that are new, renewed or registered (POLICY §8.11, §11.6, §11.7), as rows and letters. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendProofs } from '../../../src/flows/registry/send-proofs.ts';
import { contactId, mailId, siteNumber } from '../../../src/foundation/ids.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { letterText } from '../../../src/outbound/rendering/letter-text.ts';
import { writeChanges } from '../../../src/store/changes/write.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { putSite } from '../../support/put-site.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 4);
const deps = letterDeps(database);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const number = '1000345';
const today = Temporal.Now.plainDateISO('UTC');
const day = (days: number) => today.add({ days }).toString();
const user = { number: 'U-1001', product: 'Vault', kind: 'user', quantity: 50, from: day(-400) };
const support = { number: 'S-1001', product: 'Vault', kind: 'support', quantity: 50, from: day(-400), to: day(10) };
const fresher = { ...support, number: 'TAG-77', from: day(-1), to: day(364) };
const people = [
  { name: 'Ada', email: 'ada@aldous.example', role: 'primary' },
  { name: 'Max', email: 'max@aldous.example', role: 'authorized user', types: ['administrative'] },
];
const put = (licences: object[], contacts: object[] = people) => putSite(database, number, { licences, contacts });
const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await database.ask((db) => query.execute(db))).rows;
/** Since the last look. */
let seen = 0n;
async function letters() {
  const found = await rows(sql<{ id: string; template: string; to: string; raw: Buffer }>`
    select id::text, template, to_address as to, raw from letters where id > ${seen.toString()}::bigint order by id`);
  seen = BigInt(found.at(-1)?.id ?? seen);
  return found.map(({ template, to, raw }) => ({ template, to, text: letterText(raw) }));
}

beforeAll(async () => {
  await putSite(database, number, {
    ...{ name: 'Aldous Robotics', country: 'GB', timezone: 'Europe/London', language: 'de', contacts: people },
  });
  await rows(sql`insert into products (name) values ('Vault')`);
});

it('of a first import are told to nobody', async () => {
  await put([user, support]);
  expect(await sendProofs(deps)).toBe(0);
  expect(await letters()).toEqual([]);
});

it('that is new or renewed is told to the administrative contact and the primary, once', async () => {
  await put([user, { ...support, to: day(375) }, fresher]);
  expect(await sendProofs(deps)).toBe(1);
  const told = await letters();
  expect(told.map(({ template, to }) => [template, to])).toEqual([
    ['proof-of-entitlement', 'max@aldous.example'],
    ['licence-issued', 'ada@aldous.example'],
  ]);
  for (const { text } of told) {
    expect(text).toMatch(/S-1001/);
    expect(text).toMatch(/TAG-77/);
    expect(text).not.toMatch(/U-1001/);
  }
  expect(told[1]?.text).toContain('REGISTER TAG-77');
  await put([user, { ...support, to: day(375) }, fresher]);
  expect(await sendProofs(deps)).toBe(0);
  expect(await letters()).toEqual([]);
  const audit = await rows(sql<{ actor: string; detail: object }>`
    select actor, detail from audit where action = 'proofs-sent'`);
  expect(audit).toEqual([{ actor: 'scheduler', detail: { licences: ['S-1001', 'TAG-77'] } }]);
});

it('goes with its proof to the primary where nobody is the administrative contact', async () => {
  const [ada] = people;
  await put([user, support, fresher, { ...fresher, number: 'TAG-78' }], [ada ?? {}]);
  await sendProofs(deps);
  expect((await letters()).map(({ template, to }) => [template, to])).toEqual([
    ['proof-of-entitlement', 'ada@aldous.example'],
    ['licence-issued', 'ada@aldous.example'],
  ]);
});

it('is told to nobody where it has gone before its letter went out', async () => {
  await put([user, support, fresher, { ...fresher, number: 'TAG-79' }]);
  await put([user, support, fresher]);
  expect(await sendProofs(deps)).toBe(1);
  expect(await letters()).toEqual([]);
  expect(await rows(sql`select from proofs_due`)).toEqual([]);
});

it('is registered once, and an import of the day before keeps the day', async () => {
  const change = {
    kind: 'licence-registered',
    site: siteNumber(number),
    licence: 'TAG-77',
    on: day(0),
    contact: contactId('1'),
    at: '2026-05-11T10:00:00Z',
    by: { kind: 'contact', contact: contactId('1'), mail: mailId('1') },
  } as const;
  const write = () => database.transaction((tx) => writeChanges(tx, [change]));
  await write();
  const registered = () => rows(sql<{ on: string }>`select registered_on as on from licences where number = 'TAG-77'`);
  expect(await registered()).toEqual([{ on: day(0) }]);
  await expect(write()).rejects.toMatchObject({ code: 'facts-stale' });
  await putSite(database, number, { name: 'Aldous' });
  expect(await registered()).toEqual([{ on: day(0) }]);
});
