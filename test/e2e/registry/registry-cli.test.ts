import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { remove, scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const home = resolve(import.meta.dirname, '..', '..', '..');
const folder = scratch('registry');
let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase();
  cpSync(join(home, 'docs', 'customers-csv'), join(folder, 'example'), { recursive: true });
});
afterAll(async () => {
  await database.drop();
  remove(folder);
});

const env = () => ({ HOME: process.env.HOME ?? '', DATABASE_URL: database.url, NO_COLOR: '1' });
const postern = (...words: string[]) => typed(folder, env(), ...words);
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const example = () => readdirSync(join(folder, 'example')).map((name) => join('example', name));
const query = async <T>(text: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
};

it('tables of the documentation come in: shown first, then written, and twice is once', async () => {
  const dry = await postern('registry', 'import', '--dry-run', ...example());
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toContain('• site 1000345: contact ada@aldous.example: new\n');
  expect(dry.out).toMatch(/^9 changes; nothing was written \(dry run\)\.$/m);
  expect(await query('select 1 from sites')).toEqual([]);

  expect((await postern('registry', 'import', ...example())).out).toMatch(/^9 changes\.$/m);
  const again = await postern('registry', 'import', '--json', ...example());
  expect(JSON.parse(again.out)).toEqual({ dryRun: false, changes: [], warnings: [] });
});

it('tables beside YAML are one registry, and a language without letters is a warning', async () => {
  const yaml = file(
    'more.yaml',
    'products:\n  - { name: Gate, versions: [] }\nsites:\n  - { number: "1000346", name: Größe & Söhne, country: PL, timezone: Europe/Warsaw, language: pl, pin: "0346" }\n',
  );
  const contacts = file('contacts.csv', 'site;name;email;role\n1000346;"Jan; Kowalski";jan@gs.example;primary\n');
  const licences = file('licences.csv', 'site,number,product,kind,quantity,from\n1000346,G-1,Gate,user,5,2026-01-01\n');
  const done = await postern('registry', 'import', yaml, contacts, licences);
  expect(done.code).toBe(0);
  expect(done.out).toMatch(/^4 changes\.$/m);
  expect(done.err.replace(/\s+/g, ' ')).toContain(
    'more.yaml:4 there are no letters in "pl"; site 1000346 gets its letters in English',
  );
  const json = await postern('registry', 'import', '--json', yaml);
  expect(JSON.parse(json.out).warnings).toMatchObject([{ file: 'more.yaml', line: 4 }]);
});

it('faults of form and of sense are told in one round, in lines that fit the window, and nothing is changed', async () => {
  const sites = file(
    'bad-sites.csv',
    'number,name,country,timezone,language,pin\n1000347,A,UK,Europe/London,en,0346\n',
  );
  const people = file(
    'bad-contacts.csv',
    'site,name,email,role\n1000346,Second,two@gs.example,primary\n1000346,No Role,three@gs.example,boss\n1009999,X,x@x.example,primary\n',
  );
  const plans = file('bad-plans.csv', 'site,kind,from,to\n1000345,premier,2026-03-01,2026-02-01\n');
  const { code, out, err } = await postern('registry', 'import', sites, people, plans);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const told = err.replace(/\n {4}/g, ' ').split('\n');
  const beginning = (text: string) => told.some((line) => line.startsWith(text));
  expect(beginning('bad-sites.csv:2 country: "UK"')).toBe(true);
  expect(beginning('bad-contacts.csv:3 role: "boss" is none of')).toBe(true);
  expect(beginning('bad-contacts.csv:4 site: there is no site 1009999')).toBe(true);
  expect(beginning('bad-plans.csv:2 to: ends before it begins')).toBe(true);
  expect(told.at(-2)).toMatch(/^\d faults; nothing was changed\.$/);
  const lines = (await postern('registry', 'import', '--json', sites, people, plans)).out.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ file: 'bad-plans.csv', line: 2, column: 'to' }),
  );
  expect(await query(`select 1 from sites where number = '1000347'`)).toEqual([]);
});

it('what is exported as tables comes back without a change, also with prune; unknown sites are said', async () => {
  const done = await postern('registry', 'export', '--csv', 'out');
  expect(done).toMatchObject({ code: 0, out: 'Written to out: 2 sites and 2 products.\n' });
  const tables = readdirSync(join(folder, 'out')).map((name) => join('out', name));
  expect(tables).toHaveLength(6);
  expect(readFileSync(join(folder, 'out', 'sites.csv'), 'utf8')).toContain('Größe & Söhne');
  const back = await postern('registry', 'import', '--prune', ...tables);
  expect(back).toMatchObject({ code: 0, out: 'Nothing changes: the registry says the same.\n' });
  const unknown = await postern('registry', 'export', '1009999');
  expect(unknown).toMatchObject({ code: 1, err: 'There is no site 1009999.\n' });
  expect(await postern('registry', 'export', '--csv', 'more.yaml')).toMatchObject({
    code: 1,
    err: 'more.yaml: cannot be written (EEXIST)\n',
  });
});

