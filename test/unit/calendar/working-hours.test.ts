import { describe, expect, it } from 'vitest';
import { workingHoursSchema } from '../../../src/calendar/working-hours.ts';

const faults = (given: unknown): string[] =>
  workingHoursSchema.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('working hours as they are written down', () => {
  it('are the same on some days, or by weekday with breaks', () => {
    const daily = { days: [1, 2], from: '09:00', to: '24:00' };
    expect(workingHoursSchema.parse(daily)).toEqual(daily);
    const weekly = {
      mon: [
        ['09:00', '12:30'],
        ['13:30', '24:00'],
      ],
      tue: [['00:00', '09:00']],
      sat: [],
    };
    expect(workingHoursSchema.parse(weekly)).toEqual(weekly);
  });

  it('are the same text in whichever order they were written', () => {
    const [one, other] = [
      { to: '17:00', from: '09:00', days: [1] },
      { days: [1], from: '09:00', to: '17:00' },
    ].map((given) => JSON.stringify(workingHoursSchema.parse(given)));
    expect(one).toBe(other);
    expect(Object.keys(workingHoursSchema.parse({ sun: [], tue: [['09:00', '10:00']] }))).toEqual(['tue', 'sun']);
  });

  it.each<[string, unknown, string[]]>([
    ['an interval that ends before it begins', { mon: [['12:00', '09:00']] }, ['mon.0: ends before it begins']],
    ['an interval of no length', { mon: [['09:00', '09:00']] }, ['mon.0: ends before it begins']],
    [
      'intervals that overlap',
      {
        tue: [
          ['09:00', '12:30'],
          ['12:00', '17:00'],
        ],
      },
      ['tue.1: begins before the one ahead of it has ended; they stand in order'],
    ],
    [
      'intervals in the wrong order',
      {
        tue: [
          ['13:00', '17:00'],
          ['09:00', '12:00'],
        ],
      },
      ['tue.1: begins before the one ahead of it has ended; they stand in order'],
    ],
    ['an interval without an end', { wed: [['09:00']] }, ['wed.0: is not a beginning and an end']],
    ['three times in one interval', { wed: [['09:00', '12:00', '17:00']] }, ['wed.0: is not a beginning and an end']],
    ['a day that begins at 24:00', { mon: [['24:00', '24:00']] }, ['mon.0: ends before it begins']],
    [
      'both forms at once',
      { days: [1], mon: [['09:00', '10:00']] },
      [': has days, from and to, or weekdays, and not both'],
    ],
    ['half of the first form', { days: [1], from: '09:00' }, ['to: is missing']],
    ['no day at all', { mon: [], sun: [] }, [': has no business day']],
    ['nothing', {}, [': has no business day']],
    [
      'an end before the beginning',
      { days: [1], from: '10:00', to: '09:00' },
      [': business hours must end after they begin'],
    ],
  ])('cannot have %s', (_, given, expected) => {
    expect(faults(given)).toEqual(expected);
  });

  it.each([['9:00'], ['25:00'], ['24:01'], ['09:60'], ['noon']])('know no time %s', (time) => {
    expect(faults({ mon: [['00:00', time]] })).toHaveLength(1);
  });
});
