/** Whether a mail may be one of a loop, and whether two texts are one text to a reader (POLICY §3, loops). */
import type { MailFacts } from '../mail/parsed-mail.ts';

const enough = 2_000;

/** Words only: numbers, times and counters are what differs between two automatic answers. */
const words = (text: string): string[] =>
  text
    .slice(0, enough)
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

function pairs(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const all = words(text);
  for (let i = 0; i < all.length; i += 1) {
    const pair = `${all[i]} ${all[i + 1] ?? ''}`;
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/** `share` of all pairs of neighbouring words, 0 to 1, has to stand in both. */
export function alike(one: string, other: string, share: number): boolean {
  const a = pairs(one);
  const b = pairs(other);
  const total = [...a.values(), ...b.values()].reduce((sum, n) => sum + n, 0);
  // Two texts without a word: the same only where they are.
  if (total === 0) return one.trim() === other.trim();
  let both = 0;
  for (const [pair, n] of a) both += Math.min(n, b.get(pair) ?? 0);
  return (2 * both) / total >= share;
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
  const own = new Set(newText.split('\n').map((line) => line.trim()));
  const below = lines.filter((line) => line.trim() !== '' && !own.has(line.trim())).join('\n');
  return ours.some((address) => below.toLowerCase().includes(address)) ? below : '';
}

/** Mails with a PIN and nothing quoted are new requests, and most replies are to a letter about a case: neither asks for more. */
export function mayGoRound(facts: MailFacts): boolean {
  if (facts.class !== 'person') return false;
  if (facts.threads.some((hint) => hint.case !== null && hint.by !== 'case-number')) return false;
  return facts.pins.length === 0 || facts.text.length > facts.newText.length + 20;
}
