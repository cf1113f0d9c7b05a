import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesPolicySchema } from '../../../src/cases/policy.ts';
import { counted, type Holidays, rate, type ToRate } from '../../../src/cases/rating.ts';
import { foldUpdates, nextUpdateDue, proposalDue, type UpdateEvent } from '../../../src/cases/update-clock.ts';
import { defaultCasesPolicy as policy } from '../../support/default-policies.ts';

const none: Holidays = () => () => false;
const site: ToRate = { severity: 1, plan: 'standard', base: 'standard', timezone: 'Europe/Berlin', country: 'DE' };
const rating = rate(site, policy);
const round = rate({ ...site, plan: '24x7', base: '24x7' }, policy);
const second = rate({ ...site, severity: 2 }, policy);
const at = (time: string, day = '24') => `2026-03-${day}T${time}:00+01:00`;
const started: UpdateEvent = { type: 'started', at: at('10:00'), rating };

function owed(...events: UpdateEvent[]) {
  const clock = foldUpdates(events[0]?.type === 'started' ? events : [started, ...events], none);
  return clock && { update: nextUpdateDue(clock, none, policy), proposal: proposalDue(clock, none, policy) };
}
const told = (time: string): UpdateEvent => ({ type: 'told', at: at(time) });

describe('at severity 1 the customer', () => {
  it('hears from us within two hours of the mail, and of whatever we said last', () => {
    expect(owed()).toEqual({ update: at('12:00'), proposal: null });
    expect(owed(told('11:15'))).toMatchObject({ update: at('13:15') });
    expect(owed({ type: 'met', at: at('10:20') }, told('12:00'))).toMatchObject({ update: at('14:00') });
  });

  it('hears in hours where the case counts in hours, and at night where it counts round the clock', () => {
    expect(owed(told('16:00'))).toMatchObject({ update: at('10:00', '25') });
    expect(owed({ type: 'started', at: at('23:00'), rating: round })).toMatchObject({ update: at('01:00', '25') });
  });

  it('is owed nothing once a fix or workaround is given, and again where that did not do', () => {
    const relieved: UpdateEvent = { type: 'relieved', at: at('11:00') };
    expect(owed(relieved, told('11:30'))).toEqual({ update: null, proposal: null });
    expect(owed(relieved, { type: 'relapsed', at: at('14:00') })).toMatchObject({ update: at('16:00') });
    expect(owed({ type: 'relapsed', at: at('11:00') })).toMatchObject({ update: at('12:00') });
  });

  it('is owed nothing at another severity, nor while the clock is stopped', () => {
    const down: UpdateEvent = { type: 're-rated', at: at('11:00'), rating: second };
    expect(owed(down, told('11:30'))).toEqual({ update: null, proposal: null });
    expect(owed(down, { type: 're-rated', at: at('14:00'), rating })).toMatchObject({ update: at('16:00') });
    const stopped: UpdateEvent = { type: 'stopped', at: at('11:00') };
    expect(owed(stopped, { type: 're-rated', at: at('11:30'), rating })).toMatchObject({ update: null });
    expect(owed(stopped, { type: 'resumed', at: at('14:00') })).toMatchObject({ update: at('16:00') });
    expect(owed({ type: 'started', at: at('10:00'), rating: second }, told('10:30'))).toMatchObject({ update: null });
  });

  it('hears from us while it is waited for', () => {
    expect(owed({ type: 'paused', at: at('10:30') })).toMatchObject({ update: at('12:00') });
  });

  it('has what has passed kept where the case is rated anew', () => {
    const moved = rate({ ...site, timezone: 'America/New_York' }, policy);
    expect(owed({ type: 're-rated', at: at('11:30'), rating: moved })).toMatchObject({
      update: '2026-03-24T09:30:00-04:00',
    });
    expect(owed({ type: 're-rated', at: at('15:00'), rating: round })).toMatchObject({ update: at('15:00') });
    const nobody: UpdateEvent = { type: 'paused', at: at('16:00') };
    expect(owed(nobody, { type: 're-rated', at: at('22:00'), rating: round })).toMatchObject({
      proposal: at('01:00', '25'),
    });
  });

  it('is not owed it earlier by an event that comes late', () => {
    expect(owed(told('11:15'), told('10:15'))).toMatchObject({ update: at('13:15') });
  });
});

describe('nobody reachable at the customer', () => {
  it('for four hours: a change to severity 2 is proposed', () => {
    expect(owed({ type: 'paused', at: at('10:30') })).toMatchObject({ proposal: at('14:30') });
    expect(owed({ type: 'paused', at: at('10:30') }, { type: 'paused', at: at('12:00') })).toMatchObject({
      proposal: at('14:30'),
    });
  });

  it('and somebody after all: none is', () => {
    const tried: UpdateEvent = { type: 'paused', at: at('10:30') };
    expect(owed(tried, { type: 'reached', at: at('11:00') })).toMatchObject({ proposal: null });
    expect(owed({ type: 'paused', at: at('10:30') }, { type: 'resumed', at: at('12:00') })).toMatchObject({
      proposal: null,
    });
    expect(owed(tried, { type: 'relieved', at: at('11:00') })).toMatchObject({ proposal: null });
  });

  it('is not made longer by what we say', () => {
    expect(owed({ type: 'paused', at: at('10:30') }, told('12:00'))).toEqual({
      update: at('14:00'),
      proposal: at('14:30'),
    });
  });
});

it('both numbers are the operator’s', () => {
  const own = casesPolicySchema.parse({ criticalUpdateMinutes: 60, criticalUnreachableMinutes: 90 });
  const clock = foldUpdates([started, { type: 'paused', at: at('10:30') }], none);
  expect(clock && [nextUpdateDue(clock, none, own), proposalDue(clock, none, own)]).toEqual([at('11:00'), at('12:00')]);
});

it('the second clock never lets more than two hours pass by the clock of the case, however it is rated', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe'];
  const ratings = fc
    .tuple(fc.constantFrom(...zones), fc.boolean())
    .map(([timezone, always]) =>
      rate({ ...site, timezone, ...(always ? { plan: '24x7', base: '24x7' } : {}) }, policy),
    );
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.option(ratings)), { maxLength: 6 });
  fc.assert(
    fc.property(ratings, steps, fc.integer({ min: 0, max: 500_000 }), (first, later, offset) => {
      let now = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ minutes: offset });
      const events: UpdateEvent[] = [{ type: 'started', at: now.toString(), rating: first }];
      let passed = 0;
      let last = first;
      for (const [minutes, next] of later) {
        const then = now.add({ minutes });
        passed += counted(last, none, now.toString(), then.toString());
        now = then;
        if (next) events.push({ type: 're-rated', at: now.toString(), rating: next });
        else events.push({ type: 'told', at: now.toString() });
        if (!next) passed = 0;
        last = next ?? last;
      }
      const clock = foldUpdates(events, none);
      const due = clock && nextUpdateDue(clock, none, policy);
      if (due === null) throw new Error('an update is owed');
      expect(Temporal.Instant.compare(now, due)).toBeLessThanOrEqual(0);
      expect(counted(last, none, now.toString(), due)).toBeCloseTo(Math.max(0, 120 - passed), 6);
    }),
    { numRuns: 200 },
  );
});
