/** How changes of the people of a site are written (POLICY §1, §8.8, §8.9). */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnChange } from '../../../src/changes/change.ts';
import { contactId, siteId } from '../../../src/foundation/ids.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { writeChanges } from '../../../src/store/changes/write.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { exportSite } from '../../../src/store/registry/registry.ts';
import { putSite } from '../../support/put-site.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 4);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const number = '1000345';
let site = siteId('0');
const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await database.ask((db) => query.execute(db))).rows;
const idOf = async (address: string) =>
  contactId(
    (
      await rows(sql<{ id: string }>`select contact_id::text as id from contact_addresses where address = ${address}`)
    )[0]?.id ?? '',
  );
const version = async () =>
  (await rows(sql<{ v: number }>`select people_version as v from sites where number = ${number}`))[0]?.v ?? -1;
const at = '2026-05-11T10:00:00Z';
const base = async () =>
  ({ site, siteNumber: number, peopleVersion: await version(), at, by: { kind: 'api', staff: null } }) as const;
const write = (changes: readonly OwnChange[]) => database.transaction((tx) => writeChanges(tx, changes));

beforeAll(async () => {
  await putSite(database, number, {
    ...{ name: 'Aldous Robotics', country: 'GB', timezone: 'Europe/London', language: 'en' },
    contacts: [
      { name: 'Ada', email: 'ada@aldous.example', role: 'primary' },
      ...[1, 2, 3].map((n) => ({ name: `S${n}`, email: `s${n}@aldous.example`, role: 'secondary' })),
      { name: 'Max', email: 'max@aldous.example', aliases: ['m@aldous.example'], role: 'authorized user' },
    ],
  });
  site = siteId((await rows(sql<{ id: string }>`select id::text from sites where number = ${number}`))[0]?.id ?? '');
});

const open = async (of: string, address: string) => {
  const [made] = await rows(sql<{ id: string }>`
    insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_id, contact_address, language)
    values (nextval('case_numbers')::text, ${site}::bigint, 'A', 3, 'incident', 'open', now(), ${of}::bigint,
      ${address}, 'en')
    returning id::text`);
  return made?.id ?? '';
};

it('adds a person with all that is on record of them, and says so by id', async () => {
  const [added] = await write([
    {
      ...(await base()),
      ...{ kind: 'contact-added', name: 'Nia Vale', address: 'nia@aldous.example', role: 'secondary' },
      ...{ types: ['site technical'], privileges: { 'manage access': 'update' }, until: '2026-12-31', verifiedAt: at },
      details: { phone: '+44 20 1', hours: 'mornings', postalCode: 'LS1 1AA' },
    } as OwnChange,
  ]);
  const contact = await idOf('nia@aldous.example');
  expect(added).toMatchObject({ contact });
  expect((await exportSite(database, number))?.contacts?.at(-1)).toEqual({
    ...{ name: 'Nia Vale', email: 'nia@aldous.example', role: 'secondary', types: ['site technical'] },
    ...{ phone: '+44 20 1', hours: 'mornings', postalCode: 'LS1 1AA', until: '2026-12-31' },
    privileges: { 'manage access': 'update' },
  });
  expect(
    await rows(sql`select action, detail from audit where subject_kind = 'contact' and subject_id = ${contact}`),
  ).toEqual([
    {
      action: 'contact-added',
      detail: {
        ...{ site: number, role: 'secondary', types: ['site technical'], until: '2026-12-31' },
        privileges: { 'manage access': 'update' },
      },
    },
  ]);
});

it('refuses what was judged on people who are others by now, and a fifth secondary', async () => {
  const seen = await base();
  const contact = await idOf('max@aldous.example');
  const set = { ...seen, kind: 'role-set', contact, address: 'max@aldous.example', was: 'authorized user' } as const;
  await write([{ ...set, role: 'technical contact' }]);
  await expect(write([{ ...set, role: 'licence user' }])).rejects.toMatchObject({ code: 'facts-stale' });
  await expect(write([{ ...set, ...(await base()), role: 'secondary' }])).rejects.toThrow();
  await putSite(database, number, { name: 'Aldous Robots' });
  await expect(write([{ ...set, peopleVersion: seen.peopleVersion + 1, role: 'licence user' }])).rejects.toMatchObject({
    code: 'facts-stale',
  });
});

