import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { putSite as putSiteAct } from '../../../src/acts/registry/put-site.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { exportRegistry, importRegistryFiles } from '../../../src/flows/registry/registry-files.ts';
import { Failure, isFailure } from '../../../src/foundation/failure.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { writeTables } from '../../../src/registry/registry-csv.ts';
import { writeRegistry } from '../../../src/registry/registry-file.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { lockRegistry } from '../../../src/store/registry/registry.ts';
import { registryRecords } from '../../../src/store/registry/registry-records.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { putSite } from '../../support/put-site.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 4);
const exported = async () => writeRegistry(await exportRegistry(database, null));
const deps = letterDeps(database);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
beforeEach(async () => {
  await database.ask((db) => sql`delete from sites`.execute(db));
  await database.ask((db) => sql`delete from products`.execute(db));
});

/** The example of the documentation with a zero before its PIN, a secondary and a second site. */
const example = `products:
  - name: Vault
    versions: [{ version: "11.6", stage: full }, { version: "10.2", stage: discontinued }]
sites:
  - number: "1000345"
    name: Aldous Robotics
    country: GB
    timezone: Europe/London
    language: en
    pin: "0345"
    plans: [{ kind: standard, from: 2026-01-01, to: 2026-12-31 }]
    contacts:
      - { name: Ada Byron, email: ada@aldous.example, role: primary, types: [primary, renewal] }
      - { name: Max Ernst, email: max@aldous.example, role: secondary, aliases: [m.ernst@aldous.example] }
    licences:
      - { number: U-1001, product: Vault, kind: user, quantity: 50, from: 2026-01-01, to: 2027-12-31 }
      - { number: S-1001, product: Vault, kind: support, quantity: 50, from: 2026-06-01 }
  - { number: "1000346", name: "yes: no", country: AT, timezone: Europe/Vienna, language: de, pin: "0346" }
`;
const put = (text: string, options: { prune?: boolean; dryRun?: boolean } = {}) =>
  importRegistryFiles(deps, [{ name: 'r.yaml', text }], {
    prune: false,
    dryRun: false,
    by: { kind: 'command', staff: null },
    ...options,
  });
const changes = async (text: string, options: { prune?: boolean; dryRun?: boolean } = {}) => {
  const result = await put(text, options);
  if (result.kind === 'faults') throw new Error(result.faults.map((fault) => fault.says).join('; '));
  return result.changes;
};
const rows = async (query: ReturnType<typeof sql>) => (await database.ask((db) => query.execute(db))).rows;
const pins = () =>
  rows(sql`select s.number, pin from pins join sites s on s.id = site_id where replaced_at is null order by 1`);
const audited = async () => (await rows(sql`select 1 from audit where action = 'registry-changed'`)).length;
const one = (rest: string) => `sites:\n  - number: "1000345"\n${rest}`;

test('the example comes in, twice is once, and what goes out comes in with no change', async () => {
  const before = await audited();
  const made = await changes(example);
  // One row for the products and one a site, with every line of what differs.
  expect(await audited()).toBe(before + 3);
  const lines = await rows(
    sql`select jsonb_array_elements_text(detail->'changes') as line from audit where action = 'registry-changed' order by id`,
  );
  expect(lines.map((row) => (row as { line: string }).line).toSorted()).toEqual(made.toSorted());
  expect(await changes(example)).toEqual([]);
  expect(await changes(await exported(), { prune: true })).toEqual([]);
  expect(await audited()).toBe(before + 3);
});

test('a dry run shows the difference and writes nothing, a fault leaves everything as it was', async () => {
  expect(await changes(example, { dryRun: true })).not.toEqual([]);
  expect(await exported()).not.toContain('1000345');
  const result = await put(example.replace('role: secondary', 'role: primary'));
  expect(result.kind).toBe('faults');
  expect(await exported()).not.toContain('1000346');
});

test('a new PIN keeps the old one, which can come back', async () => {
  await changes(example);
  await changes(one('    pin: "0999"\n'));
  await changes(one('    pin: "0345"\n'));
  const all = await rows(
    sql`select pin, replaced_at is null as active from pins join sites s on s.id = site_id where s.number = '1000345' order by pins.id`,
  );
  expect(all).toEqual([
    { pin: '0345', active: false },
    { pin: '0999', active: false },
    { pin: '0345', active: true },
  ]);
});

