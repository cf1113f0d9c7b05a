import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';

describe('public holidays', () => {
  it('differ by state', () => {
    expect(holidaysOf('DE')('2026-01-06')).toBe(false);
    expect(holidaysOf('DE', 'BY')('2026-01-06')).toBe(true);
    expect(holidaysOf('de', 'by')('2026-01-06')).toBe(true);
  });

  it('include the day given in place of one that falls on a weekend', () => {
    expect(holidaysOf('GB')('2026-12-28')).toBe(true);
    expect(holidaysOf('US')('2026-07-03')).toBe(true);
  });

  it('leave out observances and half days', () => {
    expect(holidaysOf('DE')('2026-02-14')).toBe(false);
    expect(holidaysOf('CN')('2026-03-08')).toBe(false);
  });

  it('count a holiday that begins on the eve from its day on, and every one of several days', () => {
    const turkey = holidaysOf('TR');
    expect(['19', '20', '21', '22', '23'].map((day) => turkey(`2026-03-${day}`))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(holidaysOf('IL')('2026-09-12')).toBe(true);
  });

  it('are none for a country that is not in the data, and the country’s for an unknown state', () => {
    expect(holidaysOf('XX')('2026-01-01')).toBe(false);
    expect(holidaysOf('FR', 'QQ')('2026-07-14')).toBe(true);
  });
});
