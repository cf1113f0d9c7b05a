import { describe, expect, it } from 'vitest';
import { secondsShown } from '../../../../src/web/console/overview/figures.ts';
import { sparkPath } from '../../../../src/web/console/overview/spark.ts';
import { sumsOf } from '../../../../src/web/console/overview/sums.ts';

const hours = Array.from({ length: 48 }, (_, i) => ({
  hour: new Date(Date.parse('2026-11-27T11:00:00Z') + i * 3_600_000).toISOString(),
  mails: 1,
  letters: i,
}));
// The last one is 29 November, 10:00 to 11:00 UTC.
const now = '2026-11-29T10:20:00Z';

describe('sums of the hours', () => {
  it('count today from midnight where the viewer is', () => {
    expect(sumsOf(hours, 'mails', 'UTC', now)).toEqual({ hour: 1, day: 11, week: 48 });
    expect(sumsOf(hours, 'mails', 'Europe/Berlin', now).day).toBe(12);
    expect(sumsOf(hours, 'mails', 'America/New_York', now).day).toBe(6);
  });

  it('count the whole hour that a zone of half an hour begins its day in', () => {
    // Midnight in Kolkata is 18:30 UTC.
    expect(sumsOf(hours, 'mails', 'Asia/Kolkata', now).day).toBe(17);
  });

  it('are none of nothing', () => {
    expect(sumsOf([], 'letters', 'UTC', now)).toEqual({ hour: 0, day: 0, week: 0 });
  });
});

describe('a line of figures', () => {
  it('goes from edge to edge, the most at the top', () => {
    expect(sparkPath([0, 10, 5])).toBe('M0.0 26.0 50.0 2.0 100.0 14.0');
  });

  it('lies on the ground where there is nothing, and is none of no figure', () => {
    expect(sparkPath([0, 0])).toBe('M0.0 26.0 100.0 26.0');
    expect(sparkPath([])).toBe('');
    expect(sparkPath([7])).toBe('M0.0 2.0');
  });
});

it.each([
  [0.04, '0.0 s'],
  [0.92, '0.9 s'],
  [12.4, '12 s'],
  [89, '89 s'],
  [200, '3 min'],
])('%d seconds are shown as %s', (seconds, says) => {
  expect(secondsShown(seconds)).toBe(says);
});