test('§9 an address that is corrected by an import is no longer one that came back, and the others stay marked', async () => {
  await changes(example);
  await rows(sql`update contacts set doubtful_since = now(), unreachable_since = now(), last_hard_bounce = now()`);
  await changes(
    example.replace(
      'email: max@aldous.example, role: secondary, aliases: [m.ernst@aldous.example]',
      'email: m.ernst@aldous.example, role: secondary',
    ),
  );
  const marked = await rows(sql`
    select name, doubtful_since is not null as doubtful, unreachable_since is not null as unreachable,
      last_hard_bounce is not null as returned
    from contacts order by name`);
  expect(marked).toEqual([
    { name: 'Ada Byron', doubtful: true, unreachable: true, returned: true },
    { name: 'Max Ernst', doubtful: false, unreachable: false, returned: false },
  ]);
});

test('a PIN that is still good at one site is refused to another, a licence moves from one to the other', async () => {
  await changes(example);
  await changes(one('    pin: "0999"\n'));
  const refused = await put('sites:\n  - number: "1000346"\n    pin: "0345"\n');
  expect(refused).toMatchObject({
    kind: 'faults',
    faults: [{ says: expect.stringMatching(/free from \d{4}-\d\d-\d\d/) }],
  });
  await changes(
    `${one('    licences: [{ number: S-1001, product: Vault, kind: support, quantity: 50, from: 2026-06-01 }]\n')}  - number: "1000346"\n    licences: [{ number: U-1001, product: Vault, kind: user, quantity: 50, from: 2026-01-01 }]\n`,
    { prune: true },
  );
  expect(await pins()).toEqual([
    { number: '1000345', pin: '0999' },
    { number: '1000346', pin: '0346' },
  ]);
  expect(
    await rows(sql`select s.number from licences l join sites s on s.id = site_id where l.number = 'U-1001'`),
  ).toEqual([{ number: '1000346' }]);
});

test('primary and secondary swap, and who changes the address stays the same row', async () => {
  await changes(example);
  const ids = () => rows(sql`select id::text, role from contacts order by contacts.id`);
  const [ada, max] = (await ids()) as { id: string }[];
  await changes(
    one(
      '    contacts:\n      - { name: Max, email: max@aldous.example, role: primary }\n      - { name: Ada, email: new@aldous.example, aliases: [ada@aldous.example], role: secondary }\n',
    ),
  );
  expect(await ids()).toEqual([
    { id: ada?.id, role: 'secondary' },
    { id: max?.id, role: 'primary' },
  ]);
});

test('what is on record of a person comes in and goes out, and is taken away by an empty value', async () => {
  await changes(example);
  const whole = `role: secondary, phone: "+44 20 1", hours: Mon to Thu, street: 1 High Street, city: Leeds, state: Yorkshire, postalCode: LS1 1AA, until: 2026-12-31, privileges: { downloads: none, "manage access": update }`;
  const max = (fields: string) =>
    one(`    contacts:\n      - { name: Max Ernst, email: max@aldous.example, ${fields} }\n`);
  const made = await changes(max(whole));
  expect(made).toContain(
    'site 1000345: contact max@aldous.example: privileges nothing → manage access: update|downloads: none',
  );
  expect(await changes(max(whole))).toEqual([]);
  expect(await changes(await exported(), { prune: true })).toEqual([]);
  const { 'contacts.csv': table } = writeTables(await exportRegistry(database, null));
  expect(table).toContain('LS1 1AA,secondary,,manage access: update|downloads: none,2026-12-31');
  const asTable = { prune: true, dryRun: false, by: { kind: 'command', staff: null } } as const;
  expect(await importRegistryFiles(deps, [{ name: 'contacts.csv', text: table }], asTable)).toMatchObject({
    changes: [],
  });
  expect(await changes(max('role: secondary, city: "", privileges: "", until: ""'))).toEqual([
    'site 1000345: contact max@aldous.example: city Leeds → nothing',
    'site 1000345: contact max@aldous.example: privileges manage access: update|downloads: none → nothing',
    'site 1000345: contact max@aldous.example: until 2026-12-31 → nothing',
  ]);
  expect(await put(max('role: secondary, privileges: { cases: all }'))).toMatchObject({ kind: 'faults' });
});

test('two imports at once: one writes, the other finds nothing to change', async () => {
  const both = await Promise.all([changes(example), changes(example)]);
  expect(both.filter((made) => made.length === 0)).toHaveLength(1);
});

