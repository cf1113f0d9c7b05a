/** Counts of times by size, kept a row an hour: percentiles come from them without looking at each. */

/** Upper ends in seconds; what is above the last is counted behind it. */
export const bounds: readonly number[] = [
  0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7.5, 10, 15, 30, 60, 120, 300, 900, 3600,
];

/** The place of each upper end, and one for what is above. */
export const places: number = bounds.length + 1;

/**
 * The time below which a share of them lies, from 0 to 1; null where there are none. Between two ends it is taken as evenly spread; of
 * what is above the last end no more is known than that.
 */
export function percentile(counts: readonly number[], share: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let left = share * all;
  for (const [place, upper] of bounds.entries()) {
    const count = counts[place] ?? 0;
    if (count > 0 && left <= count) {
      const lower = bounds[place - 1] ?? 0;
      return lower + (upper - lower) * Math.max(0, left / count);
    }
    left -= count;
  }
  return bounds.at(-1) ?? null;
}
