import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Granted } from '../../../src/registry/contacts/privileges.ts';
import { writeTables } from '../../../src/registry/registry-csv.ts';
import {
  type ContactEntry,
  type LicenceEntry,
  type ProductEntry,
  type RegistryDocument,
  readRegistry,
  type SiteEntry,
  writeRegistry,
} from '../../../src/registry/registry-file.ts';
import { mergeRegistry } from '../../../src/registry/registry-merge.ts';
import { contactTypes, licenceKinds, planKinds, versionStages } from '../../../src/registry/site.ts';

/** What people and programs write into cells, and what a spreadsheet or YAML would make something else of. */
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'=+-@\'"|\\;,:#&*!?%{}[]\t\n~0x1é日 '), maxLength: 12 }),
    fc.constantFrom('0345', '1e5', 'null', 'yes', '2026-01-01', '=1+1', "'=1", '- a', 'a: b', '# no', '|', '\\|', '"'),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '' && text.length <= 200 && !/[^\P{Cc}\t\n]/u.test(text));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const span = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const some = <T>(list: readonly T[], key: string) => (list.length > 0 ? { [key]: list } : {});
/** As the store hands it out: nothing that is empty is named. */
const compact = <T extends object>(entry: T): T =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;

const products = fc.uniqueArray(
  fc.record({
    name: words,
    versions: fc.uniqueArray(
      fc
        .record({
          version: words,
          stage: fc.constantFrom(...versionStages),
          preview: maybe(fc.constant(true)),
          fullUntil: maybe(day),
        })
        .map(compact),
      { maxLength: 3, selector: (one) => one.version },
    ),
  }),
  { maxLength: 3, selector: (one) => one.name },
) as fc.Arbitrary<ProductEntry[]>;

const somePrivileges: readonly Granted[] = [
  { cases: 'none' },
  { 'manage access': 'update', downloads: 'with quotes, catalogue and renewals' },
];
const contact = (site: number, at: number) =>
  fc
    .record({
      name: words,
      phone: maybe(words),
      hours: maybe(words),
      street: maybe(words),
      city: maybe(words),
      state: maybe(words),
      postalCode: maybe(words),
      until: maybe(day),
      privileges: maybe(fc.constantFrom(...somePrivileges).map((granted) => structuredClone(granted))),
      types: fc.uniqueArray(fc.constantFrom(...contactTypes), { maxLength: 3 }),
      aliases: fc.uniqueArray(fc.constantFrom('a|b', 'x', "o'neil", '+1', '=2', '-3'), { maxLength: 3 }),
    })
    .map(({ aliases, types, ...rest }) =>
      compact({
        ...rest,
        email: `p${at}@c${site}.example`,
        role: at === 0 ? 'primary' : at < 4 ? 'secondary' : 'authorized user',
        ...some(types, 'types'),
        ...some(aliases.map((local) => `${local}@p${at}.c${site}.example`).sort(), 'aliases'),
      }),
    ) as fc.Arbitrary<ContactEntry>;

const licence = (site: number, at: number, names: readonly string[]) =>
  fc
    .record({
      number: words.map((text) => `${text.slice(0, 100)}-${site}-${at}`),
      product: fc.constantFrom(...names),
      edition: maybe(words),
      kind: fc.constantFrom(...licenceKinds),
      quantity: fc.integer({ min: 0, max: 9_999_999 }),
      span,
      endless: fc.boolean(),
      registered: maybe(day),
    })
    .map(({ span: { from, to }, endless, ...rest }) =>
      compact({ ...rest, from, to: endless ? undefined : to }),
    ) as fc.Arbitrary<LicenceEntry>;

const someHours = [
  {
    mon: [
      ['09:00', '12:30'],
      ['13:30', '17:00'],
    ],
    sat: [['09:00', '24:00']],
  },
  { sun: [['00:00', '06:00']] },
];
const someHolidays = [
  { add: ['12-24', '2026-08-03..2026-08-14'], remove: [] },
  { add: [], remove: ['2026-05-25', '12-26'] },
];

const site = (at: number, names: readonly string[]) =>
  fc
    .record({
      name: words,
      country: fc.constantFrom('GB', 'AT', 'JP'),
      state: maybe(words),
      timezone: fc.constantFrom('Europe/London', 'Asia/Tokyo', 'UTC'),
      language: fc.constantFrom('en', 'de-AT', 'ja'),
      pin: maybe(fc.constant(`0${100 + at}`)),
      businessHours: maybe(fc.constantFrom(...someHours).map((hours) => structuredClone(hours))),
      holidays: maybe(fc.constantFrom(...someHolidays).map((days) => structuredClone(days))),
      representative: maybe(fc.constantFrom('robin@desk.example', 'rita@desk.example')),
      contacts: fc.nat(6).chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => contact(at, i)))),
      licences: fc
        .nat(names.length > 0 ? 3 : 0)
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => licence(at, i, names)))),
      plans: fc.uniqueArray(
        fc
          .record({ kind: fc.constantFrom(...planKinds), span })
          .map(({ kind, span: { from, to } }) => ({ kind, from, to })),
        { maxLength: 3, selector: (one) => `${one.kind} ${one.from}` },
      ),
    })
    .map(({ contacts, licences, plans, ...rest }) =>
      compact({
        number: String(at).padStart(7, '0'),
        ...rest,
        ...some(plans, 'plans'),
        ...some(contacts, 'contacts'),
        ...some(licences, 'licences'),
      }),
    ) as fc.Arbitrary<SiteEntry>;

const registry: fc.Arbitrary<RegistryDocument> = products.chain((made) =>
  fc.nat(4).chain((count) =>
    fc
      .tuple(
        ...Array.from({ length: count }, (_, at) =>
          site(
            at,
            made.map((one) => one.name),
          ),
        ),
      )
      .map((sites) => ({ products: made, sites })),
  ),
);

const forms: [string, (registry: RegistryDocument) => Record<string, string>][] = [
  ['YAML', (document) => ({ 'registry.yaml': writeRegistry(document) })],
  ['tables', writeTables],
];

test.each(forms)(
  'any registry comes back from its %s without a change, also with prune, and new it is all of it',
  (_, write) => {
    fc.assert(
      fc.property(registry, fc.boolean(), (record, prune) => {
        const files = Object.entries(write(record)).map(([name, text]) => ({ name, text }));
        const { document, faults, places, clears } = readRegistry(files);
        expect(faults).toEqual([]);
        const again = mergeRegistry(record, document, places, prune, { clears });
        expect([again.faults, again.changes]).toEqual([[], []]);
        const anew = mergeRegistry({ products: [], sites: [] }, document, places, prune, { clears });
        expect(anew.faults).toEqual([]);
        const back = mergeRegistry(record, anew.document, new Map(), true);
        expect([back.faults, back.changes]).toEqual([[], []]);
      }),
      { numRuns: 150 },
    );
  },
);
