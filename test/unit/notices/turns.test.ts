import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { placeCalendar } from '../../../src/calendar/place-calendar.ts';
import { noticesPolicySchema } from '../../../src/notices/policy.ts';
import { isCareStep, isTooLate, nextTurn, stepAfter } from '../../../src/notices/turns.ts';
import { defaultCasesPolicy } from '../../support/default-policies.ts';

const policy = noticesPolicySchema.parse({});
const at = (place: { timezone: string; country: string; state?: string }) =>
  placeCalendar(place, defaultCasesPolicy, holidaysOf);
const london = at({ timezone: 'Europe/London', country: 'GB' });
const turn = (kind: 'contact-lists' | 're-attestation', now: string, calendar = london) =>
  nextTurn(kind, calendar, now, policy);

describe('POLICY §9: the list of contacts', () => {
  it('is due on the first business day of a month at 9:00 where the site is, keyed by the month', () => {
    expect(turn('contact-lists', '2026-11-29T08:00:00Z')).toEqual({
      period: '2026-12',
      step: 0,
      dueAt: '2026-12-01T09:00:00+00:00',
    });
    // The first is a Sunday, and the first Monday of August is one.
    expect(turn('contact-lists', '2026-07-31T12:00:00Z')?.dueAt).toBe('2026-08-03T09:00:00+01:00');
  });

  it('goes by the holidays of the country and the state', () => {
    expect(turn('contact-lists', '2026-12-15T00:00:00Z')?.dueAt).toBe('2027-01-04T09:00:00+00:00');
    const japan = at({ timezone: 'Asia/Tokyo', country: 'JP' });
    expect(turn('contact-lists', '2026-12-15T00:00:00Z', japan)?.dueAt).toBe('2027-01-04T09:00:00+09:00');
    const scotland = at({ timezone: 'Europe/London', country: 'GB', state: 'SCT' });
    expect(turn('contact-lists', '2026-12-15T00:00:00Z', scotland)?.dueAt).toBe('2027-01-05T09:00:00+00:00');
  });

  it('is the one of the next month from the minute it was due, however the day ends elsewhere', () => {
    expect(turn('contact-lists', '2026-12-01T08:59:59Z')?.period).toBe('2026-12');
    expect(turn('contact-lists', '2026-12-01T09:00:00Z')?.period).toBe('2027-01');
    const auckland = at({ timezone: 'Pacific/Auckland', country: 'NZ' });
    expect(turn('contact-lists', '2026-11-30T19:59:00Z', auckland)?.dueAt).toBe('2026-12-01T09:00:00+13:00');
    expect(turn('contact-lists', '2026-11-30T20:00:00Z', auckland)?.period).toBe('2027-01');
  });

  it('knows a time that the clocks skip', () => {
    const skipped = { ...policy, contactLists: { ...policy.contactLists, at: '02:30', businessDay: 1 } };
    // Sunday is a business day there, and the clocks go forward on the first one of the month.
    const hours = { sun: [['00:00', '24:00']] } as const;
    const place = placeCalendar(
      { timezone: 'America/New_York', country: 'US' },
      { ...defaultCasesPolicy, businessHours: hours as never },
      () => () => false,
    );
    expect(nextTurn('contact-lists', place, '2026-11-20T00:00:00Z', skipped)?.dueAt).toBe('2026-12-06T02:30:00-05:00');
    const second = { ...skipped, contactLists: { ...skipped.contactLists, businessDay: 2 } };
    expect(nextTurn('contact-lists', place, '2027-03-01T00:00:00Z', second)?.dueAt).toBe('2027-03-14T03:00:00-04:00');
  });

  it('is never, where the calendar has no such day', () => {
    const never = placeCalendar({ timezone: 'UTC', country: 'GB' }, defaultCasesPolicy, () => () => true);
    expect(turn('contact-lists', '2026-12-01T00:00:00Z', never)).toBeNull();
  });
});

describe('POLICY §8.10: who may open cases', () => {
  it('is asked on the second business day of a quarter, keyed by it', () => {
    expect(turn('re-attestation', '2026-11-29T08:00:00Z')).toEqual({
      period: '2027-Q1',
      step: 0,
      dueAt: '2027-01-05T09:00:00+00:00',
    });
    expect(turn('re-attestation', '2027-01-05T09:00:00Z')?.dueAt).toBe('2027-04-02T09:00:00+01:00'.replace('02', '02'));
    expect(turn('re-attestation', '2027-09-30T00:00:00Z')?.period).toBe('2027-Q4');
  });

  it('is reminded of twice, after 5 and 10 business days, and handed to client care after 15', () => {
    const first = { period: '2027-Q1', step: 0 };
    const second = stepAfter(first, london, '2027-01-05T09:00:05Z', policy);
    expect(second).toMatchObject({ period: '2027-Q1', step: 1 });
    expect(second?.dueAt.slice(0, 10)).toBe('2027-01-12');
    const third = stepAfter({ ...first, step: 1 }, london, '2027-01-12T09:00:05Z', policy);
    expect([third?.step, third?.dueAt.slice(0, 10)]).toEqual([2, '2027-01-19']);
    const care = stepAfter({ ...first, step: 2 }, london, '2027-01-19T09:00:05Z', policy);
    expect([care?.step, care?.dueAt.slice(0, 10)]).toEqual([3, '2027-01-26']);
    expect([0, 1, 2, 3].map((step) => isCareStep(step, policy))).toEqual([false, false, false, true]);
    expect(stepAfter({ ...first, step: 3 }, london, '2027-01-26T09:00:05Z', policy)).toBeNull();
  });
});

it('§11.6: what could not go out for more than seven days is too late', () => {
  expect(isTooLate('2026-12-01T09:00:00Z', '2026-12-08T08:59:00Z', policy)).toBe(false);
  expect(isTooLate('2026-12-01T09:00:00Z', '2026-12-08T09:01:00Z', policy)).toBe(true);
});

it('refuses reminders that come before one another', () => {
  expect(noticesPolicySchema.safeParse({ reAttestation: { reminderDays: [5, 5] } }).success).toBe(false);
  expect(noticesPolicySchema.safeParse({ reAttestation: { reminderDays: [5, 16] } }).success).toBe(false);
  expect(noticesPolicySchema.safeParse({ contactLists: { at: '9:00' } }).success).toBe(false);
});
