/** POLICY §4.6 of cases that were merged: the earlier deadline stays, and goes again with the case that brought it. */
import { describe, expect, it } from 'vitest';
import { rate } from '../../../src/cases/rating.ts';
import { type ClockEvent, foldClock, timesAt, warnings } from '../../../src/cases/response-clock.ts';
import { defaultCasesPolicy } from '../../support/default-policies.ts';

const holidays = () => () => false;
const rating = rate(
  { severity: 3, plan: 'standard', base: 'standard', timezone: 'UTC', country: 'XX' },
  defaultCasesPolicy,
);
const at = (time: string) => `2026-05-11T${time}:00Z`;
const ofClock = (time: string): ClockEvent => ({ type: 'started', at: at(time), rating });
const joined = (time: string, due: string | null): ClockEvent => ({
  type: 'joined',
  at: at(time),
  of: '100007',
  due: due && at(due),
});
const due = (...events: readonly ClockEvent[]) => {
  const found = foldClock(events, holidays)?.due;
  return found ? Temporal.Instant.from(found).toString() : null;
};

describe('the clock of a case that another one was merged into', () => {
  it.each([
    ['keeps its own deadline where that is the earlier one', joined('10:00', '15:00'), at('13:00')],
    ['takes the earlier one of the other', joined('10:00', '11:30'), at('11:30')],
    ['is due at once where the other is overdue', joined('10:00', '09:30'), at('10:00')],
    ['stays as it is where the other had none', joined('10:00', null), at('13:00')],
  ])('%s', (_, event, expected) => {
    expect(due(ofClock('09:00'), event)).toBe(expected);
  });

  it('warns by the earlier deadline', () => {
    const clock = foldClock([ofClock('09:00'), joined('10:00', '11:00')], holidays);
    if (!clock) throw new Error('no clock');
    const [half, late] = warnings(clock, holidays, { warnAtPercent: [50, 80] });
    expect([half?.at, late?.at].map((one) => one && Temporal.Instant.from(one).toString())).toEqual([
      at('10:00'),
      at('10:12'),
    ]);
  });

  it('has what is left of the other while it waits for the customer, too', () => {
    const paused = [ofClock('09:00'), { type: 'paused', at: at('09:30') }, joined('10:00', '10:45')] as const;
    expect(due(...paused)).toBeNull();
    expect(due(...paused, { type: 'resumed', at: at('12:00') })).toBe(at('12:45'));
  });

  it('has its own deadline again once they are two, and has lost no minute', () => {
    const events = [
      ofClock('09:00'),
      joined('10:00', '11:00'),
      { type: 'parted', at: at('10:30'), of: '100007' },
    ] as const;
    expect(due(...events)).toBe(at('13:00'));
    const clock = foldClock(events, holidays);
    expect(clock && timesAt(clock, holidays, at('11:00'))).toEqual({
      elapsed: 120,
      outOfHours: 0,
      paused: 0,
      stopped: 0,
    });
  });

  it('keeps that of a second one', () => {
    const second: ClockEvent = { type: 'joined', at: at('10:10'), of: '100008', due: at('12:00') };
    const parted: ClockEvent = { type: 'parted', at: at('10:30'), of: '100007' };
    expect(due(ofClock('09:00'), joined('10:00', '11:00'), second)).toBe(at('11:00'));
    expect(due(ofClock('09:00'), second, joined('10:20', '11:00'), parted)).toBe(at('12:00'));
  });
});
