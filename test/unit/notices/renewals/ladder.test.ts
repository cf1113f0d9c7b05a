import { describe, expect, it } from 'vitest';
import { noticesPolicySchema } from '../../../../src/notices/policy.ts';
import { ladder } from '../../../../src/notices/renewals/ladder.ts';
import {
  calendarAt,
  inWords,
  ladderInWords,
  licence,
  plan,
  policy,
  siteWith,
} from '../../../support/renewals/sites.ts';

const one = [licence('L-1', '2026-04-07', '2027-04-06')];
const settledIn = (group: string, step: number, at: string, ...told: { id: string; to: string }[]) => ({
  ...{ group, step, at, told },
});
const named = (id: string, to: string) => ({ id, to });
/** Of the group that ends first: step to state, or to the reason why it is skipped. */
const states = (given: Parameters<typeof ladderInWords>[0]) => {
  const steps = ladder(siteWith(given));
  const first = steps.filter(({ group }) => group === steps[0]?.group);
  return Object.fromEntries(first.map((step) => [step.step, inWords(step).split(' ')[3]]));
};

describe('POLICY §10.1: the steps', () => {
  it('are by default those of the policy', () => {
    expect(policy.renewals).toEqual({ steps: [-90, -60, -30, -14, -7, -1, 0, 7, 30], at: '09:00', groupDays: 30 });
  });

  it('are 90, 60, 30, 14, 7 and 1 days before, on the day, 7 and 30 days after', () => {
    expect(ladderInWords({ licences: one, now: '2026-12-01T00:00:00Z' })).toEqual([
      '2027-04-06 -90 2027-01-06 planned L-1',
      '2027-04-06 -60 2027-02-05 planned L-1',
      // A Sunday.
      '2027-04-06 -30 2027-03-05 planned L-1',
      '2027-04-06 -14 2027-03-23 planned L-1',
      '2027-04-06 -7 2027-03-30 planned L-1',
      '2027-04-06 -1 2027-04-05 planned L-1',
      '2027-04-06 0 2027-04-06 planned L-1',
      '2027-04-06 7 2027-04-13 planned L-1',
      '2027-04-06 30 2027-05-06 planned L-1',
    ]);
  });

  it('are of support licences and plans that end, not of user licences, trials or licences of none', () => {
    const licences = [
      ...one,
      licence('L-2', '2026-04-07', '2027-04-06', { kind: 'user' }),
      licence('L-3', '2027-01-01', '2027-04-06', { kind: 'trial', registeredOn: '2027-03-20' }),
      licence('L-4', '2026-04-07', '2027-04-06', { quantity: 0 }),
    ];
    const plans = [plan('24x7', '2026-04-07', '2027-04-06'), plan('premier', '2026-04-07', '2027-04-06')];
    const [step] = ladder(siteWith({ licences, plans }));
    expect(step?.items.map(({ id }) => id)).toEqual(['licence:l-1', 'plan:24x7:2026-04-07', 'plan:premier:2026-04-07']);
  });

  it('of a support licence without an end go by its 365 days, the day of issue being the first', () => {
    expect(ladderInWords({ licences: [licence('L-1', '2026-04-07', null)] })[0]).toBe(
      '2027-04-06 -90 2027-01-06 planned L-1',
    );
  });

  it('are one letter for all that ends within 30 days, by the earliest end', () => {
    const licences = [
      licence('L-3', '2026-05-01', '2027-05-05', { product: 'Forge' }),
      ...one,
      licence('L-2', '2026-05-07', '2027-05-06', { product: 'Mill' }),
    ];
    const first = ladder(siteWith({ licences })).filter(({ step }) => step === -90);
    expect(first.map(inWords)).toEqual([
      '2027-04-06 -90 2027-01-06 planned L-1 L-3',
      '2027-05-06 -90 2027-02-05 planned L-2',
    ]);
  });

  it('go by the numbers of the policy', () => {
    const changed = noticesPolicySchema.parse({ renewals: { steps: [-10, 3], at: '07:30', groupDays: 1 } });
    const licences = [...one, licence('L-2', '2026-04-08', '2027-04-07', { product: 'Forge' })];
    const steps = ladder(siteWith({ licences, policy: changed }));
    expect(steps.map(({ group, step, dueAt }) => [group, step, dueAt])).toEqual([
      // Easter Sunday is on the 28th of March.
      ['2027-04-06', -10, '2027-03-25T07:30:00+00:00'],
      ['2027-04-06', 3, '2027-04-09T07:30:00+01:00'],
      ['2027-04-07', -10, '2027-03-25T07:30:00+00:00'],
      ['2027-04-07', 3, '2027-04-09T07:30:00+01:00'],
    ]);
    for (const steps of [[], [-7, -7], [3, 1], [0.5], [400]])
      expect(noticesPolicySchema.safeParse({ renewals: { steps } }).success).toBe(false);
  });
});

