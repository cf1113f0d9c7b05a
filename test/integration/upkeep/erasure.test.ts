/** Who is looked for when a person is erased, and in which rows (POLICY §11.5): strangers choose what they are called. */
import pg from 'pg';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { finishErasures } from '../../../src/flows/contacts/finish-erasures.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { erasureRecord } from '../../../src/store/contacts/erasure-record.ts';
import { erasureStep, openErasures } from '../../../src/store/upkeep/erasure/run.ts';
import { registrySql } from '../../support/app.ts';
import { emptyTables } from '../../support/servers/postgres.ts';
import { addCase, addMail, openWeb } from '../web/support.ts';

const web = await openWeb();
afterAll(() => web.close());
beforeEach(async () => {
  await emptyTables(web.sql);
  await web.sql(registrySql);
  await web.sql(
    "insert into sites (number, name, country, timezone, language) values ('1000777', 'Bauer', 'DE', 'Europe/Berlin', 'de')",
  );
});

const { database } = web;
const vault = { seal: (plain: Uint8Array) => Buffer.concat([Buffer.from('sealed '), plain]) };
const finish = () => finishErasures({ database, vault, log: silentLog });
async function erase(address: string): Promise<string> {
  const { addresses, wide, names, at } = await erasureRecord(database, address);
  const who = { addresses, wide, names, sites: at.map(({ site }) => site.id) };
  const [row] = await web.sql('insert into erasures (who) values ($1) returning id::text', [JSON.stringify(who)]);
  await web.sql('delete from contacts where id in (select contact_id from contact_addresses where address = $1)', [
    address,
  ]);
  return row.id;
}
let n = 0;
const mailOf = (from: string, given: Record<string, unknown> = {}) => {
  n += 1;
  const raw = `From: ${from}\r\nSubject: ${n}\r\n\r\nText ${n}\r\n`;
  const decided = { state: 'decided', outcome: 'case-updated', reason: 'so it was', from_address: from };
  return addMail(web, { raw, subject: 'Hello', ...decided, ...given });
};
const request = async (address: string, name: string) =>
  web.sql(
    "insert into access_requests (address, name, role, language, site_named) values ($1, $2, 'authorized user', 'en', '1000345')",
    [address, name],
  );
const event = (on: string, detail: object) =>
  web.sql("insert into case_events (case_id, at, kind, detail) values ($1, now(), 'told', $2)", [
    on,
    JSON.stringify(detail),
  ]);
const details = async () => (await web.sql('select detail from case_events order by id')).map(({ detail }) => detail);
const caseAt = (site: number, number: string, given: object = {}) =>
  addCase(web, { number, site_id: site, title: 'Question of Thomas Müller', ...given });
const titles = async () => (await web.sql('select title from cases order by id')).map(({ title }) => title);

it('looks for the names on record and of their requests, and for none that came in mails', async () => {
  const evil = 'x@evil.example';
  await mailOf(evil, { facts: { from: { address: evil, name: 'Help Desk' } } });
  await web.sql(
    "insert into sender_questions (site_id, address, name, title, arrived_at) values (1, $1, 'Ada Byron', 'T', now())",
    [evil],
  );
  expect((await erasureRecord(database, evil)).names).toEqual([]);
  await request(evil, 'Xavier Evil');
  expect((await erasureRecord(database, evil)).names).toEqual(['Xavier Evil']);
  expect((await erasureRecord(database, 'max@aldous.example')).names).toEqual(['Max Ernst']);
});

it('leaves codes as they are, whatever somebody calls themselves', async () => {
  await request('x@evil.example', 'authorized user');
  await request('x@evil.example', 'Evil Closed');
  await request('nora@elsewhere.example', 'Nora Eck');
  const on = await caseAt(1, '500001', { contact_address: 'x@evil.example' });
  await event(on, { 'Evil Closed': 'x', kind: 'Evil Closed', types: ['a', 'Evil Closed'], role: 'authorized user' });
  await event(on, { text: 'Asked by "Evil Closed": wait', authorized: 'authorized user' });
  await erase('x@evil.example');
  await finish();
  expect(await web.sql('select role from access_requests order by id')).toEqual(
    Array.from({ length: 3 }, () => ({ role: 'authorized user' })),
  );
  expect(await details()).toEqual([
    { 'Evil Closed': 'x', kind: 'Evil Closed', types: ['a', 'Evil Closed'], role: 'authorized user' },
    { text: 'Asked by "(erased)": wait', authorized: 'authorized user' },
  ]);
});

