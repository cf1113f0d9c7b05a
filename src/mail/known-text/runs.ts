/**
 * Runs of words that stand in a mail and in a stored text in the same order. Every place of the mail is compared with a bounded
 * number of places of the sources, and what has matched is passed over, so time grows with the length of the mail only.
 */
import type { Mail } from './mail-lines.ts';
import type { Source } from './tokens.ts';

export type Run = {
  readonly source: number;
  /** Words of the mail, and of the source. */
  readonly from: number;
  readonly to: number;
  readonly at: number;
};

/** Fewer words in a row are found by lines only; characters of scripts without spaces weigh less. */
const seed = 4;
const leastWeight = 4;
/** Of a sentence that a source holds more often the others are not looked at. */
const mostPlaces = 4;

type Place = { readonly source: number; readonly at: number };

function indexOf(sources: readonly Source[], numbered: number): Map<number, Place[]> {
  const index = new Map<number, Place[]>();
  sources.forEach(({ words }, source) => {
    for (let at = 0; at + seed <= words.length; at++) {
      const key = hashOf(words, at, numbered);
      const places = index.get(key);
      if (places === undefined) index.set(key, [{ source, at }]);
      else if (places.length < mostPlaces * sources.length && ofSource(places, source) < mostPlaces)
        places.push({ source, at });
    }
  });
  return index;
}

/** Places of one source stand together, at the end while it is gone through. */
function ofSource(places: readonly Place[], source: number): number {
  let n = 0;
  while (n < places.length && places[places.length - 1 - n]?.source === source) n++;
  return n;
}

/** A mark of `seed` words; what has the same mark is compared word by word. */
function hashOf(words: readonly number[], at: number, numbered: number): number {
  let hash = 0;
  for (let i = at; i < at + seed; i++) hash = (hash * (numbered + 1) + (words[i] ?? 0) + 1) % 2_147_483_647;
  return hash;
}

function lengthOf(mail: readonly number[], from: number, source: readonly number[], at: number): number {
  let n = 0;
  while (from + n < mail.length && at + n < source.length && mail[from + n] === source[at + n]) n++;
  return n;
}

/** In the order of the mail. Of several places the one that goes on where the last run ended is taken, else the longest. */
export function findRuns(
  { words: mail, weights }: Pick<Mail, 'words' | 'weights'>,
  sources: readonly Source[],
  numbered: number,
): Run[] {
  const index = indexOf(sources, numbered);
  const sums = [0];
  for (const weight of weights) sums.push((sums.at(-1) ?? 0) + weight);
  const runs: Run[] = [];
  for (let from = 0; from + seed <= mail.length; ) {
    const last = runs.at(-1);
    let best: Run | null = null;
    let follows = false;
    for (const { source, at } of (mail[from] ?? -1) < 0 ? [] : (index.get(hashOf(mail, from, numbered)) ?? [])) {
      const words = sources[source]?.words ?? [];
      const length = lengthOf(mail, from, words, at);
      if (length < seed || (sums[from + length] ?? 0) - (sums[from] ?? 0) < leastWeight) continue;
      const goesOn = last !== undefined && last.source === source && at >= last.at + last.to - last.from;
      const better = best === null || (goesOn && !follows) || (goesOn === follows && length > best.to - best.from);
      if (!better) continue;
      best = { source, from, to: from + length, at };
      follows = goesOn;
    }
    if (best !== null) runs.push(best);
    from = best === null ? from + 1 : best.to;
  }
  return runs;
}