it('hands the primary role over in one act, and sets and takes back a privilege', async () => {
  const [ada, max] = [await idOf('ada@aldous.example'), await idOf('max@aldous.example')];
  const role = async (contact: typeof ada, next: 'primary' | 'authorized user', was: 'primary' | 'authorized user') =>
    ({ ...(await base()), kind: 'role-set', contact, address: 'a', role: next, was }) as const;
  await write([await role(ada, 'authorized user', 'primary'), await role(max, 'primary', 'authorized user')]);
  await write([await role(max, 'authorized user', 'primary'), await role(ada, 'primary', 'authorized user')]);
  const privilege = async (name: 'cases' | 'downloads', value: string | null) =>
    ({ ...(await base()), kind: 'privilege-set', contact: max, address: 'a', name, value, was: null }) as const;
  const stands = async () =>
    (await rows(sql<{ p: object }>`select privileges as p from contacts where id = ${max}`))[0]?.p;
  await write([await privilege('cases', 'view'), await privilege('downloads', 'none')]);
  expect(await stands()).toEqual({ cases: 'view', downloads: 'none' });
  await write([await privilege('cases', null)]);
  await write([await privilege('downloads', null)]);
  expect(await stands()).toBeNull();
});

it('moves an address with what is theirs, and hands over and silences the cases of who goes', async () => {
  const max = await idOf('max@aldous.example');
  const [own, taking] = [
    await open(max, 'max@aldous.example'),
    await open(await idOf('ada@aldous.example'), 'ada@aldous.example'),
  ];
  await rows(sql`insert into case_participants (case_id, address, contact_id, added_at)
    values (${taking}::bigint, 'max@aldous.example', ${max}::bigint, now())`);
  await write([
    {
      ...(await base()),
      ...{
        kind: 'contact-details-set',
        contact: max,
        address: 'max@aldous.example',
        newAddress: 'ernst@aldous.example',
      },
      set: { name: 'Max Ernst', phone: '12', city: null },
    },
  ]);
  const onCases = () =>
    rows(sql`select contact_address as a from cases where id = ${own}::bigint
      union all select address from case_participants where case_id = ${taking}::bigint`);
  expect(await onCases()).toEqual([{ a: 'ernst@aldous.example' }, { a: 'ernst@aldous.example' }]);
  expect(await idOf('max@aldous.example')).toBe('');
  await rows(sql`
    insert into letters (idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject,
      message_id, envelope_from, raw, case_id, state, give_up_at)
    select k, 't', 1, 'en', 'ernst@aldous.example', false, 'x', 'm', 's', k, 'b@desk.example', 'x', ${own}::bigint,
      'queued', now() + interval '1 day'
    from unnest(array['contacts-1']) k`);
  await write([
    {
      ...(await base()),
      ...{ kind: 'contact-removed', contact: max, address: 'ernst@aldous.example' },
      heir: await idOf('ada@aldous.example'),
    },
  ]);
  expect(await onCases()).toEqual([{ a: 'ada@aldous.example' }]);
  expect(await rows(sql`select state, state_reason from letters where message_id = 'contacts-1'`)).toEqual([
    { state: 'suppressed', state_reason: 'its recipient was removed from the site' },
  ]);
  expect(await rows(sql`select kind from case_events where case_id = ${own}::bigint`)).toEqual([
    { kind: 'requester-set' },
  ]);
});

it('hands over what is theirs of who is left out of an import, too', async () => {
  const nia = await idOf('nia@aldous.example');
  const own = await open(nia, 'nia@aldous.example');
  await putSite(database, number, {
    contacts: [{ name: 'Ada', email: 'ada@aldous.example', role: 'primary' }],
  });
  expect(await rows(sql`select contact_address as a from cases where id = ${own}::bigint`)).toEqual([
    { a: 'ada@aldous.example' },
  ]);
});
