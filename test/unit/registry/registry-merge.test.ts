import { expect, test } from 'vitest';
import { readRegistry } from '../../../src/registry/registry-file.ts';
import { mergeRegistry } from '../../../src/registry/registry-merge.ts';
import { languagesWithoutLetters } from '../../../src/registry/registry-rules.ts';

const of = (text: string) => readRegistry([{ name: 'r.yaml', text }]);
const merge = (record: string, file: string, prune = false) => {
  const next = of(file);
  expect(next.faults).toEqual([]);
  return mergeRegistry(of(record).document, next.document, next.places, prune);
};
const people = (...contacts: string[]) =>
  `sites:\n  - number: "1000345"\n    name: A\n    country: GB\n    timezone: Europe/London\n    language: en\n    contacts:\n${contacts.map((one) => `      - { ${one} }\n`).join('')}`;
const ada =
  'name: Ada, email: ada@a.example, role: primary, types: [primary, renewal], aliases: [x@a.example, b@a.example]';
const max = 'name: Max, email: max@a.example, role: secondary';
const part = (...contacts: string[]) =>
  `sites:\n  - number: "1000345"\n    contacts:\n${contacts.map((one) => `      - { ${one} }\n`).join('')}`;

test('the same file and a part of it change nothing; everybody in another order is that order', () => {
  const record = people(ada, max);
  expect(merge(record, record).changes).toEqual([]);
  const turnedRound = merge(record, people(max, ada));
  expect(turnedRound.changes).toEqual(['site 1000345: contacts in this order: max@a.example, ada@a.example']);
  expect(turnedRound.document.sites[0]?.contacts?.map((one) => one.name)).toEqual(['Max', 'Ada']);
  expect(merge(record, part(max)).changes).toEqual([]);
  const turned = ada
    .replace('x@a.example, b@a.example', 'b@a.example, x@a.example')
    .replace('primary, renewal', 'renewal, primary');
  expect(merge(record, part(turned)).changes).toEqual([]);
});

test('what is not named stays in its place, and goes only with prune', () => {
  const record = people(ada, max);
  const names = (prune: boolean) => {
    const file = part(ada.replace('Ada', 'Ada Byron'));
    return merge(record, file, prune).document.sites[0]?.contacts?.map((one) => one.name);
  };
  expect(names(false)).toEqual(['Ada Byron', 'Max']);
  expect(names(true)).toEqual(['Ada Byron']);
  expect(merge(record, part(ada), true).changes).toEqual(['site 1000345: contact max@a.example: removed']);
});

test('an address handed to another contact does not swap the two', () => {
  const { document, changes, faults } = merge(
    people(ada, max),
    part(`${max}, aliases: [x@a.example]`, 'name: Ada, email: ada@a.example, role: primary, aliases: []'),
  );
  expect(faults).toEqual([]);
  expect(changes).toHaveLength(3);
  expect(document.sites[0]?.contacts?.map((one) => [one.name, one.aliases])).toEqual([
    ['Max', ['x@a.example']],
    ['Ada', []],
  ]);
});

test('a further address can become the e-mail address', () => {
  const { document, faults } = merge(people(ada), part('name: Ada, email: x@a.example, role: primary'));
  expect(faults).toEqual([]);
  expect(document.sites[0]?.contacts).toMatchObject([{ email: 'x@a.example', aliases: ['b@a.example'] }]);
});

test('a fifth secondary is refused at the line that names it', () => {
  const four = [1, 2, 3, 4].map((n) => `name: S${n}, email: s${n}@a.example, role: secondary`);
  const { faults } = merge(people(ada, ...four), part(max));
  expect(faults).toMatchObject([{ file: 'r.yaml', line: 4 }]);
});

test('a second primary and an unknown product are named together', () => {
  const { faults } = merge(
    people(ada),
    `${part(max.replace('secondary', 'primary'))}    licences:\n      - { number: U-1, product: None, kind: user, quantity: 1, from: 2026-01-01 }\n`,
  );
  expect(faults.map((fault) => fault.line)).toEqual([4, 6]);
});

test('the PIN of another site is refused, two sites may swap theirs', () => {
  const two = (a: string, b: string) =>
    `sites:\n${[
      ['1000001', a],
      ['1000002', b],
    ]
      .map(
        ([number, pin]) =>
          `  - { number: "${number}", name: N, country: GB, timezone: UTC, language: en, pin: "${pin}" }\n`,
      )
      .join('')}`;
  expect(merge(two('001', '002'), 'sites:\n  - number: "1000002"\n    pin: "001"\n').faults).toMatchObject([
    { line: 2 },
  ]);
  expect(merge(two('001', '002'), two('002', '001'))).toMatchObject({ faults: [], changes: { length: 2 } });
});

