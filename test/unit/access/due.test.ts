import { describe, expect, it } from 'vitest';
import { dueOf } from '../../../src/access/due.ts';
import { defaultAccessPolicy } from '../../../src/access/policy.ts';
import type { AccessRequest, RequestStep } from '../../../src/access/request.ts';
import type { WorkingCalendar } from '../../../src/calendar/working-time.ts';

/** Monday to Friday, 9 to 17, in London; 3 April 2026 is Good Friday, the clocks go forward on 29 March. */
const calendar: WorkingCalendar = {
  timezone: 'Europe/London',
  hours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  isHoliday: (day) => day === '2026-04-03' || day === '2026-04-06',
};

const by = 'contact 7';
const verified = { kind: 'verified', at: '2026-03-26T10:00:00Z', by } as const;
const asked = { kind: 'asked', at: '2026-03-26T09:00:00Z', by } as const;
const sent: RequestStep = { kind: 'verify-sent', at: '2026-03-26T09:00:05Z', by: 'clock' };
const put: RequestStep = { kind: 'deciders-asked', at: '2026-03-26T10:00:05Z', by: 'clock' };
const granted = (more: Partial<RequestStep> = {}): RequestStep =>
  ({ kind: 'granted', at: '2026-03-26T12:00:00Z', by, until: null, atOnce: false, ...more }) as RequestStep;
const reminded: RequestStep = { kind: 'reminded', at: '2026-03-27T10:00:00Z', by: 'clock' };
const told: RequestStep = { kind: 'asker-told', at: '2026-03-26T13:00:00Z', by: 'clock' };

const due = (...steps: AccessRequest) => {
  const found = dueOf([asked, ...steps], calendar, defaultAccessPolicy);
  return found && { what: found.what, at: Temporal.Instant.from(found.at).toString() };
};

describe('§8.2 a request that is new', () => {
  it('has its letter to verify at once, and once for each time that it is asked', () => {
    expect(due()).toEqual({ what: 'verify-sent', at: '2026-03-26T09:00:00Z' });
    expect(due(sent, { ...asked, at: '2026-03-28T09:00:00Z' })?.what).toBe('verify-sent');
  });
  it('asks to verify once a day whoever asks again', () => {
    const again = { ...asked, at: '2026-03-26T11:00:00Z' };
    expect(due(sent, again)).toEqual({ what: 'verify-sent', at: '2026-03-27T09:00:05Z' });
    expect(due(sent, { ...asked, at: '2026-03-28T09:00:00Z' })?.at).toBe('2026-03-28T09:00:00Z');
  });
  it('§8.7 is over forty days after it was last asked for', () => {
    expect(due(sent)).toEqual({ what: 'ended', at: '2026-05-05T09:00:00Z' });
  });
  it('§8.3 goes to the deciders as soon as it is verified', () => {
    expect(due(sent, verified)).toEqual({ what: 'deciders-asked', at: '2026-03-26T10:00:00Z' });
  });
});

describe('§8.6 a request that waits', () => {
  it('is reminded of after 1 and 3 business days, and is client care’s after 10', () => {
    expect(due(verified, put)).toEqual({ what: 'reminded', at: '2026-03-27T10:00:00Z' });
    // Over the weekend and the change of the clocks, at the same time there.
    expect(due(verified, put, reminded)).toEqual({ what: 'reminded', at: '2026-03-31T09:00:00Z' });
    expect(due(verified, put, reminded, reminded)).toEqual({ what: 'handed-over', at: '2026-04-13T09:00:00Z' });
  });
  it('is reminded of no more once it is client care’s', () => {
    expect(due(verified, { kind: 'handed-over', why: 'no-answer', at: asked.at, by })).toBeNull();
  });
  it('§8.7 ends where it was not verified for 40 days', () => {
    expect(due(sent)).toEqual({ what: 'ended', at: '2026-05-05T09:00:00Z' });
  });
});

describe('§8.5 a request that is decided', () => {
  it('is told to the asker after an hour, or at once', () => {
    expect(due(verified, granted())).toEqual({ what: 'asker-told', at: '2026-03-26T13:00:00Z' });
    expect(due(verified, granted({ atOnce: true }))).toEqual({ what: 'asker-told', at: '2026-03-26T12:00:00Z' });
    expect(due(verified, granted(), told)).toBeNull();
  });
  it('waits again where it was taken back, with the reminders it has had', () => {
    const back: RequestStep = { kind: 'taken-back', at: '2026-03-27T11:00:00Z', by };
    expect(due(verified, put, reminded, granted(), back)?.what).toBe('reminded');
    expect(due(verified, put, reminded, reminded, granted(), back)?.what).toBe('handed-over');
  });
  it('ends after its last day at the site, with a word a week before', () => {
    const until = granted({ until: '2026-04-30' });
    expect(due(verified, until, told)).toEqual({ what: 'end-told', at: '2026-04-22T23:00:00Z' });
    expect(due(verified, until, told, { kind: 'end-told', at: asked.at, by })).toEqual({
      what: 'ended',
      at: '2026-04-30T23:00:00Z',
    });
    expect(due(verified, granted({ until: '2026-03-29' }), told)).toEqual({
      what: 'ended',
      at: '2026-03-29T23:00:00Z',
    });
  });
});
