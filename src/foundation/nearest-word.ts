/** Edits between two words: letters put in, taken out or exchanged (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that somebody may have meant: two edits away at the most, or the only one that begins like it. Null: none is near. */
export function nearestWord(known: Iterable<string>, given: string): string | null {
  const word = given.toLowerCase().slice(0, 60);
  const all = [...known];
  const off = (one: string): number => Math.abs(one.length - word.length);
  const [best] = all
    .map((one) => ({ one, far: distance(one.toLowerCase(), word) }))
    .filter(({ far }) => far <= 2 && far < word.length)
    // Of two that are as near, a letter was exchanged sooner than left out.
    .sort((a, b) => a.far - b.far || off(a.one) - off(b.one));
  if (best) return best.one;
  const begins = all.filter((one) => word.length >= 3 && one.toLowerCase().startsWith(word));
  return begins.length === 1 ? (begins[0] ?? null) : null;
}

export const didYouMean = (known: Iterable<string>, given: string): string => {
  const near = nearestWord(known, given);
  return near === null ? '' : `; did you mean "${near}"?`;
};

/** Whether one letter was left out, put in, exchanged, or has changed places with its neighbour. Not true of equal words. */
export function isOneLetterOff(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