test('a preview stays one until it is said to be none, and none is none twice', () => {
  const version = (rest: string) => `products:\n  - { name: V, versions: [{ version: "1", stage: full${rest} }] }\n`;
  expect(merge(version(', preview: true'), version('')).document.products[0]?.versions[0]?.preview).toBe(true);
  expect(merge(version(''), version(', preview: false')).changes).toEqual([]);
  expect(merge(version(', preview: true'), version(', preview: false')).changes).toHaveLength(1);
});

test('a PIN that is still good elsewhere says from when it is free and what to do; a site may have its own back', () => {
  const record = of(
    'sites:\n  - { number: "1000001", name: N, country: GB, timezone: UTC, language: en, pin: "001" }\n  - { number: "1000002", name: N, country: GB, timezone: UTC, language: en, pin: "002" }\n',
  ).document;
  const at = (file: string, retired: { pin: string; site: string; freeFrom: string }[] = []) => {
    const next = of(file);
    return mergeRegistry(record, next.document, next.places, false, { retired, freeFrom: '2026-05-08' }).faults;
  };
  const pin = (site: string, digits: string) => `  - { number: "${site}", pin: "${digits}" }\n`;
  const swapped = at(`sites:\n${pin('1000001', '002')}${pin('1000002', '001')}`);
  expect(swapped.map((fault) => fault.line)).toEqual([2, 3]);
  expect(swapped[0]?.says).toContain('free from 2026-05-08');
  expect(swapped[0]?.says).toContain('postern pin issue 1000001');
  const old = [
    { pin: '009', site: '1000002', freeFrom: '2026-05-02' },
    { pin: '009', site: '1000002', freeFrom: '2026-05-03' },
  ];
  expect(at(`sites:\n${pin('1000001', '009')}`, old)[0]?.says).toContain('free from 2026-05-03');
  expect(at(`sites:\n${pin('1000002', '009')}`, old)).toEqual([]);
});

test('languages without letters: one warning each, where it is first named', () => {
  const { document, places } = of(
    'sites:\n  - { number: "1000001", language: de-AT }\n  - { number: "1000002", language: pl }\n  - { number: "1000003", language: pl }\n  - { number: "1000004" }\n',
  );
  expect(languagesWithoutLetters(document.sites, places, ['en', 'de'])).toMatchObject([
    { file: 'r.yaml', line: 3, says: expect.stringContaining('"pl"; 2 sites') },
  ]);
  expect(languagesWithoutLetters(document.sites, places, undefined)).toEqual([]);
});

test('a service tag names one licence, beside the number of any other', () => {
  const licences = (...entries: string[]) =>
    `products:\n  - { name: Vault }\n${people(ada)}    licences:\n${entries.map((one) => `      - { ${one}, product: Vault, kind: user, quantity: 1, from: 2026-01-01 }\n`).join('')}`;
  const faults = (...entries: string[]) => merge(people(ada), licences(...entries)).faults.map(({ says }) => says);
  expect(faults('number: U-1, serviceTag: T-1', 'number: U-2, serviceTag: T-2')).toEqual([]);
  expect(faults('number: U-1, serviceTag: U-1')).toEqual([]);
  expect(faults('number: U-1, serviceTag: T-1', 'number: U-2, serviceTag: T-1')).toEqual([
    expect.stringContaining('service tag T-1 is given twice'),
  ]);
  expect(faults('number: U-1', 'number: U-2, serviceTag: U-1')).toEqual([
    expect.stringContaining('service tag U-1 is given twice'),
  ]);
});

test('§10.4 the representative of an account is one of our people; whom it had stays where it is not named', () => {
  const site = (more = '') =>
    `sites:\n  - number: "1000345"\n    name: A\n    country: GB\n    timezone: Europe/London\n    language: en\n${more}`;
  const judged = (record: string, file: string) => {
    const { document, places, clears } = of(file);
    return mergeRegistry(of(record).document, document, places, true, { clears, staff: ['robin@desk.example'] });
  };
  const named = site('    representative: Robin@Desk.example\n');
  expect(judged(site(), named)).toMatchObject({
    faults: [],
    changes: ['site 1000345: representative nothing → robin@desk.example'],
    document: { sites: [{ representative: 'robin@desk.example' }] },
  });
  expect(judged(site(), site('    representative: robyn@desk.example\n')).faults).toEqual([
    {
      ...{ file: 'r.yaml', line: 2 },
      says: 'site 1000345: the representative robyn@desk.example is none of our people; did you mean "robin@desk.example"?',
    },
  ]);
  const left = site('    representative: gone@desk.example\n');
  expect(judged(left, site()).faults).toEqual([]);
  expect(judged(named, site('    representative: ""\n')).changes).toEqual([
    'site 1000345: representative robin@desk.example → nothing',
  ]);
});
