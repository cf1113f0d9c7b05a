/** Something that is looked at now and then: what was seen last stands, and what keeps it from being seen now is said beside it. */
import { isFailure } from '../../foundation/failure.ts';
import type { Part } from '../../upkeep/overview/look.ts';

export type Watched<T> = {
  /** As it is known; never waits. */
  readonly part: () => Part<T>;
  /** Looks again, unless it did lately or does so now; never rejects. */
  readonly refresh: () => Promise<void>;
  /** Milliseconds since the last look ended, well or not. */
  readonly age: () => number;
  /** Something was changed by us: what is known, and what is being looked at just now, may be of before. */
  readonly forget: () => void;
};

export type Clock = () => number;

const iso = (ms: number): string => new Date(ms).toISOString();
const says = (error: unknown): string => (isFailure(error) ? error.message : String(error));

/** A look that takes longer than `limitMs` has failed: whatever it waited for is away. */
async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${Math.round(limitMs / 1000)} s`)), limitMs);
  work.catch(() => {});
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

export function watched<T>(
  look: () => Promise<T>,
  { everyMs, limitMs, clock }: { readonly everyMs: number; readonly limitMs: number; readonly clock: Clock },
): Watched<T> {
  let known: Part<T> = { seen: null, at: null, fault: null };
  let endedAt = Number.NEGATIVE_INFINITY;
  let looking: { readonly ends: Promise<void>; forgotten: boolean } | null = null;
  async function round(): Promise<void> {
    try {
      const seen = await within(look(), limitMs);
      known = { seen, at: iso(clock()), fault: null };
    } catch (error) {
      const since = known.fault?.since ?? iso(clock());
      known = {
        ...known,
        fault: { says: error instanceof Error && !isFailure(error) ? error.message : says(error), since },
      };
    }
  }
  const lookNow = async (): Promise<void> => {
    const now = { ends: round(), forgotten: false };
    looking = now;
    await now.ends;
    looking = null;
    endedAt = now.forgotten ? Number.NEGATIVE_INFINITY : clock();
  };
  return {
    part: () => known,
    age: () => clock() - endedAt,
    async refresh() {
      // One that had begun before something was changed is waited for, and does not count.
      if (looking?.forgotten) await looking.ends;
      if (looking) await looking.ends;
      else if (clock() - endedAt >= everyMs) await lookNow();
    },
    forget() {
      if (looking) looking.forgotten = true;
      endedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
