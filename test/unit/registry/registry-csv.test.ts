import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, writeTables } from '../../../src/registry/registry-csv.ts';
import { readRegistry } from '../../../src/registry/registry-file.ts';
import { mergeRegistry } from '../../../src/registry/registry-merge.ts';

const read = (files: Record<string, string>) =>
  readRegistry(Object.entries(files).map(([name, text]) => ({ name, text })));
const sites = 'number,name,country,timezone,language\n1000345,Aldous,GB,Europe/London,en\n';

test('semicolons, a BOM, CRLF, blank lines, header case and quoted line breaks are read', () => {
  const text = '\uFEFF Number ;NAME;Country;timezone;language\r\n\r\n1000345;"Al\r\ndous";GB;Europe/London;en\r\n';
  expect(read({ 'eu-sites.csv': text })).toMatchObject({ faults: [], document: { sites: [{ name: 'Al\ndous' }] } });
});

test('what is no UTF-8 is Windows-1252', () => {
  expect(decodeText(Uint8Array.from([0x4d, 0xfc, 0x80]))).toBe('Mü€');
});

test('faults of form in all files are named with line and column, with the nearest column', () => {
  const { faults } = read({
    'sites.csv': `${sites.replace('country', 'contry')}12,B,GB,UTC,en\n`,
    'x.csv': 'site,email,role\n1000345,nobody,boss\n',
  });
  expect(faults.map((one) => [one.file, one.line, one.column])).toEqual([
    ['sites.csv', 1, 'contry'],
    ['sites.csv', 3, 'number'],
    ['x.csv', 2, 'email'],
    ['x.csv', 2, 'role'],
  ]);
  expect(faults[0]?.says).toContain('"country"');
});

test('a column left out leaves the field, an empty cell makes it none', () => {
  const person = (head: string, cells: string) =>
    read({ 'contacts.csv': `site,email,${head}\n1000345,a@b.example,${cells}\n` });
  const record = read({
    'sites.csv': sites,
    'contacts.csv': 'site,email,name,role,phone\n1000345,a@b.example,A,primary,12\n',
  });
  const after = (next: ReturnType<typeof read>) =>
    mergeRegistry(record.document, next.document, next.places, false, { clears: next.clears });
  expect(after(person('name', 'B')).document.sites[0]?.contacts).toMatchObject([{ name: 'B', phone: '12' }]);
  expect(after(person('phone', '')).changes).toEqual(['site 1000345: contact a@b.example: phone 12 → nothing']);
});

test('countries and languages are real ones', () => {
  for (const wrong of ['UK', 'EU', 'QQ'])
    expect(read({ 'sites.csv': sites.replace('GB', wrong) }).faults).toHaveLength(1);
  expect(read({ 'sites.csv': sites.replace(',en', ',xx') }).faults).toHaveLength(1);
});

test('any registry comes back from its tables as it was', () => {
  const name = fc.string({ minLength: 1, maxLength: 20 }).map((one) => `${one}x`.trim());
  const risky = fc
    .constantFrom('=1+1', '+44 20', '-a', '@b', "'=c", "'d", 'e|f', 'g\\|h', 'i;j,"k"\nl')
    .chain((one) => fc.oneof(name, fc.constant(one)));
  fc.assert(
    fc.property(
      risky,
      risky,
      fc.uniqueArray(fc.constantFrom('x|y@a.example', 'b@a.example')),
      (site, phone, aliases) => {
        const entry = {
          number: '0000345',
          name: site,
          country: 'GB',
          timezone: 'UTC',
          language: 'en',
          contacts: [{ name: site, email: 'a@a.example', aliases, phone, role: 'primary' as const, types: [] }],
        };
        const files = writeTables({ products: [], sites: [entry] });
        const { document, faults } = read(files);
        expect(faults).toEqual([]);
        expect(document.sites[0]).toMatchObject(entry);
      },
    ),
  );
});

test('no cell that a spreadsheet would take for a formula is written as one', () => {
  for (const name of ['=1+1', '+44', '-a', '@b'])
    expect(writeTables({ products: [{ name, versions: [] }], sites: [] })['products.csv']).toBe(
      `\uFEFFname\r\n'${name}\r\n`,
    );
});

const people = (...rows: string[]) => `site,name,email,role\n${rows.map((row) => `1000345,${row}\n`).join('')}`;
const two = read({
  'sites.csv': `${sites}1000346,Other,GB,UTC,en\n`,
  'contacts.csv': `${people('Ada,ada@a.example,primary', 'Max,max@a.example,secondary')}1000346,Zoe,zoe@b.example,primary\n`,
  'plans.csv': 'site,kind,from,to\n1000345,standard,2026-01-01,2026-12-31\n',
});
const pruned = (files: Record<string, string>) => {
  const next = read(files);
  expect(next.faults).toEqual([]);
  return mergeRegistry(two.document, next.document, next.places, true, { clears: next.clears }).changes;
};

test('prune: rows that a table no longer has go, of the sites it names; a table not given stays', () => {
  expect(pruned({ 'contacts.csv': people('Ada,ada@a.example,primary') })).toEqual([
    'site 1000345: contact max@a.example: removed',
  ]);
  expect(pruned({ 'sites.csv': sites })).toEqual([]);
});

test('prune: a table without rows speaks for every site of the sites beside it', () => {
  expect(pruned({ 'sites.csv': sites, 'plans.csv': 'site,kind,from,to\n' })).toEqual([
    'site 1000345: plan standard from 2026-01-01: removed',
  ]);
  expect(pruned({ 'plans.csv': 'site,kind,from,to\n' })).toEqual([]);
});

test('carriage returns in a cell are line breaks, from tables and from YAML, so that what is on record comes back', () => {
  const cell = (text: string) => read({ 'sites.csv': sites.replace('Aldous', `"${text}"`) }).document.sites[0]?.name;
  expect([cell('A\r\nB'), cell('A\rB'), cell('A\nB')]).toEqual(['A\nB', 'A\nB', 'A\nB']);
  expect(read({ 'a.yaml': 'sites: [{ number: "1000345", name: "A\\r\\nB\\rC" }]' }).document.sites[0]?.name).toBe(
    'A\nB\nC',
  );
});

test('characters that no database keeps are a fault', () => {
  for (const wrong of ['A\0B', 'A\u001bB'])
    expect(read({ 'sites.csv': sites.replace('Aldous', wrong) }).faults).toMatchObject([{ line: 2, column: 'name' }]);
  expect(read({ 'a.yaml': 'sites: [{ number: "1000345", name: "A\\ud800B" }]' }).faults).toHaveLength(1);
});

test('rows keep their lines behind cells of several lines and blank ones', () => {
  const { faults } = read({ 'sites.csv': `${sites}\n1000346,"a\n\nb",GB,UTC,en\n\n12,c,GB,UTC,en\n` });
  expect(faults.map((fault) => fault.line)).toEqual([8]);
});
