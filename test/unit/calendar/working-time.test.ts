import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  addWorkingMinutes,
  type WorkingCalendar,
  workingMinutesBetween,
} from '../../../src/calendar/working-time.ts';
import { isWorkingTime } from '../../support/working-time.ts';

const week = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
const none = () => false;
const calendar = (timezone: string, isHoliday: (day: string) => boolean = none): WorkingCalendar => ({
  timezone,
  hours: week,
  isHoliday,
});
const berlin = calendar('Europe/Berlin');
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const instants = fc
  .integer({ min: Date.UTC(2009, 0, 1) / 1000, max: Date.UTC(2032, 0, 1) / 1000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString());
const calendars = fc
  .tuple(fc.constantFrom(...zones), fc.integer({ min: 0, max: 27 }))
  .map(([zone, holiday]) => calendar(zone, (day) => Number(day.slice(8)) === holiday));

describe('adding working minutes', () => {
  it.each([
    ['within the day', '2026-03-24T10:00:00+01:00', 60, '2026-03-24T11:00:00+01:00'],
    ['up to the very end of the day', '2026-03-24T16:00:00+01:00', 60, '2026-03-24T17:00:00+01:00'],
    ['over night', '2026-03-24T16:30:00+01:00', 60, '2026-03-25T09:30:00+01:00'],
    ['from before the opening', '2026-03-24T03:00:00+01:00', 60, '2026-03-24T10:00:00+01:00'],
    ['over a weekend on which the clocks go forward', '2026-03-27T16:30:00+01:00', 60, '2026-03-30T09:30:00+02:00'],
    ['over a leap day that is a working day', '2028-02-28T16:30:00+01:00', 510, '2028-02-29T17:00:00+01:00'],
  ])('counts %s', (_, at, minutes, due) => {
    expect(addWorkingMinutes(berlin, at, minutes)).toBe(due);
  });

  it('leaves holidays out', () => {
    const closed = calendar('Europe/Berlin', (day) => day === '2026-12-25');
    expect(addWorkingMinutes(closed, '2026-12-24T16:30:00+01:00', 60)).toBe('2026-12-28T09:30:00+01:00');
  });

  it('keeps an hour an hour where the clocks change within the hours', () => {
    const night = { ...calendar('Europe/Berlin'), hours: { days: [7], from: '01:00', to: '06:00' } };
    expect(addWorkingMinutes(night, '2026-03-29T01:30:00+01:00', 60)).toBe('2026-03-29T03:30:00+02:00');
    expect(workingMinutesBetween(night, '2026-03-29T00:00:00+01:00', '2026-03-29T12:00:00+02:00')).toBe(240);
  });

  it('knows no hours on a day the zone never had', () => {
    const apia = calendar('Pacific/Apia');
    expect(addWorkingMinutes(apia, '2011-12-29T16:30:00-10:00', 60)).toBe('2012-01-02T09:30:00+14:00');
    expect(workingMinutesBetween(apia, '2011-12-29T00:00:00-10:00', '2012-01-02T00:00:00+14:00')).toBe(480);
  });

  it('refuses a calendar without a business day instead of searching for ever', () => {
    const never = calendar('UTC', () => true);
    expect(() => addWorkingMinutes(never, '2026-01-01T00:00:00Z', 1)).toThrow(/no business day/);
  });

  it('ends within working time, or at its end, with exactly the minutes asked for', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 4000 }), (one, at, minutes) => {
        const due = addWorkingMinutes(one, at, minutes);
        const justBefore = Temporal.Instant.from(due).subtract({ milliseconds: 1 }).toString();
        expect(isWorkingTime(one, justBefore)).toBe(true);
        expect(workingMinutesBetween(one, at, due)).toBe(minutes);
      }),
      { numRuns: 300 },
    );
  });

  it('never makes a later mail due earlier', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 1, max: 2000 }),
        (one, at, gap, minutes) => {
          const after = Temporal.Instant.from(at).add({ minutes: gap }).toString();
          const dues = [addWorkingMinutes(one, at, minutes), addWorkingMinutes(one, after, minutes)] as const;
          expect(Temporal.Instant.compare(...dues)).toBeLessThanOrEqual(0);
          const days = [addBusinessDays(one, at, 1), addBusinessDays(one, after, 1)] as const;
          expect(Temporal.Instant.compare(...days)).toBeLessThanOrEqual(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('one business day', () => {
  it.each([
    ['is the same time on the next business day', '2026-03-24T10:15:00+01:00', '2026-03-25T10:15:00+01:00'],
    ['skips the weekend and keeps the wall clock', '2026-03-27T10:15:00+01:00', '2026-03-30T10:15:00+02:00'],
    ['after hours is the end of the next business day', '2026-03-24T20:00:00+01:00', '2026-03-25T17:00:00+01:00'],
    ['on a Saturday is the end of Monday', '2026-03-21T10:00:00+01:00', '2026-03-23T17:00:00+01:00'],
    ['before the opening is the end of that day', '2026-03-24T07:00:00+01:00', '2026-03-24T17:00:00+01:00'],
    ['at the opening is the next opening', '2026-03-24T09:00:00+01:00', '2026-03-25T09:00:00+01:00'],
    ['at the end is the end of the next business day', '2026-03-24T17:00:00+01:00', '2026-03-25T17:00:00+01:00'],
  ])('%s', (_, at, due) => {
    expect(addBusinessDays(berlin, at, 1)).toBe(due);
  });

  it('is as much working time as a day has', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 5 }), (one, at, days) => {
        expect(workingMinutesBetween(one, at, addBusinessDays(one, at, days))).toBe(days * 480);
      }),
      { numRuns: 200 },
    );
  });
});
