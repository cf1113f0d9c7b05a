import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WorkingHours, weekdays, workingHoursSchema } from '../../../src/calendar/working-hours.ts';
import {
  addBusinessDays,
  addWorkingMinutes,
  type WorkingCalendar,
  workingMinutesBetween,
} from '../../../src/calendar/working-time.ts';
import { isWorkingTime } from '../../support/working-time.ts';

const office = workingHoursSchema.parse({
  mon: [
    ['09:00', '12:30'],
    ['13:30', '17:00'],
  ],
  tue: [
    ['09:00', '12:30'],
    ['13:30', '17:00'],
  ],
  wed: [['10:00', '12:00']],
  thu: [
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ],
});
const berlin: WorkingCalendar = { timezone: 'Europe/Berlin', hours: office, isHoliday: () => false };

describe('working time with a break', () => {
  it.each([
    ['over the break', '2026-03-24T12:00:00+01:00', 60, '2026-03-24T14:00:00+01:00'],
    ['up to its beginning', '2026-03-24T11:30:00+01:00', 60, '2026-03-24T12:30:00+01:00'],
    ['from within it', '2026-03-24T13:00:00+01:00', 60, '2026-03-24T14:30:00+01:00'],
    ['nothing to its end', '2026-03-24T13:00:00+01:00', 0, '2026-03-24T13:30:00+01:00'],
    ['over days of other hours', '2026-03-24T16:00:00+01:00', 240, '2026-03-26T10:00:00+01:00'],
  ])('counts %s', (_, at, minutes, due) => {
    expect(addWorkingMinutes(berlin, at, minutes)).toBe(due);
  });

  it('is none in the break, from its first moment to the one before its end', () => {
    const at = (time: string) => isWorkingTime(berlin, `2026-03-24T${time}+01:00`);
    expect(['12:29:59', '12:30:00', '13:29:59', '13:30:00', '16:59:59', '17:00:00'].map(at)).toEqual([
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('one business day', () => {
  it.each([
    ['from within a break is the end of the break', '2026-03-23T13:00:00+01:00', '2026-03-24T13:30:00+01:00'],
    ['is no moment of a break', '2026-03-19T12:45:00+01:00', '2026-03-23T13:30:00+01:00'],
    ['ends with a shorter day', '2026-03-24T15:00:00+01:00', '2026-03-25T12:00:00+01:00'],
    ['begins with a later day', '2026-03-24T09:15:00+01:00', '2026-03-25T10:00:00+01:00'],
    ['after the end of a short day is the end of the next', '2026-03-25T12:00:00+01:00', '2026-03-26T17:00:00+01:00'],
    ['on a day without hours is the end of the next', '2026-03-27T12:00:00+01:00', '2026-03-30T17:00:00+02:00'],
  ])('%s', (_, at, due) => {
    expect(addBusinessDays(berlin, at, 1)).toBe(due);
  });
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Asia/Kolkata',
  'America/St_Johns',
];
const clock = (minutes: number): string => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5);
const ofDay = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.toSorted((a, b) => a - b).map((one) => (one === 96 ? '24:00' : clock(one * 15))))
  .map((times) => Array.from({ length: times.length >> 1 }, (_, at) => [times[2 * at], times[2 * at + 1]]));
const weeks: fc.Arbitrary<WorkingHours> = fc
  .array(ofDay, { minLength: 7, maxLength: 7 })
  .filter((days) => days.some((one) => one.length > 0))
  .map((days) => workingHoursSchema.parse(Object.fromEntries(weekdays.map((day, at) => [day, days[at]]))));
const calendars: fc.Arbitrary<WorkingCalendar> = fc
  .record({ timezone: fc.constantFrom(...zones), hours: weeks, closed: fc.integer({ min: 0, max: 27 }) })
  .map(({ closed, ...one }) => ({ ...one, isHoliday: (day) => Number(day.slice(8)) === closed }));

const atMinute = (minutes: number): string => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000).toString();
const minuteOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 60_000;
/** Any minute of some years, and many around a change of the clocks. */
const instants = fc
  .oneof(
    fc.integer({ min: minuteOf('2024-01-01'), max: minuteOf('2031-01-01') }),
    fc
      .tuple(
        fc.constantFrom(
          '2026-03-29',
          '2026-10-25',
          '2026-03-08',
          '2026-11-01',
          '2026-04-05',
          '2026-10-04',
          '2026-09-27',
          // At one minute past midnight in St John's.
          '2009-03-08',
          '2009-11-01',
          '2010-11-07',
        ),
        fc.integer({ min: -1500, max: 1500 }),
      )
      .map(([day, minutes]) => minuteOf(day) + minutes),
  )
  .map(atMinute);
const later = (at: string, minutes: number): string => Temporal.Instant.from(at).add({ minutes }).toString();

const hoursOfDay = ({ timezone }: WorkingCalendar, at: string): number =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timezone).hoursInDay;

/** By the clock on the wall and the text of the hours alone. */
function onWall({ timezone, hours, isHoliday }: WorkingCalendar, at: string): boolean {
  const wall = Temporal.Instant.from(at).toZonedDateTimeISO(timezone);
  if ('days' in hours || isHoliday(wall.toPlainDate().toString())) return false;
  const time = wall.toPlainTime().toString().slice(0, 5);
  return (hours[weekdays[wall.dayOfWeek - 1] ?? 'mon'] ?? []).some(([from, to]) => time >= from && time < to);
}

describe('working time of any week', () => {
  it('is the minutes asked for, from a mail to its deadline', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 3000 }), (one, at, minutes) => {
        const due = addWorkingMinutes(one, at, minutes);
        expect(workingMinutesBetween(one, at, due)).toBe(minutes);
        expect(workingMinutesBetween(one, due, at)).toBe(0);
        expect(onWall(one, later(due, -1))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is every minute that the clock on the wall shows within hours, and no minute of a break or a holiday', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 0, max: 2000 }), (one, at, minutes) => {
        let sum = 0;
        for (let ahead = 0; ahead < minutes; ahead += 1) if (onWall(one, later(at, ahead))) sum += 1;
        expect(workingMinutesBetween(one, at, later(at, minutes))).toBe(sum);
        expect(isWorkingTime(one, at)).toBe(onWall(one, at));
      }),
      { numRuns: 60 },
    );
  });

  it('is the sum of its parts, wherever it is cut', () => {
    const part = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(calendars, instants, part, part, (one, at, first, second) => {
        const [cut, end] = [later(at, first), later(at, first + second)];
        const parts = workingMinutesBetween(one, at, cut) + workingMinutesBetween(one, cut, end);
        expect(parts).toBe(workingMinutesBetween(one, at, end));
      }),
      { numRuns: 200 },
    );
  });

  it('is all of it where a desk never closes, on days that are shorter or longer, too', () => {
    const hours = workingHoursSchema.parse({ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, fc.integer({ min: 0, max: 5000 }), (timezone, at, minutes) => {
        const always: WorkingCalendar = { timezone, hours, isHoliday: () => false };
        expect(workingMinutesBetween(always, at, later(at, minutes))).toBe(minutes);
      }),
      { numRuns: 200 },
    );
  });

  it('loses no minute where a day comes back just after midnight', () => {
    // At 00:01 of 7 November the clocks of St John's went back to 23:01 of the day before.
    const night = fc
      .integer({ min: -120, max: 120 })
      .map((minutes) => atMinute(minuteOf('2010-11-07') + 151 + minutes));
    fc.assert(
      fc.property(calendars, night, fc.integer({ min: 0, max: 300 }), (any, at, minutes) => {
        const one = { ...any, timezone: 'America/St_Johns' };
        let sum = 0;
        for (let ahead = 0; ahead < minutes; ahead += 1) if (onWall(one, later(at, ahead))) sum += 1;
        expect(workingMinutesBetween(one, at, later(at, minutes))).toBe(sum);
        const due = addWorkingMinutes(one, at, minutes + 1);
        expect(workingMinutesBetween(one, at, due)).toBe(minutes + 1);
        expect(onWall(one, later(due, -1))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('never makes a later mail due earlier, and is due at no time of a break', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 1, max: 4 }),
        (one, at, gap, days) => {
          // In the hour that comes twice a later mail has an earlier time of the day.
          fc.pre([at, later(at, gap)].every((mail) => hoursOfDay(one, mail) === 24));
          const dues = [addBusinessDays(one, at, days), addBusinessDays(one, later(at, gap), days)] as const;
          expect(Temporal.Instant.compare(...dues)).toBeLessThanOrEqual(0);
          expect(Temporal.Instant.compare(at, dues[0])).toBeLessThan(0);
          expect(onWall(one, dues[0]) || onWall(one, later(dues[0], -1))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