it('replaces a name where the row has to do with the person, and not that of somebody else', async () => {
  await web.sql(
    "insert into contacts (site_id, name, role, position) values (1, 'Thomas Müller', 'authorized user', 3)",
  );
  await web.sql('insert into contact_addresses (site_id, contact_id, address, main) values (1, 3, $1, true)', [
    'tm@aldous.example',
  ]);
  await caseAt(1, '500001');
  await caseAt(2, '500002', { contact_address: 'thomas@bauer.example' });
  const theirs = await caseAt(2, '500003', { contact_address: 'eva@bauer.example' });
  await mailOf('tm@aldous.example', { case_id: theirs });
  await caseAt(2, '500004', { title: 'Thomas Müller <TM@aldous.example> called' });
  const others = [await mailOf('thomas@bauer.example', { subject: 'From Thomas Müller' })];
  others.push(await mailOf('ada@aldous.example', { subject: 'About Thomas Müller' }));
  await erase('tm@aldous.example');
  await finish();
  expect(await titles()).toEqual([
    'Question of (erased)',
    'Question of Thomas Müller',
    'Question of (erased)',
    expect.stringMatching(/^\(erased\) <erased-\d+-1@erased.invalid> called$/),
  ]);
  expect(await web.sql('select subject from mails where id = any($1) order by id', [others])).toEqual([
    { subject: 'From Thomas Müller' },
    { subject: 'About (erased)' },
  ]);
  expect(await web.sql('select sealed from mail_bytes where mail_id = any($1) order by mail_id', [others])).toEqual([
    { sealed: false },
    { sealed: true },
  ]);
});

it('an address with a plus part is that address, and one without has those that are nobody else’s', async () => {
  await web.sql(
    `insert into contacts (site_id, name, role, position)
     values (1, 'Tom Ash', 'authorized user', 3), (1, 'Lea Fox', 'authorized user', 4)`,
  );
  await web.sql(
    `insert into contact_addresses (site_id, contact_id, address, main)
     values (1, 3, 'team+tom@aldous.example', true), (1, 4, 'team@aldous.example', true)`,
  );
  const seen = async (address: string) => (await erasureRecord(database, address)).wide;
  expect(await seen('max@aldous.example')).toEqual(['m.ernst@aldous.example', 'max@aldous.example']);
  expect(await seen('team@aldous.example')).toEqual([]);
  const on = await caseAt(2, '500001');
  const said = (who: string) => event(on, { said: who });
  for (const one of ['team+tom@', 'team+lea@', 'team@', 'max+a@', 'max@']) await said(`${one}aldous.example`);
  await erase('team+tom@aldous.example');
  await finish();
  const gone = expect.stringMatching(/^erased-\d+-1@erased\.invalid$/);
  const so = async () => (await details()).map(({ said: one }) => one);
  expect((await so()).slice(0, 3)).toEqual([gone, 'team+lea@aldous.example', 'team@aldous.example']);
  await web.sql("insert into contacts (site_id, name, role, position) values (1, 'Tim Oak', 'authorized user', 5)");
  await web.sql(
    "insert into contact_addresses (site_id, contact_id, address, main) values (1, 5, 'team+tim@aldous.example', true)",
  );
  await erase('team@aldous.example');
  await erase('max@aldous.example');
  await finish();
  expect(await so()).toEqual([gone, 'team+lea@aldous.example', gone, gone, gone]);
});

it('two rows with one key do not become one', async () => {
  for (const key of ['max@aldous.example', 'max+a@aldous.example', 'max+b@aldous.example'])
    await web.sql("insert into blocked_senders (key, blocked_by) values ($1, 't')", [key]);
  for (const key of ['max@aldous.example', 'max+a@aldous.example'])
    await web.sql('insert into pin_locks (key, locked_until) values ($1, now())', [key]);
  await erase('max@aldous.example');
  expect(await finish()).toBe(1);
  const keys = await web.sql('select key from blocked_senders union all select key from pin_locks');
  expect(new Set(keys.map(({ key }) => key)).size).toBe(5);
  for (const { key } of keys) expect(key).toMatch(/^erased-\d+-1-[0-9a-f-]+@erased\.invalid$/);
});

it('one that cannot be finished keeps no other from its turn, and says so', async () => {
  await mailOf('max@aldous.example');
  const stuck = await erase('max@aldous.example');
  await erase('nora@elsewhere.example');
  const said: unknown[] = [];
  const log = { error: (fields: object) => said.push(fields) };
  const broken = {
    seal: (): Buffer => {
      throw new Error('max@aldous.example cannot be sealed');
    },
  };
  await expect(finishErasures({ database, vault: broken, log })).rejects.toThrow('cannot be sealed');
  expect(await openErasures(database)).toEqual([stuck]);
  expect(said).toEqual([{ erasure: stuck, error: 'Error' }]);
});

it('waits for the mail before it has its bytes, as retention does', async () => {
  const mail = await mailOf('max@aldous.example');
  const id = await erase('max@aldous.example');
  const other = new pg.Client({ connectionString: web.url });
  await other.connect();
  await other.query('begin');
  await other.query('select from mails where id = $1 for update', [mail]);
  const step = erasureStep(database, vault, id);
  try {
    await expect
      .poll(async () => (await web.sql("select from pg_stat_activity where wait_event_type = 'Lock'")).length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(0);
    await other.query('select from mail_bytes where mail_id = $1 for update nowait', [mail]);
  } finally {
    await other.query('rollback');
    await other.end();
  }
  expect(await step).toBe('more');
});