test('an import waits for the registry, and judges on what it finds then; a preview does not wait', async () => {
  await changes(example);
  let finish = () => {};
  const held = new Promise<void>((done) => {
    finish = done;
  });
  let locked = () => {};
  const ready = new Promise<void>((done) => {
    locked = done;
  });
  const before = database.transaction(async (tx) => {
    await lockRegistry(tx);
    locked();
    await held;
    await sql`update sites set name = 'Between' where number = '1000345'`.execute(tx);
  });
  await ready;
  const file = one('    name: After\n');
  expect(await changes(file, { dryRun: true })).toEqual(['site 1000345: name Aldous Robotics → After']);
  const imported = changes(file);
  const waiting = () =>
    rows(
      sql`select 1 from pg_locks l join pg_database d on d.oid = l.database where locktype = 'advisory' and not granted and datname = current_database()`,
    );
  while ((await waiting()).length === 0) await new Promise((done) => setTimeout(done, 5));
  finish();
  await before;
  expect(await imported).toEqual(['site 1000345: name Between → After']);
});

test('a site that the file does not change is not written', async () => {
  await changes(example);
  const written = () =>
    rows(
      sql`select s.number, s.xmin::text, l.id::text from sites s left join licences l on l.site_id = s.id order by 1, 3`,
    );
  const before = (await written()) as { number: string }[];
  await changes(example.replace('"yes: no"', 'Other'));
  const after = (await written()) as { number: string }[];
  expect(after.filter((row) => row.number === '1000345')).toEqual(before.filter((row) => row.number === '1000345'));
  expect(after.at(-1)).not.toEqual(before.at(-1));
});

test('more sites than one statement writes come in whole, and out again as tables without a change', async () => {
  const number = (at: number) => String(2_000_000 + at);
  const many = Array.from({ length: 2100 }, (_, at) => at);
  const files = [
    {
      name: 'sites.csv',
      text: `number,name,country,timezone,language,pin\n${many.map((at) => `${number(at)},N${at},GB,UTC,en,${number(at)}\n`).join('')}`,
    },
    {
      name: 'contacts.csv',
      text: `site,name,email,role\n${many.map((at) => `${number(at)},P,p@c${at}.example,primary\n${number(at)},S,s@c${at}.example,secondary\n`).join('')}`,
    },
  ];
  const heard: number[] = [];
  const options = { prune: true, dryRun: false, by: { kind: 'command', staff: null } } as const;
  const made = await importRegistryFiles(deps, files, { ...options, wrote: (sites) => heard.push(sites) });
  expect(made).toMatchObject({ kind: 'done' });
  expect(heard).toEqual([0, 500, 1000, 1500, 2000, 2100]);
  expect(await rows(sql`select count(*)::int as n from contact_addresses where main`)).toEqual([{ n: 4200 }]);
  const tables = writeTables(await exportRegistry(database, null));
  const back = Object.entries(tables).map(([name, text]) => ({ name, text }));
  expect(await importRegistryFiles(deps, back, options)).toMatchObject({ kind: 'done', changes: [] });
});

const policy = { pinDigits: 6, pinGraceDays: 7 };
/** As the change that it has come to. */
async function issuePin(site: string, pins: typeof policy) {
  const by = { kind: 'command', staff: null } as const;
  const input = { act: 'issue-pin', input: { site }, by } as const;
  const outcome = await commit({ ...deps, policy: { ...deps.policy, ...pins } }, input);
  if (outcome.kind === 'refused')
    throw new Failure(outcome.why === 'not-found' ? 'not-found' : 'conflict', outcome.says);
  const issued = outcome.kind === 'done' && outcome.made.find((change) => change.kind === 'pin-issued');
  if (!issued) throw new Error('no PIN was issued');
  return issued;
}
const take = (from: number, to: number, replaced: string | null = null) =>
  database.ask((db) =>
    sql`insert into sites (number, name, country, timezone, language) select (3000000 + n)::text, 'N', 'GB', 'UTC', 'en' from generate_series(${from}::int, ${to}::int) n`
      .execute(db)
      .then(() =>
        sql`insert into pins (site_id, pin, replaced_at) select id, substr(number, 5), now() - ${replaced}::interval from sites where number between ${String(3_000_000 + from)} and ${String(3_000_000 + to)}`.execute(
          db,
        ),
      ),
  );

