import { describe, expect, it } from 'vitest';
import { writeTables } from '../../../src/registry/registry-csv.ts';
import { readRegistry, writeRegistry } from '../../../src/registry/registry-file.ts';
import { mergeRegistry } from '../../../src/registry/registry-merge.ts';

const weekly = {
  mon: [
    ['09:00', '12:30'],
    ['13:30', '17:00'],
  ],
  fri: [['09:00', '24:00']],
};
const yaml = (keys: string) =>
  readRegistry([
    {
      name: 'r.yaml',
      text: `sites:\n  - number: "1000345"\n    name: Aldous\n    country: GB\n    timezone: Europe/London\n    language: en\n${keys}`,
    },
  ]);
const csv = (header: string, cells: string) =>
  readRegistry([
    {
      name: 'sites.csv',
      text: `number,name,country,timezone,language,${header}\n1000345,Aldous,GB,Europe/London,en,${cells}\n`,
    },
  ]);

describe('hours and holidays of a site', () => {
  const whole = yaml(
    '    businessHours: { mon: [["09:00", "12:30"], ["13:30", "17:00"]], tue: [], fri: [["09:00", "24:00"]] }\n    holidays: { add: [12-24, 2026-08-03..2026-08-14], remove: [2026-05-25] }\n',
  );

  it('are read as in postern.yaml', () => {
    expect(whole.faults).toEqual([]);
    expect(whole.document.sites).toMatchObject([
      { businessHours: weekly, holidays: { add: ['12-24', '2026-08-03..2026-08-14'], remove: ['2026-05-25'] } },
    ]);
    const daily = yaml('    businessHours: { days: [1, 5], from: "09:00", to: "17:00" }\n');
    expect(daily.document.sites).toMatchObject([
      { businessHours: { mon: [['09:00', '17:00']], fri: [['09:00', '17:00']] } },
    ]);
  });

  it('are read from a table, in whichever letters its columns are named', () => {
    const cells = 'mon 09:00-12:30 13:30-17:00|Fri 09:00-24:00,12-24|2026-08-03..2026-08-14|not 2026-05-25';
    for (const header of ['businessHours,holidays', 'businesshours,Holidays']) {
      const table = csv(header, cells);
      expect(table.faults).toEqual([]);
      expect(table.document.sites).toEqual(whole.document.sites);
    }
  });

  it('go out in both forms as they come in', () => {
    const again = readRegistry([{ name: 'r.yaml', text: writeRegistry(whole.document) }]);
    expect(again.document.sites).toEqual(whole.document.sites);
    const tables = readRegistry([{ name: 'sites.csv', text: writeTables(whole.document)['sites.csv'] }]);
    expect(tables.document.sites).toMatchObject(whole.document.sites);
  });

  it('change by what they are, and are said in words', () => {
    const merge = (next: typeof whole, record = whole.document) =>
      mergeRegistry(record, next.document, next.places, false, { clears: next.clears }).changes;
    expect(merge(whole)).toEqual([]);
    expect(merge(yaml('    businessHours: { fri: [["09:00", "24:00"]] }\n'))).toEqual([
      'site 1000345: businessHours mon 09:00-12:30 13:30-17:00|fri 09:00-24:00 → fri 09:00-24:00',
    ]);
    expect(merge(yaml('    holidays: { add: [12-31] }\n'))).toEqual([
      'site 1000345: holidays 12-24|2026-08-03..2026-08-14|not 2026-05-25 → 12-31',
    ]);
    expect(merge(yaml(''))).toEqual([]);
    expect(merge(csv('businessHours,holidays', ','))).toEqual([
      'site 1000345: businessHours mon 09:00-12:30 13:30-17:00|fri 09:00-24:00 → nothing',
      'site 1000345: holidays 12-24|2026-08-03..2026-08-14|not 2026-05-25 → nothing',
    ]);
  });

  it.each([
    ['businessHours: { mon: [["12:00", "09:00"]] }', 'sites[1].businessHours.mon[1]: ends before it begins'],
    ['businessHours: { mon: [["9:00", "12:00"]] }', 'sites[1].businessHours.mon[1][1]: is not a time'],
    ['businessHours: { mon: [] }', 'sites[1].businessHours: has no business day'],
    ['holidays: { add: [2026-02-30] }', 'sites[1].holidays.add[1]: is not a day such as'],
    ['holidays: { add: [] }', 'sites[1].holidays: names no day'],
  ])('are refused with what is wrong: %s', (key, says) => {
    expect(yaml(`    ${key}\n`).faults.map((fault) => fault.says)).toEqual([expect.stringContaining(says)]);
  });

  it.each(['mon 9-17', 'mon', 'mon 09:00-12:00|mon 13:00-17:00', 'montag 09:00-12:00'])('are no cell: %s', (cell) => {
    expect(csv('businessHours', cell).faults).toMatchObject([
      { column: 'businessHours', says: expect.stringContaining('is not written like') },
    ]);
  });
});
