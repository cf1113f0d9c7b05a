import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRegistry, writeRegistry } from '../../../src/registry/registry-file.ts';

const read = (text: string) => readRegistry([{ name: 'r.yaml', text }]);
const site = (name: string) => ({ sites: [{ number: '0000345', name, pin: '0345' }] });

test('numbers and PINs keep their leading zeros, quoted or not', () => {
  const { document, faults } = read(
    'sites:\n  - number: 0000345\n    pin: 0345\n  - { number: "0000346", pin: "0012" }\n',
  );
  expect(faults).toEqual([]);
  expect(document.sites.map((one) => [one.number, one.pin])).toEqual([
    ['0000345', '0345'],
    ['0000346', '0012'],
  ]);
});

test('every fault of form in every file is named with its file and line, all at once', () => {
  const { faults } = readRegistry([
    { name: 'a.yaml', text: 'sites:\n  - number: "12"\n    pin: x\n    colour: red\n' },
    {
      name: 'b.yaml',
      text: 'sites:\n  - number: "1000345"\n    contacts:\n      - { name: A, email: nobody, role: boss }\n',
    },
    { name: 'c.yaml', text: 'sites: [\n' },
  ]);
  expect(faults.map((fault) => `${fault.file}:${fault.line}`).sort()).toEqual(
    expect.arrayContaining(['a.yaml:2', 'a.yaml:3', 'a.yaml:4', 'b.yaml:4', 'b.yaml:4']),
  );
  expect(faults.some((fault) => fault.file === 'c.yaml')).toBe(true);
});

test('a span that ends before it begins and a day that is none are faults', () => {
  const { faults } = read(
    'sites:\n  - number: "1000345"\n    plans:\n      - { kind: standard, from: 2026-02-01, to: 2026-01-01 }\n      - { kind: standard, from: 2026-02-30, to: 2026-03-01 }\n',
  );
  expect(faults.map((fault) => fault.line)).toEqual([4, 5]);
});

test('an empty file is an empty registry', () => {
  expect(read('')).toMatchObject({ document: { products: [], sites: [] }, faults: [] });
});

test.each([
  'yes',
  '0345',
  '2026-01-01',
  '1e5',
  'Vault: Pro',
  'true',
  'null',
  '~',
  '# x',
  '- a',
  '0x1f',
  '[a',
  '%d',
  "it's",
])('what is written comes back as it was: %j', (name) => {
  const { document, faults } = read(writeRegistry(site(name)));
  expect(faults).toEqual([]);
  expect(document).toMatchObject(site(name));
});

test('any name comes back as it was', () => {
  const names = fc
    .string({ minLength: 1, maxLength: 60 })
    .map((name) => name.trim())
    .filter((name) => name !== '');
  fc.assert(
    fc.property(names, (name) => {
      expect(read(writeRegistry(site(name))).document).toMatchObject(site(name));
    }),
  );
});

test('null is not the word null', () => {
  expect(read(writeRegistry({ sites: [{ number: '1000345', name: null }] })).faults).toHaveLength(1);
});
