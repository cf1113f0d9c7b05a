import { describe, expect, it } from 'vitest';
import { casesPolicySchema } from '../../../src/cases/policy.ts';
import { clockOfDays, type Holidays, rate, responseDue, type ToRate } from '../../../src/cases/rating.ts';
import { type ClockEvent, foldClock, warnings } from '../../../src/cases/response-clock.ts';
import { defaultCasesPolicy } from '../../support/default-policies.ts';

const none: Holidays = () => () => false;
const site: ToRate = { severity: 3, plan: 'standard', base: 'standard', timezone: 'Europe/Berlin', country: 'DE' };

describe('the clock of a desk with hours of its own', () => {
  const policy = casesPolicySchema.parse({
    businessHours: { mon: [['09:00', '17:00']], tue: [['09:00', '12:00']] },
  });
  const rating = rate({ ...site, severity: 4 }, policy);
  const at = (day: number, time: string) => `2026-03-${day}T${time}:00+01:00`;
  const started: ClockEvent = { type: 'started', at: at(23, '13:00'), rating };

  it('counts a business day as long as the days are that it lies in', () => {
    const clock = foldClock([started], none);
    expect(clock?.due).toBe(at(24, '12:00'));
    expect(clock && warnings(clock, none, policy)).toEqual([
      { percent: 50, at: at(23, '16:30') },
      { percent: 80, at: at(24, '10:36') },
    ]);
  });

  it('gives back what was left of it', () => {
    const events: ClockEvent[] = [
      started,
      { type: 'paused', at: at(23, '14:00') },
      { type: 'resumed', at: at(24, '09:00') },
    ];
    expect(foldClock(events, none)).toMatchObject({ elapsed: 60, due: '2026-03-30T12:00:00+02:00' });
  });

  it('keeps what has been counted when the hours change', () => {
    const event: ClockEvent = { type: 're-rated', at: at(23, '14:00'), rating: rate(site, defaultCasesPolicy) };
    expect(foldClock([started, event], none)).toMatchObject({
      elapsed: 60,
      due: at(23, '17:00'),
      changes: [{ before: at(24, '12:00'), after: at(23, '17:00') }],
    });
  });
});

describe('holidays of the desk’s own', () => {
  const policy = casesPolicySchema.parse({ holidays: { add: ['2026-03-24'], remove: ['2026-03-25'] } });
  const country: Holidays = (code) => (day) => code === 'DE' && day === '2026-03-25';
  const arrivedAt = '2026-03-23T16:00:00+01:00';

  it('count in the deadline of a case, beside those of the country', () => {
    const due = (given: typeof policy) =>
      responseDue({ ...site, arrivedAt, policy: given, publicHolidays: country }).due;
    expect(due(defaultCasesPolicy)).toBe('2026-03-24T12:00:00+01:00');
    expect(due(policy)).toBe('2026-03-25T12:00:00+01:00');
  });

  it('are written into what a case is rated by, and only where there are some', () => {
    expect(rate(site, policy).ownHolidays).toEqual([policy.holidays]);
    expect(rate(site, defaultCasesPolicy)).not.toHaveProperty('ownHolidays');
    const clock = foldClock([{ type: 'started', at: arrivedAt, rating: rate(site, policy) }], country);
    expect(clock?.due).toBe('2026-03-25T12:00:00+01:00');
  });

  it('do not stop a clock that runs round the clock', () => {
    const urgent = { ...site, severity: 1, plan: '24x7', base: '24x7' } as const;
    const found = responseDue({ ...urgent, arrivedAt: '2026-03-24T10:00:00+01:00', policy, publicHolidays: country });
    expect(found.due).toBe('2026-03-24T11:00:00+01:00');
  });

  it('count for client care, also where the sender is not on record', () => {
    expect(clockOfDays(arrivedAt, 1, { timezone: 'Europe/Berlin', country: 'DE' }, policy, country)).toBe(
      '2026-03-25T16:00:00+01:00',
    );
    expect(clockOfDays(arrivedAt, 1, null, policy, country)).toBe('2026-03-25T15:00:00+00:00');
  });
});
