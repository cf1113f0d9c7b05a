import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { exportRegistryText, importRegistryFiles } from '../../../src/flows/registry.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { freshDatabase } from '../../support/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 4);
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
  importRegistryFiles(database, [{ name: 'r.yaml', text }], { prune: false, dryRun: false, actor: 'test', ...options });
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
  expect(await audited()).toBe(before + made.length);
  expect(await changes(example)).toEqual([]);
  expect(await changes(await exportRegistryText(database, null), { prune: true })).toEqual([]);
  expect(await audited()).toBe(before + made.length);
});

test('a dry run shows the difference and writes nothing, a fault leaves everything as it was', async () => {
  expect(await changes(example, { dryRun: true })).not.toEqual([]);
  expect(await exportRegistryText(database, null)).not.toContain('1000345');
  const result = await put(example.replace('role: secondary', 'role: primary'));
  expect(result.kind).toBe('faults');
  expect(await exportRegistryText(database, null)).not.toContain('1000346');
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
  const ids = () => rows(sql`select id::text, role from contacts order by id`);
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

test('two imports at once: one writes, the other finds nothing to change', async () => {
  const both = await Promise.all([changes(example), changes(example)]);
  expect(both.filter((made) => made.length === 0)).toHaveLength(1);
});
