import { describe, expect, it } from 'vitest';
import { bounds, percentile, places } from '../../../../src/upkeep/overview/seconds-histogram.ts';

/** As the store counts them: the place of the first upper end that is not below. */
const counted = (seconds: readonly number[]): number[] => {
  const counts = Array.from({ length: places }, () => 0);
  for (const one of seconds) {
    const found = bounds.findIndex((upper) => one <= upper);
    const place = found < 0 ? bounds.length : found;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
};

describe('times that are counted by size', () => {
  it('has no percentile of nothing', () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile(counted([]), 0.95)).toBeNull();
  });

  it('finds a percentile within the ends that it lies between', () => {
    const counts = counted([...Array.from({ length: 90 }, () => 0.25), ...Array.from({ length: 10 }, () => 4)]);
    const half = percentile(counts, 0.5) ?? 0;
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThanOrEqual(0.3);
    const most = percentile(counts, 0.95) ?? 0;
    expect(most).toBeGreaterThan(3);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('never falls with a larger share', () => {
    const counts = counted([0.01, 0.4, 0.4, 2, 8, 8, 8, 100, 5000]);
    const found = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1].map((share) => percentile(counts, share) ?? -1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });

  it('says of what is above the last end no more than that', () => {
    expect(percentile(counted([10_000]), 0.5)).toBe(3600);
  });
});
