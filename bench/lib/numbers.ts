export type Spread = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly values: readonly number[];
};

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Nearest rank. */
export function quantile(values: readonly number[], p: number): number {
  const s = sorted(values);
  return s[Math.min(s.length - 1, Math.max(0, Math.ceil(p * s.length) - 1))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const s = sorted(values);
  const half = s.length >> 1;
  return s.length % 2 === 1 ? (s[half] ?? Number.NaN) : ((s[half - 1] ?? Number.NaN) + (s[half] ?? Number.NaN)) / 2;
}

export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
  values,
});

export const round = (value: number): number =>
  Math.abs(value) >= 100
    ? Math.round(value)
    : Math.abs(value) >= 10
      ? Math.round(value * 10) / 10
      : Math.round(value * 100) / 100;

/** Milliseconds on the clock that all processes of a machine share (CLOCK_MONOTONIC): what one process saw can be taken from what another did. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export async function until(what: string, check: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = now() + withinMs;
  while (!(await check())) {
    if (now() > end) throw new Error(`waited ${Math.round(withinMs / 1000)} s in vain for ${what}`);
    await sleep(10);
  }
}

/** Runs `work` over 0…n-1 with `width` in flight. */
export async function lanes(n: number, width: number, work: (i: number, lane: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async (_, lane) => {
      while (next < n) {
        const i = next;
        next += 1;
        await work(i, lane);
      }
    }),
  );
}