describe('POLICY §10.2: day and time', () => {
  const dueAt = (timezone: string, country: string, to: string, step: number) =>
    ladder(siteWith({ calendar: calendarAt(timezone, country), licences: [licence('L-1', '2026-01-01', to)] })).find(
      (one) => one.step === step,
    )?.dueAt;

  it('is 9:00 where the site is, over changes of the clocks, and seven days before there is never eight', () => {
    expect(dueAt('Europe/London', 'GB', '2027-04-06', -7)).toBe('2027-03-30T09:00:00+01:00');
    expect(dueAt('Europe/London', 'GB', '2027-04-06', -14)).toBe('2027-03-23T09:00:00+00:00');
    // The day has begun in Auckland, and not in Los Angeles, when it is the day before and the day itself in UTC.
    expect(dueAt('Pacific/Auckland', 'NZ', '2027-03-10', -7)).toBe('2027-03-03T09:00:00+13:00');
    expect(dueAt('America/Los_Angeles', 'US', '2027-03-10', -7)).toBe('2027-03-03T09:00:00-08:00');
    expect(dueAt('Europe/London', 'GB', '2028-02-29', 0)).toBe('2028-02-29T09:00:00+00:00');
    expect(dueAt('Europe/London', 'GB', '2028-03-07', -7)).toBe('2028-02-29T09:00:00+00:00');
  });

  it('is moved before weekends and holidays, never behind them', () => {
    // Friday the 26th and Monday the 29th of March are holidays.
    expect(dueAt('Europe/London', 'GB', '2027-04-05', -7)).toBe('2027-03-25T09:00:00+00:00');
    expect(dueAt('Asia/Tokyo', 'JP', '2027-05-12', -7)).toBe('2027-04-30T09:00:00+09:00');
  });

  it('is the day itself where all are closed for more than 31 days before it', () => {
    const calendar = {
      ...calendarAt('UTC', 'GB'),
      isHoliday: (day: string) => day > '2027-03-01' && day < '2027-05-01',
    };
    const days = ladder(siteWith({ calendar, licences: one })).map(({ step, day }) => [step, day]);
    expect(days).toContainEqual([-7, '2027-03-01']);
    expect(days).toContainEqual([0, '2027-04-06']);
  });

  it('two steps on one day are the later, the earlier is skipped', () => {
    // The end is a Saturday: the day before and the day itself are Friday's.
    expect(states({ licences: [licence('L-1', '2026-04-11', '2027-04-10')] })).toMatchObject({
      '-1': 'same-day',
      0: 'planned',
    });
  });
});

describe('POLICY §10.2, §11.6: what lies behind', () => {
  it('is skipped where the day was before the contract was on record with this end', () => {
    const at = (known: string, now: string) => states({ licences: one, knownAt: () => known, now });
    expect(at('2027-02-06T00:00:00Z', '2027-02-06T00:00:00Z')).toMatchObject({ '-60': 'not-known', '-30': 'planned' });
    // On its day, after nine: it goes out at once.
    expect(at('2027-02-05T15:00:00Z', '2027-02-05T15:00:00Z')).toMatchObject({ '-90': 'not-known', '-60': 'due' });
  });

  it('is skipped where its moment was before renewals were started', () => {
    const at = (startedAt: string | null) => states({ licences: one, startedAt, now: '2027-02-05T10:00:00Z' });
    expect(at('2027-02-05T09:00:01Z')).toMatchObject({ '-60': 'not-started', '-30': 'planned' });
    expect(at('2027-02-05T08:59:59Z')).toMatchObject({ '-90': 'not-started', '-60': 'due' });
    expect(at(null)).toMatchObject({ '-60': 'not-started', '-30': 'planned' });
  });

  it('is nothing at all of what ended long before they were started', () => {
    expect(ladderInWords({ licences: one, startedAt: '2027-06-01T00:00:00Z', now: '2027-06-02T00:00:00Z' })).toEqual(
      [],
    );
    expect(ladderInWords({ licences: one, startedAt: null, now: '2027-06-02T00:00:00Z' })).toEqual([]);
  });

  it('missed in a downtime is the newest alone, at most seven days late', () => {
    const settled = [settledIn('2027-04-06', -90, '2027-01-06T09:00:00Z', named('licence:l-1', '2027-04-06'))];
    const at = (now: string) => states({ licences: one, settled, now });
    expect(at('2027-03-28T12:00:00Z')).toMatchObject({
      '-60': 'missed',
      '-30': 'missed',
      '-14': 'due',
      '-7': 'planned',
    });
    expect(at('2027-03-30T07:59:59Z')).toMatchObject({ '-14': 'due', '-7': 'planned' });
    expect(at('2027-03-30T08:00:00Z')).toMatchObject({ '-14': 'missed', '-7': 'due' });
    expect(at('2027-02-12T09:00:00Z')).toMatchObject({ '-60': 'due' });
    expect(at('2027-02-12T09:00:01Z')).toMatchObject({ '-60': 'too-late' });
    expect(at('2027-01-20T00:00:00Z')).not.toHaveProperty('-90');
  });
});

