/** POLICY §10.6, §11.6: when the sites on a version that leaves full support are told. */
import { describe, expect, it } from 'vitest';
import { noticesPolicySchema } from '../../../src/notices/policy.ts';
import { type EndingVersion, supportEndAnnouncement, supportEndSteps } from '../../../src/notices/support-ends.ts';

const policy = noticesPolicySchema.parse({});
const calendar = {
  ...{ timezone: 'Europe/London', hours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } },
  isHoliday: () => false,
} as const;
const vault: EndingVersion = {
  ...{ product: 'Vault', version: '11.6', stage: 'full', preview: false },
  ...{ fullUntil: '2027-06-30', knownAt: '2026-11-01T10:00:00Z' },
};
type At = { now: string; startedAt?: string | null; version?: Partial<EndingVersion>; calendar?: object };
const steps = ({ now, startedAt = '2026-11-02T10:00:00Z', version = {}, calendar: other = {} }: At) =>
  supportEndSteps({
    ...{ versions: [{ ...vault, ...version }], calendar: { ...calendar, ...other }, startedAt, now, policy },
  });
const shown = (at: At) =>
  steps(at).map((one) => `${one.step} ${one.day} ${one.state === 'skipped' ? one.reason : one.state}`);

describe('the letters about the end of full support', () => {
  it('go 180, 60 and 14 days before, at nine of the desk, on a business day, rather earlier', () => {
    const all = steps({ now: '2026-12-01T10:00:00Z' });
    // The first of January is a Friday, the first of May a Saturday.
    expect(all.map(({ step, dueAt }) => `${step} ${dueAt}`)).toEqual([
      '-180 2027-01-01T09:00:00+00:00',
      '-60 2027-04-30T09:00:00+01:00',
      '-14 2027-06-16T09:00:00+01:00',
    ]);
    expect(all.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned']);
  });

  it('go by the days of the policy', () => {
    const own = noticesPolicySchema.parse({ endOfSupport: { steps: [-30, 0], at: '07:30' } });
    const all = supportEndSteps({
      ...{ versions: [vault], calendar, startedAt: '2026-11-02T10:00:00Z', now: '2026-12-01T10:00:00Z', policy: own },
    });
    expect(all.map(({ dueAt }) => dueAt)).toEqual(['2027-05-31T07:30:00+01:00', '2027-06-30T07:30:00+01:00']);
    for (const steps of [[], [-14, -60], [7]])
      expect(noticesPolicySchema.safeParse({ endOfSupport: { steps } }).success).toBe(false);
  });

  it('are about versions with full support alone: not of one that has left it, nor of a preview', () => {
    for (const version of [{ stage: 'limited' }, { stage: 'discontinued' }, { preview: true }] as const)
      expect(steps({ now: '2026-12-01T10:00:00Z', version })).toEqual([]);
  });

  it('§11.6 tell nothing of before the start, or of before the end was on record', () => {
    const started = { now: '2027-05-01T10:00:00Z', startedAt: '2027-05-01T09:00:00Z' };
    expect(shown(started).map((one) => one.split(' ')[2])).toEqual(['not-started', 'not-started', 'planned']);
    expect(shown({ now: '2027-05-01T10:00:00Z', startedAt: null }).map((one) => one.split(' ')[2])).toEqual([
      ...['not-started', 'not-started', 'planned'],
    ]);
    const version = { knownAt: '2027-05-01T10:00:00Z' };
    expect(shown({ now: '2027-05-02T10:00:00Z', version }).map((one) => one.split(' ')[2])).toEqual([
      ...['not-known', 'not-known', 'planned'],
    ]);
  });

  it('§11.6 of those missed in a downtime go out the newest alone, and none later than seven days', () => {
    expect(shown({ now: '2027-06-16T08:30:00Z' }).map((one) => one.split(' ')[2])).toEqual(['missed', 'missed', 'due']);
    expect(shown({ now: '2027-06-24T10:00:00Z' }).map((one) => one.split(' ')[2])).toEqual([
      ...['missed', 'missed', 'too-late'],
    ]);
  });

  it('where two fall on one day it is the later', () => {
    const isHoliday = (day: string) => day > '2027-04-29' && day < '2027-06-20';
    const own = noticesPolicySchema.parse({ endOfSupport: { steps: [-60, -40] } });
    const all = supportEndSteps({
      ...{ versions: [vault], calendar: { ...calendar, isHoliday }, startedAt: '2026-11-02T10:00:00Z' },
      ...{ now: '2026-12-01T10:00:00Z', policy: own },
    });
    expect(all.map((one) => [one.day, one.state === 'skipped' ? one.reason : one.state])).toEqual([
      ['2027-04-29', 'same-day'],
      ['2027-04-29', 'planned'],
    ]);
  });

  it('have a name each: of two products whose names differ by a sign alone, and of another last day', () => {
    const name = (version: Partial<EndingVersion>) => steps({ now: '2026-12-01T10:00:00Z', version })[0]?.name;
    const names = [{}, { product: 'C' }, { product: 'C++' }, { product: 'C#' }, { product: '製品' }];
    const all = [...names, { version: '11.7' }, { fullUntil: '2027-07-31' }].map(name);
    expect(new Set(all).size).toBe(all.length);
    expect(all[0]).toBe('end-of-vault-11.6-2027-06-30-180d');
    expect(name({ product: ' vault ' })).toBe(all[0]);
  });

  it('go to whom an announcement about that version goes', () => {
    expect(supportEndAnnouncement('one', vault)).toMatchObject({
      ...{ name: 'one', kind: 'end-of-support', products: ['Vault'], versions: ['11.6'], contactTypes: [] },
      supportEnd: { product: 'Vault', version: '11.6', fullUntil: '2027-06-30' },
    });
  });
});
