/** Chance that comes out the same for the same seed (mulberry32). */
export type Draw = {
  /** At least 0 and below 1. */
  readonly next: () => number;
  /** A whole number below `most`. */
  readonly upTo: (most: number) => number;
  /** Both included. */
  readonly between: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly oneOf: <T>(all: readonly T[]) => T;
};

export function drawFrom(seed: number): Draw {
  let state = (seed * 0x9e3779b1) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (most: number): number => Math.floor(next() * most);
  return {
    next,
    upTo,
    between: (from, to) => from + upTo(to - from + 1),
    chance: (share) => next() < share,
    oneOf: <T>(all: readonly T[]) => all[upTo(all.length)] as T,
  };
}
