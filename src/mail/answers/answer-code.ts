/**
 * The one-time code in an answer (POLICY §11.2). It counts near the top of what the person wrote and nowhere else: a quote
 * that was not known as one, a forward, or the text of a machine below it holds our letter, and with it the code.
 */
import { findCodes, normaliseCode } from '../../foundation/code-form.ts';
import type { MailFacts } from '../parsed-mail.ts';
import { stripPrefixes } from '../subject/subject.ts';

const linesLookedAt = 3;
const quoted = /^\s*[>|»]/;

type Answer = Pick<MailFacts, 'subject' | 'newText' | 'nothingOwn'>;

const topLines = (facts: Answer): string[] =>
  facts.nothingOwn
    ? []
    : facts.newText
        .slice(0, 2_000)
        // Wrapped at its mark by the program that sent it.
        .replace(/(?<=[0-9A-Z]{4})-\n[ \t]{0,8}(?=[0-9A-Z]{4}\b)/gi, '-')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(0, linesLookedAt)
        .filter((line) => !quoted.test(line) && line.length <= 200);

export function answerCodes(facts: Answer): string[] {
  const inSubject = normaliseCode(stripPrefixes(facts.subject));
  const lines = topLines(facts);
  return [...new Set([...(inSubject === null ? [] : [inSubject]), ...lines.flatMap(findCodes)])].slice(0, 10);
}

/** Letters and digits that are almost a code: two groups with a mark between them, or one of six to ten, of the wrong length. */
const nearly =
  /(?<![\p{L}\p{N}-])(?=[0-9A-Z-]*[2-9])(?=[0-9-]*[A-Z])(?:[0-9A-Z]{2,5}-[0-9A-Z]{2,5}|[0-9A-Z]{6,10})(?![\p{L}\p{N}-])/u;

/** Spaced out, it is a line of its own. */
const nearlySpaced = /^(?=.{0,40}[2-9])(?=.{0,40}[A-Z])[0-9A-Z](?:[ .-]{1,3}[0-9A-Z]){4,10}$/;

/** Something stands where a code is read that looks like one, with a character missing, too many or none of its alphabet. */
export const almostCode = (facts: Answer): boolean =>
  topLines(facts).some((line) => {
    const upper = line
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\u2010-\u2015\u2212]/g, '-');
    return nearly.test(upper.replace(/(?<=\S) ?- ?(?=\S)/g, '-')) || nearlySpaced.test(upper.trim());
  });

/** The mail is an attempt with nothing else in it: a code alone in the subject or on the first line. */
export function onlyCode(facts: Pick<MailFacts, 'subject' | 'newText' | 'nothingOwn'>): boolean {
  if (normaliseCode(stripPrefixes(facts.subject)) !== null) return true;
  const first = facts.newText.trimStart().split('\n', 1)[0] ?? '';
  return !facts.nothingOwn && normaliseCode(first.replace(/^[\s*_"'([]+|[\s*_"'.,;!)\]]+$/g, '').slice(0, 40)) !== null;
}
