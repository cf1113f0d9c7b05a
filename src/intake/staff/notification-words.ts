/**
 * Which words of a notification are ours alone (POLICY §5.4, docs/decisions/0033): not those of the customer's that it shows. A run of them in
 * a text that is about to go out is told, so that no internal note or contract leaves by mistake.
 */
import { readMailLines } from '../../mail/known-text/mail-lines.ts';
import { findRuns } from '../../mail/known-text/runs.ts';
import { readSource, type Source, weightOf, wordsOf } from '../../mail/known-text/tokens.ts';

/** Words of ours in a row, however the lines were wrapped. Two characters of scripts without spaces are a word. */
const runOfWords = 8;
/** A whole line of ours counts sooner: "Contract: 24x7 until Thursday, 31 December 2026". */
const lineCharacters = 25;
const lineWords = 5;

const spaced = (text: string): string => ` ${text.split('\n').flatMap(wordsOf).join(' ')} `;

export type NotificationWords = {
  /** Whether the line stands in what the customer wrote or was sent, wrapped in whatever way. */
  readonly isShared: (line: string) => boolean;
  /** Words of ours that stand in the text, as they stand there; null is none. */
  readonly runIn: (text: string) => string | null;
};

/** Places of the notification's words that its readers may share, because the customer has them. */
function sharedPlaces(notification: string, shared: readonly string[]): ReadonlySet<number> {
  const ids = new Map<string, number>();
  const sources = shared.map((text) => readSource({ text, letter: false }, ids));
  const mail = readMailLines(notification.split('\n'), ids);
  const places = new Set<number>();
  for (const { from, to } of findRuns(mail, sources, ids.size)) for (let i = from; i < to; i++) places.add(i);
  return places;
}

/** Links of ours that lead somewhere, and addresses with a token: they are nobody's but the reader's. */
const privateThings =
  /https?:\/\/[^\s<>()[\]"']{1,200}\/[^\s<>()[\]"']{4,1000}|[^\s<>()[\]"',;:]{1,64}\+[^\s<>()[\]"',;:]{1,200}@[^\s<>()[\]"',;:]{1,200}/giu;

export function wordsOfNotification(notification: string, shared: readonly string[]): NotificationWords {
  const known = shared.map(spaced);
  const isShared = (line: string): boolean => {
    const words = wordsOf(line);
    return words.length > 0 && known.some((one) => one.includes(` ${words.join(' ')} `));
  };
  const things = (notification.match(privateThings) ?? []).filter(
    (thing) => !shared.some((text) => text.includes(thing)),
  );
  const runIn = (text: string): string | null => {
    const thing = things.find((one) => text.includes(one));
    if (thing !== undefined) return thing;
    const ids = new Map<string, number>();
    const source = readSource({ text: notification, letter: true }, ids);
    const mail = readMailLines(text.split('\n'), ids);
    const runs = findRuns(mail, [source], ids.size);
    if (runs.length === 0) return null;
    const places = sharedPlaces(notification, shared);
    const ours = (from: number, to: number): number => {
      let weight = 0;
      for (let at = from; at < to; at++) if (!places.has(at)) weight += weights[at] ?? 1;
      return weight;
    };
    const weights = notification.split('\n').flatMap(wordsOf).map(weightOf);
    for (const { from, to, at } of runs) {
      const end = at + to - from;
      if (
        ours(at, end) < runOfWords &&
        !wholeLines(source, at, end).some((line) => ours(line.from, line.to) >= lineWords)
      )
        continue;
      return text
        .split('\n')
        .slice(mail.lineOf[from], (mail.lineOf[to - 1] ?? 0) + 1)
        .join(' ')
        .slice(0, 200);
    }
    return null;
  };
  /** Lines of ours that stand in the run from end to end and are long enough to be told by themselves. */
  const lengths = notification
    .split('\n')
    .filter((line) => wordsOf(line).length > 0)
    .map((line) => line.trim().length);
  const wholeLines = (source: Source, from: number, to: number) =>
    source.lines.filter((line, i) => line.from >= from && line.to <= to && (lengths[i] ?? 0) >= lineCharacters);
  return { isShared, runIn };
}