it('prune takes away what a table does not have, of the sites beside it', async () => {
  const people = file(
    'contacts.csv',
    'site,name,email,role,types\n1000345,Ada Byron,ada@aldous.example,primary,primary|renewal\n',
  );
  const done = await postern('registry', 'import', '--prune', join('example', 'sites.csv'), people);
  expect(done.out).toBe('• site 1000345: contact max@aldous.example: removed\nOne change.\n');
});

it('a site is put by the name of its act as well, shown first, with a number as text and the form as JSON', async () => {
  const type = (...more: string[]) => postern('act', 'put-site', 'site=1000345', 'entry={"name":"Other"}', ...more);
  const names = () => query("select name from sites where number = '1000345'");
  const says = 'site 1000345: name Aldous Robotics → Other.\n';
  const dry = await type('--dry-run');
  expect(dry).toMatchObject({ code: 0, out: `Nothing was written. It would come to this:\n  ${says}` });
  expect(await names()).toEqual([{ name: 'Aldous Robotics' }]);
  writeFileSync(
    join(folder, 'postern.yaml'),
    'staff: [{ name: Kim Oster, email: kim@desk.example, roles: [manager] }]\n',
  );
  const unknown = await type('--as', 'kin@desk.example');
  expect(unknown).toMatchObject({
    code: 1,
    err: 'Kin@desk.example is none of our people; did you mean "kim@desk.example"?\n',
  });
  expect(await type('--as', 'kim@desk.example')).toMatchObject({ code: 0, out: says });
  expect(await names()).toEqual([{ name: 'Other' }]);
  const wrong = await postern('act', 'put-site', 'site=345', 'entry={}');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('a site number has 7 digits')]);
});

it('wrong use ends with 2, a file that is not there with 1', async () => {
  expect((await postern('registry', 'import')).code).toBe(2);
  expect((await postern('pin', 'issue', '12')).code).toBe(2);
  expect(await postern('registry', 'import', 'nowhere.csv', 'nowhere.yaml')).toMatchObject({
    code: 1,
    err: 'nowhere.csv: there is no such file\nnowhere.yaml: there is no such file\n',
  });
});

it('a new PIN is drawn, and the one before is said to stay good', async () => {
  const { code, out } = await postern('pin', 'issue', '1000345');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^The PIN of site 1000345 is \d{6} from now on\.\nThe one before, 345, stays good until \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
  );
  const json = JSON.parse((await postern('pin', 'issue', '1000345', '--json')).out);
  expect(json).toMatchObject({ site: '1000345', pin: expect.stringMatching(/^\d{6}$/), before: out.slice(27, 33) });
  expect(await query(`select actor, detail->>'pin' as pin from audit where action = 'pin-issued' order by id`)).toEqual(
    [
      { actor: 'command', pin: json.before },
      { actor: 'command', pin: json.pin },
    ],
  );
  expect(await postern('pin', 'issue', '1009999')).toMatchObject({ code: 1, err: 'There is no site 1009999.\n' });
});

it('postern block says whom it silences, lists them, and lifts the block again', async () => {
  const dry = await postern('block', '--dry-run', '--json', 'pat+x@pest.example');
  expect(JSON.parse(dry.out)).toEqual({ blocked: 'pat@pest.example', now: false, changed: true, contacts: 0 });
  expect((await postern('block')).out).toBe('Nobody is blocked.\n');
  expect((await postern('block', 'Pest.example')).out).toMatch(
    /^pest\.example and all below it is blocked from now on\.\n/,
  );
  expect((await postern('block', '@pest.example')).out).toMatch(/was blocked already/);
  expect(JSON.parse((await postern('block', '--list', '--json')).out)).toMatchObject({
    key: '@pest.example',
    by: 'command',
  });
  const wrong = await postern('block', 'pest');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('"pest" is neither an address nor a domain')]);
  expect((await postern('unblock', '--dry-run', 'pest.example')).out).toMatch(/would be not blocked/);
  expect((await postern('block', '--remove', 'pest.example')).out).toMatch(/is not blocked from now on/);
  expect((await postern('unblock', 'pest.example')).out).toMatch(/was not blocked already/);
  expect(await query(`select action from audit where subject_kind = 'sender' order by id`)).toEqual([
    { action: 'sender-blocked' },
    { action: 'sender-unblocked' },
  ]);
});
