/** One look at the figures for all who watch: every few seconds, and only while somebody does. */
import type { Log } from '../../../foundation/log.ts';
import type { Figures } from './figures.ts';

export type Poller = {
  /** As last known where that is young enough; else looked at anew, for so long as a page may wait. */
  now(): Promise<Figures>;
  /** Told at once what is known, and then what has changed. Returns how to leave. */
  watch(tell: (figures: Figures) => void): () => void;
  /** Something was done here: what is known may be of before, and the next page waits longer for what is true since. */
  forget(): void;
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
    soonMs = 1_000,
  }: {
    log: Log;
    everyMs?: number;
    /** So long a page waits; after something was done `limitMs`. */
    waitMs?: number;
    limitMs?: number;
    /** Whoever watches is told of what was done so soon. */
    soonMs?: number;
  },
): Poller {
  let known: Figures = nothing;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: { readonly ends: Promise<void>; forgotten: boolean } | null = null;
  /** Nothing was looked at since something was done. */
  let behind = false;
  let timer: NodeJS.Timeout | null = null;
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
    if (Object.keys(changed).length > 0) for (const tell of watchers) tell(changed);
  }
  const lookNow = async (): Promise<void> => {
    const now = { ends: look(), forgotten: false };
    looking = now;
    await now.ends;
    looking = null;
    behind = now.forgotten;
    lookedAt = behind ? Number.NEGATIVE_INFINITY : performance.now();
  };
  /** A look that had begun before something was done is waited for, and does not count. */
  const lookOnce = async (): Promise<void> => {
    if (looking?.forgotten) await looking.ends;
    await (looking?.ends ?? lookNow());
  };
  /** After each look, so that slow ones never pile up. */
  function again(inMs = everyMs): void {
    timer ??= setTimeout(async () => {
      await lookOnce();
      timer = null;
      if (listening > 0) again(behind ? soonMs : everyMs);
    }, inMs);
    timer.unref();
  }

  return {
    async now() {
      if (performance.now() - lookedAt < everyMs * 2) return known;
      const waited = Promise.withResolvers<void>();
      const patience = setTimeout(waited.resolve, behind ? limitMs : waitMs);
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
    forget() {
      if (looking) looking.forgotten = true;
      lookedAt = Number.NEGATIVE_INFINITY;
      if (behind) return;
      behind = true;
      if (timer) clearTimeout(timer);
      timer = null;
      if (listening > 0) again(soonMs);
    },
    get watchers() {
      return listening;
    },
  };
}
