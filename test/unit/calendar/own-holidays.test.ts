import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { ownHolidaysSchema, withOwnHolidays } from '../../../src/calendar/own-holidays.ts';

const own = (given: { add?: string[]; remove?: string[] }) => ownHolidaysSchema.parse(given);
const faults = (add: string[]): string[] =>
  ownHolidaysSchema.safeParse({ add }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
const form = 'is not a day such as 2026-12-24, 12-24 for each year, or 2026-12-24..2027-01-02';

describe('holidays of the desk’s own', () => {
  const england = holidaysOf('GB', 'ENG');

  it('are added to those of the country', () => {
    const isHoliday = withOwnHolidays(england, [own({ add: ['2026-12-24', '12-31', '2026-08-03..2026-08-07'] })]);
    expect(['2026-12-24', '2026-12-25', '2026-12-31', '2031-12-31'].map(isHoliday)).toEqual([true, true, true, true]);
    expect(['2026-08-02', '2026-08-03', '2026-08-07', '2026-08-08'].map(isHoliday)).toEqual([false, true, true, false]);
    expect(isHoliday('2027-12-24')).toBe(false);
  });

  it('take days of the country away, in one year or in each', () => {
    const isHoliday = withOwnHolidays(england, [own({ remove: ['2026-12-28', '12-26'] })]);
    expect(['2026-12-26', '2026-12-28', '2026-12-25', '2027-12-26'].map(isHoliday)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('go over the end of the year', () => {
    const isHoliday = withOwnHolidays(() => false, [own({ add: ['12-30..01-02'] })]);
    expect(['2026-12-29', '2026-12-30', '2027-01-02', '2027-01-03'].map(isHoliday)).toEqual([false, true, true, false]);
  });

  it('leave a day out that is added and taken away, and a later list goes before', () => {
    const [desk, site] = [
      own({ add: ['12-20..12-31'], remove: ['12-23'] }),
      own({ add: ['12-23'], remove: ['12-24'] }),
    ];
    expect(withOwnHolidays(() => false, [desk])('2026-12-23')).toBe(false);
    expect(withOwnHolidays(() => false, [desk, site])('2026-12-23')).toBe(true);
    expect(withOwnHolidays(() => false, [desk, site])('2026-12-24')).toBe(false);
  });

  it('of a leap day come every four years', () => {
    const isHoliday = withOwnHolidays(() => false, [own({ add: ['02-29'] })]);
    expect(['2028-02-28', '2028-02-29', '2028-03-01'].map(isHoliday)).toEqual([false, true, false]);
  });

  it('are the calendar itself where there are none', () => {
    expect(withOwnHolidays(england, [own({})])).toBe(england);
  });

  it.each([
    ['2026-02-30', form],
    ['02-30', form],
    ['2026-2-3', form],
    ['24.12.2026', form],
    ['12-24..2026-12-31', form],
    ['2026-01-01..2026-01-02..2026-01-03', form],
    ['2026-12-31..2026-12-24', 'ends before it begins'],
  ])('are not written %s', (text, says) => {
    expect(faults(['12-24', text])).toEqual([`add.1: ${says}`]);
  });
});
