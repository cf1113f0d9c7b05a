/** The words of one line of a decision (POLICY §8.4): as many as are known, and what stands behind them. */
import { cleanLine } from '../../foundation/clean-text.ts';
import { findDay } from './day-named.ts';
import { type DecisionSaid, longestReason, unclear } from './decision-said.ts';
import { reasonWordAt, type WordKind, wordAt } from './decision-words.ts';

export type Words = {
  readonly kinds: ReadonlySet<WordKind>;
  readonly roles: readonly string[];
  readonly days: readonly string[];
  /** From there on no word of a decision. */
  readonly end: number;
  /** A mark stands before the rest, or a "because". */
  readonly parted: boolean;
};

const between = /[\s,.;:!*_"'“”„«»()[\]•>–—。、・-]*/uy;
const mark = /[,.;:!–—。、-]/u;
const dayAt = (text: string, from: number) => {
  const rest = text.slice(from, from + 40);
  const found = findDay(rest);
  return found?.from === 0 ? found : null;
};

/** As many words of a decision as stand side by side. `others` are words that are known here besides: the asker's name. */
export function wordsFrom(text: string, others: ReadonlySet<string>): Words {
  const kinds = new Set<WordKind>();
  const roles: string[] = [];
  const days: string[] = [];
  let parted = false;
  let at = 0;
  for (;;) {
    between.lastIndex = at;
    const gap = between.exec(text)?.[0] ?? '';
    const next = at + gap.length;
    if (next >= text.length) return { kinds, roles, days, end: text.length, parted: false };
    const day = dayAt(text, next);
    const found = day ? null : wordAt(text, next);
    if (day) {
      days.push(day.day);
      at = next + day.to;
    } else if (found?.kind === 'because') {
      return { kinds, roles, days, end: next + found.word.length, parted: true };
    } else if (found) {
      kinds.add(found.kind);
      if (found.kind === 'role') roles.push(found.word);
      at = next + found.word.length;
    } else {
      const other = /^[\p{L}\p{N}.@_+-]{1,254}/u.exec(text.slice(next, next + 254))?.[0] ?? '';
      if (other === '' || !others.has(other.replace(/[.-]+$/, ''))) {
        parted = mark.test(gap);
        return { kinds, roles, days, end: next, parted };
      }
      at = next + other.length;
    }
  }
}

const numberAt =
  /[\s,.;:!*_"'“”„«»([#–—。、・-]*(?:n[ro°º]?\.? ?)?([0-9]{1,4})(?![\p{L}\p{N}])[)\]]?[\s,.;:–—。、-]*/uy;

/** `end` is behind the word; what is said between it and its number are words for "reason". */
export function readDeny(line: string, folded: string, end: number): DecisionSaid {
  let at = end;
  for (let round = 0; round < 3; round += 1) {
    numberAt.lastIndex = at;
    const found = numberAt.exec(folded);
    if (found) {
      const reason = Number(found[1]);
      if (reason !== 1 && reason !== 2 && reason !== 3) break;
      const from = at + found[0].length;
      const now = wordAt(folded, from);
      const atOnce = now?.kind === 'now';
      const words = cleanLine(line.slice(atOnce ? from + now.word.length : from), longestReason).replace(
        /^[.!\s]+$/,
        '',
      );
      if (/^(?:or|oder|ou|o|and|und|et|y|to|[-/])(?![\p{L}])/u.test(folded.slice(from))) break;
      return { kind: 'deny', reason, words, atOnce };
    }
    between.lastIndex = at;
    at += between.exec(folded)?.[0].length ?? 0;
    const beside = reasonWordAt(folded, at);
    if (beside === null) break;
    at += beside.length;
  }
  return unclear('reason', line);
}
