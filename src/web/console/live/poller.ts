/** One look at the figures for all who watch: every few seconds, and only while somebody does. */
import type { Log } from '../../../foundation/log.ts';
import type { Figures } from './figures.ts';

export type Poller = {
  /** As last known where that is young enough; else looked at anew, for so long as a page may wait. */
  now(): Promise<Figures>;
  /** Told at once what is known, and then what has changed. Returns how to leave. */
  watch(tell: (figures: Figures) => void): () => void;
  /** Something was done just now: what is known is old, and the next who asks looks anew. */
  acted(): void;
  readonly watchers: number;
};

type Source = () => Promise<Figures>;

const nothing: Figures = {};

export function openPoller(
  sources: readonly Source[],
  {
    log,
    everyMs = 5_000,
    waitMs = 150,
    limitMs = 4_000,
  }: { log: Log; everyMs?: number; waitMs?: number; limitMs?: number },
): Poller {
  let known: Figures = nothing;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let acts = 0;
  const watchers = new Set<(figures: Figures) => void>();
  /** Some of them wait for their first look. */
  let listening = 0;

  /** One that does not answer keeps the others from nobody. */
  function soon(source: Source): Promise<Figures> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
    return Promise.race([source(), promise]).finally(() => clearTimeout(timer));
  }

  async function look(): Promise<void> {
    const begunAfter = acts;
    const found = await Promise.all(
      sources.map((source) =>
        soon(source).catch((error: unknown) => {
          log.warn({ error: String(error) }, 'figures of the console could not be looked at');
          return nothing;
        }),
      ),
    );
    // What cannot be asked now stays as it was known.
    const next: Figures = { ...known, ...Object.assign({}, ...found) };
    const changed = Object.fromEntries(Object.entries(next).filter(([name, value]) => known[name] !== value));
    known = next;
    // What was done meanwhile it may not have seen.
    if (begunAfter === acts) lookedAt = performance.now();
    if (Object.keys(changed).length > 0) for (const tell of watchers) tell(changed);
  }
  const lookOnce = (): Promise<void> => {
    const begunAfter = acts;
    looking ??= look()
      .then(() => (begunAfter === acts ? undefined : look()))
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  /** After each look, so that slow ones never pile up. */
  function again(): void {
    timer ??= setTimeout(async () => {
      await lookOnce();
      timer = null;
      if (listening > 0) again();
    }, everyMs);
    timer.unref();
  }

  return {
    async now() {
      if (performance.now() - lookedAt < everyMs * 2) return known;
      const waited = Promise.withResolvers<void>();
      const patience = setTimeout(waited.resolve, waitMs);
      await Promise.race([lookOnce(), waited.promise]);
      clearTimeout(patience);
      return known;
    },
    watch(tell) {
      let left = false;
      listening += 1;
      const begin = () => {
        if (left) return;
        watchers.add(tell);
        tell(known);
      };
      // Told what has changed only after it was told all.
      if (performance.now() - lookedAt < everyMs) begin();
      else void lookOnce().then(begin);
      again();
      return () => {
        if (left) return;
        left = true;
        listening -= 1;
        watchers.delete(tell);
        if (listening > 0 || !timer) return;
        clearTimeout(timer);
        timer = null;
      };
    },
    acted() {
      acts += 1;
      lookedAt = Number.NEGATIVE_INFINITY;
    },
    get watchers() {
      return listening;
    },
  };
}