describe('a group whose earliest end changes', () => {
  const [a, b] = [
    licence('L-1', '2026-04-07', '2027-04-06'),
    licence('L-2', '2026-04-10', '2027-04-09', { product: 'Forge' }),
  ];
  const told = [named('licence:l-1', '2027-04-06'), named('licence:l-2', '2027-04-09')];
  const settled = [settledIn('2027-04-06', -30, '2027-03-05T09:00:00Z', ...told)];
  const renewal = licence('L-9', '2027-04-07', '2028-04-06');

  it('goes on by the next end, and tells nobody of a step again that was told under the other one', () => {
    const before = states({ licences: [a, b], settled, now: '2027-03-06T00:00:00Z' });
    expect(before).toMatchObject({ '-14': 'planned' });
    const after = ladder(siteWith({ licences: [a, b, renewal], settled, now: '2027-03-06T00:00:00Z' }));
    expect(after.filter(({ group }) => group === '2027-04-09').map(inWords)).toEqual([
      '2027-04-09 -90 2027-01-08 told L-2',
      '2027-04-09 -60 2027-02-08 told L-2',
      // The letter of Friday the 5th was nearest to this one.
      '2027-04-09 -30 2027-03-10 told L-2',
      '2027-04-09 -14 2027-03-25 planned L-2',
      '2027-04-09 -7 2027-04-02 planned L-2',
      '2027-04-09 -1 2027-04-08 planned L-2',
      '2027-04-09 0 2027-04-09 planned L-2',
      '2027-04-09 7 2027-04-16 planned L-2',
      '2027-04-09 30 2027-05-07 planned L-2',
    ]);
    expect(after.some(({ group }) => group === '2027-04-06')).toBe(false);
  });

  it('tells of it again where the contract has another end now', () => {
    const moved = { ...b, to: '2027-04-12' };
    expect(states({ licences: [moved], settled, now: '2027-03-11T00:00:00Z' })).toMatchObject({ '-30': 'planned' });
  });

  it('tells all of them where one was not told', () => {
    const third = licence('L-3', '2026-04-10', '2027-04-20', { product: 'Mill' });
    const after = ladder(siteWith({ licences: [b, third], settled, now: '2027-03-06T00:00:00Z' }));
    expect(after.map(inWords)).toContain('2027-04-09 -30 2027-03-10 planned L-2 L-3');
  });

  it('counts a letter that reached nobody as none', () => {
    const failed = [settledIn('2027-04-06', -30, '2027-03-05T09:00:00Z')];
    const after = states({ licences: [a, b, renewal], settled: failed, now: '2027-03-06T00:00:00Z' });
    expect(after).toMatchObject({ '-30': 'planned' });
  });
});

describe('POLICY §10.3: a contract that renews another after a gap', () => {
  it('ends its steps on the day on which it begins, and takes those of later days out before', () => {
    const licences = [...one, licence('L-2', '2027-04-10', '2028-04-09')];
    const steps = (now: string) =>
      ladder(siteWith({ licences, now }))
        .filter(({ group }) => group === '2027-04-06')
        .map(inWords);
    const before = steps('2027-04-05T00:00:00Z');
    expect(before).toContain('2027-04-06 0 2027-04-06 planned L-1');
    expect(before).toContain('2027-04-06 7 2027-04-13 renewed');
    expect(steps('2027-04-09T22:59:59Z')).toHaveLength(9);
    expect(steps('2027-04-09T23:00:00Z')).toEqual([]);
  });
});
