/** Whether a mail may belong to a loop, and whether two texts are the same to a reader (POLICY §3, loops). */
import type { MailFacts } from '../../mail/parsed-mail.ts';

const enough = 2_000;
const mostLooked = 4_000;
/** What somebody wants stands at the top: words below it are often those of every mail (disclaimers, forms). */
const headWords = 25;

/** Written without spaces: each character is a word, or a whole sentence would be one. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Identifiers of all kinds: runs with a digit, and runs of capitals in a text that has small letters too. */
const runs = /[\w.:/#+=-]+/g;
const capitals = /^[-A-Z_]{5,}$/;

/** Words only: numbers, times and counters are what differs between two automatic answers. */
function words(text: string): string[] {
  const shouted = !/\p{Ll}/u.test(text.slice(0, enough));
  // A program that counts up puts the same line on top of its old ones.
  const lines = new Set(
    text
      .slice(0, mostLooked)
      .split('\n')
      .map((line) => line.replace(runs, (run) => (/\d/.test(run) ? ' ' : run)).trim()),
  );
  const bare = [...lines]
    .join('\n')
    .slice(0, enough)
    .replace(runs, (run) => (!shouted && capitals.test(run) ? ' ' : run));
  return (bare.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) =>
    unspaced.test(word) ? Array.from(word) : [word],
  );
}

/** Each pair once: a program that puts a new line on top of its old ones says the same again. */
function pairs(all: readonly string[]): Set<string> {
  return new Set(all.map((word, i) => `${word} ${all[i + 1] ?? ''}`));
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both += 1;
  return (2 * both) / (a.size + b.size);
}

/** `share` of all pairs of neighbouring words, 0 to 1, has to stand in both, and so has half of those at the top. */
export function areSimilar(one: string, other: string, share: number): boolean {
  const a = words(one);
  const b = words(other);
  // Two texts without a word: the same only where they are.
  if (a.length === 0 && b.length === 0) return one.trim() === other.trim();
  if (a.length === 0 || b.length === 0) return false;
  const head = (all: readonly string[]) => pairs(all.slice(0, headWords));
  return shared(pairs(a), pairs(b)) >= share && shared(head(a), head(b)) >= share / 2;
}

type Texts = Pick<MailFacts, 'text' | 'newText'>;

/**
 * What the mail quotes: lines behind `>`, else what stands below the sender's own words where one of our addresses is in it. A
 * signature is no quote, and all mails of one person have the same.
 */
export function quotedPart({ text, newText }: Texts, ours: readonly string[]): string {
  const lines = text.slice(0, 100_000).split('\n');
  const marked = lines.filter((line) => /^\s{0,3}>/.test(line));
  if (marked.length > 2) return marked.join('\n');
  const naming = (some: string) => ours.some((address) => some.includes(address));
  // Most mails name none of our addresses anywhere, and need no comparing of lines.
  if (!naming(text.toLowerCase())) return '';
  const own = new Set(newText.split('\n').map((line) => line.trim()));
  const below = lines.filter((line) => line.trim() !== '' && !own.has(line.trim())).join('\n');
  return naming(below.toLowerCase()) ? below : '';
}

/**
 * Mails with a PIN and nothing quoted are new requests, and most replies are to a letter about a case: neither asks for more. Where
 * a number as long as those of our cases stands in the text, it may be one that we told.
 */
export function mayBeLoop(facts: MailFacts): boolean {
  if (facts.class !== 'person') return false;
  if (facts.threads.some((hint) => hint.case !== null && hint.by !== 'case-number')) return false;
  return facts.pins.length === 0 || facts.text.length > facts.newText.length + 20 || /[0-9]{6}/.test(facts.text);
}