test('a drawn PIN takes the place of the one before, which stays good and is told', async () => {
  await changes(example);
  const issued = await issuePin('1000345', policy);
  expect(issued).toMatchObject({ site: '1000345', pin: expect.stringMatching(/^\d{6}$/), before: '0345' });
  const days = (Date.parse(issued.beforeGoodUntil ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(7, 2);
  expect(await pins()).toContainEqual({ number: '1000345', pin: issued.pin });
  expect(await rows(sql`select pin from pins where replaced_at is not null`)).toEqual([{ pin: '0345' }]);
  expect(await rows(sql`select detail->>'pin' as pin, subject_id from audit where action = 'pin-issued'`)).toEqual([
    { pin: issued.pin, subject_id: '1000345' },
  ]);
  await expect(issuePin('1009999', policy)).rejects.toSatisfy((error) => isFailure(error, 'not-found'));
});

test('of two issuers at once each gets one of the last two PINs, and a third is told that none is left', async () => {
  await changes(example);
  // Taken: 000 to 899 by sites, 900 to 997 given up within the year; 998 longer ago.
  await take(0, 899);
  await take(900, 997, '364 days');
  await take(998, 998, '366 days');
  const three = { pinDigits: 3, pinGraceDays: 7 };
  const both = await Promise.all(['1000345', '1000346'].map((site) => issuePin(site, three)));
  expect(both.map((one) => one.pin).sort()).toEqual(['998', '999']);
  await expect(issuePin('1000345', three)).rejects.toSatisfy((error) => isFailure(error, 'conflict'));
  expect((await pins()).length).toBe(902);
});

test('a site that is put is judged beside those alone that have its PIN or licences, and as by an import', async () => {
  await put(example);
  await put(`sites:
  - number: "1000347"
    name: Tagged
    country: GB
    timezone: Europe/London
    language: en
    licences: [{ number: U-9, serviceTag: T-9, product: Vault, kind: user, quantity: 1, from: 2026-01-01 }]
  - { number: "1000348", name: Far, country: GB, timezone: Europe/London, language: en, pin: "348" }
`);
  const licence = { product: 'Vault', kind: 'user', quantity: 5, from: '2026-01-01' };
  for (const entry of [
    { pin: '0345' },
    { licences: [{ ...licence, number: 'U-1001' }] },
    { licences: [{ ...licence, number: 'T-9' }] },
    { licences: [{ ...licence, number: 'N-1', serviceTag: 'U-9' }] },
    { licences: [{ ...licence, number: 'N-1', serviceTag: 'T-9' }] },
    {
      licences: [
        { ...licence, number: 'N-1' },
        { ...licence, number: 'N-1' },
      ],
    },
  ]) {
    const imported = await put(writeRegistry({ sites: [{ number: '1000346', ...entry }] as never }), { prune: true });
    const faults = imported.kind === 'faults' ? imported.faults.map(({ says }) => says) : [];
    expect(faults).toHaveLength(1);
    await expect(putSite(database, '1000346', entry)).rejects.toThrow(faults.join('; '));
  }
  const needs = putSiteAct.needs({ site: '1000346', entry: { pin: '348', licences: [{ ...licence, number: 'T-9' }] } });
  const { registry } = await registryRecords(database, needs, { pinGraceDays: 30 });
  expect(registry?.record.sites.map(({ number }) => number)).toEqual(['1000346', '1000347', '1000348']);
});

test('the days of grace are those of the policy, for files and for a site that is put', async () => {
  await changes(example);
  const none = { pinGraceDays: 0 };
  const swap = '1000346';
  const put0345 = (graceDays: { pinGraceDays: number }) => putSite(database, swap, { pin: '0345' }, graceDays);
  await changes(one('    pin: "0999"\n'));
  await expect(put0345({ pinGraceDays: 7 })).rejects.toThrow('still good');
  await new Promise((done) => setTimeout(done, 5));
  expect(await put0345(none)).toMatchObject({ number: swap, pin: '0345' });
});

test('hours and holidays of a site are kept, in their order, and taken away again', async () => {
  await changes(example);
  const own = one(
    '    businessHours: { sun: [["10:00", "12:00"]], mon: [["09:00", "12:30"], ["13:30", "17:00"]] }\n    holidays: { add: [12-24], remove: [2026-05-25] }\n',
  );
  expect(await changes(own)).toEqual([
    'site 1000345: businessHours nothing → mon 09:00-12:30 13:30-17:00|sun 10:00-12:00',
    'site 1000345: holidays nothing → 12-24|not 2026-05-25',
  ]);
  expect(await changes(own)).toEqual([]);
  expect(await changes(await exported(), { prune: true })).toEqual([]);
  expect(await changes(one('    businessHours:\n    holidays:\n'))).toHaveLength(2);
  expect(await exported()).not.toContain('businessHours');
});
