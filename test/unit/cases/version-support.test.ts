import { describe, expect, it } from 'vitest';
import { casesPolicySchema } from '../../../src/cases/policy.ts';
import { type Holidays, rate, type ToRate } from '../../../src/cases/rating.ts';
import { ratingDiffers } from '../../../src/cases/rating-differs.ts';
import { type ClockEvent, foldClock, warnings } from '../../../src/cases/response-clock.ts';
import {
  closesWithRequest,
  mayEscalate,
  takesEnhancements,
  versionSupport,
} from '../../../src/cases/version-support.ts';
import { defaultCasesPolicy as policy } from '../../support/default-policies.ts';

const none: Holidays = () => () => false;
const site: ToRate = { severity: 3, plan: '24x7', base: '24x7', timezone: 'Europe/Berlin', country: 'DE' };

describe('what is done for a version', () => {
  it.each([
    [null, 'full', true],
    [{ stage: 'full', preview: false }, 'full', true],
    [{ stage: 'limited', preview: false }, 'known workarounds', false],
    [{ stage: 'discontinued', preview: false }, 'general advice', false],
    [{ stage: 'full', preview: true }, 'best effort', true],
    [{ stage: 'limited', preview: true }, 'best effort', true],
  ] as const)('%j: %s, enhancements %s', (version, support, enhancements) => {
    expect([versionSupport(version), takesEnhancements(version)]).toEqual([support, enhancements]);
  });
});

describe('a case about a preview', () => {
  it('is not escalated, and is closed with its change request', () => {
    expect([mayEscalate('preview'), closesWithRequest('preview')]).toEqual([false, true]);
    expect([mayEscalate('incident'), closesWithRequest('incident')]).toEqual([true, false]);
    expect(closesWithRequest('enhancement')).toBe(false);
  });

  it('is not worked on after hours, whatever the plan counts round the clock', () => {
    const own = casesPolicySchema.parse({ roundTheClock: [1, 2, 3] });
    expect(rate(site, own).counts).toBe('round-the-clock');
    expect(rate({ ...site, bestEffort: true }, own).counts).toBe('business');
  });

  it('warns nobody and is never breached', () => {
    const at = (time: string) => `2026-03-24T${time}:00+01:00`;
    const events: ClockEvent[] = [
      { type: 'started', at: at('10:00'), rating: rate({ ...site, bestEffort: true }, policy) },
    ];
    const clock = foldClock(events, none);
    expect(clock?.due).toBe(at('14:00'));
    expect(clock && warnings(clock, none, policy)).toEqual([]);
    const late: ClockEvent[] = [...events, { type: 'breached', at: at('14:00') }, { type: 'met', at: at('16:00') }];
    expect(foldClock(late, none)).toMatchObject({ state: 'met', breachedAt: null });
  });

  it('is rated anew where it turns out to be none', () => {
    const [before, after] = [rate({ ...site, bestEffort: true }, policy), rate(site, policy)];
    expect(ratingDiffers(before, after)).toEqual(['target']);
  });
});
