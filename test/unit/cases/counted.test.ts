/** What a case counts as in reports. */
import { describe, expect, it } from 'vitest';
import type { Rating } from '../../../src/cases/rating.ts';
import { type CaseToCount, countedOf } from '../../../src/cases/reports/counted.ts';
import { policy } from '../../support/world.ts';

const rating: Rating = {
  ...{ severity: 3, plan: 'standard', target: { minutes: 240 }, counts: 'business' },
  ...{ hours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }, timezone: 'Europe/London', country: 'GB' },
};
const started = { type: 'started', at: '2026-05-13T15:00:00Z', rating } as const;
const one: CaseToCount = {
  openedAt: '2026-05-13T15:00:00Z',
  severity: 2,
  owner: 'kim@desk.example',
  answeredAt: null,
  clockEvents: [started],
  answers: [],
};
const count = (more: Partial<CaseToCount> = {}, now = '2026-05-13T15:30:00Z', timezone = 'Europe/London') =>
  countedOf({ ...one, ...more }, { holidays: policy.publicHolidays, timezone, now });

describe('what a case counts as', () => {
  it('a promise, until it is answered or late', () => {
    expect(count()).toEqual({
      ...{ day: '2026-05-13', severity: 2, plan: 'standard', owner: 'kim@desk.example' },
      ...{ promised: true, answered: false, late: false, minutes: 0, score: null, scoreDay: null },
    });
    // From four in the afternoon, London, there is an hour of that day, and three of the next.
    expect(count({}, '2026-05-14T11:01:00Z')).toMatchObject({ late: true });
    expect(count({}, '2026-05-14T10:59:00Z')).toMatchObject({ late: false });
  });

  it('the minutes until the first answer, as its clock counts them', () => {
    const at = '2026-05-14T09:30:00Z';
    expect(count({ answeredAt: at, clockEvents: [started, { type: 'met', at }] })).toMatchObject({
      ...{ answered: true, late: false, minutes: 60 + 90 },
    });
  });

  it('late for ever once its moment passed, also where it was answered then', () => {
    const at = '2026-05-14T14:00:00Z';
    const answered = count({ answeredAt: at, clockEvents: [started, { type: 'met', at }] });
    expect(answered).toMatchObject({ answered: true, late: true });
  });

  it('no promise for a preview, nor without a clock', () => {
    const preview = { ...started, rating: { ...rating, bestEffort: true as const } };
    expect(count({ clockEvents: [preview] }, '2026-06-14T14:00:00Z')).toMatchObject({ promised: false, late: false });
    expect(count({ clockEvents: [] })).toMatchObject({ promised: false, plan: '', minutes: 0 });
  });

  it('to the day where the desk is', () => {
    expect(count({ openedAt: '2026-05-13T23:30:00Z' }).day).toBe('2026-05-14');
    expect(count({ openedAt: '2026-05-13T15:30:00Z' }, undefined, 'Asia/Tokyo').day).toBe('2026-05-14');
  });

  it('the score that counts, on the day on which it was given', () => {
    const answers = [
      { score: 2, at: '2026-05-20T09:00:00Z', by: 'mail' },
      { score: 5, at: '2026-05-20T23:30:00Z', by: 'mail' },
    ] as const;
    expect(count({ answers })).toMatchObject({ score: 5, scoreDay: '2026-05-21' });
  });
});
