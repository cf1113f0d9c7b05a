/**
 * A severity that is named outside of a labelled line (POLICY §4.2): in the subject, or in a sentence that says it of this
 * matter. Said to be none, of another time or case, under a condition, or asked about, it is none: what wakes people at night
 * has to have been said.
 */

import { foldWidth } from '../fold-width.ts';
import { titleOf } from '../subject/subject.ts';
import { says } from './severity-cues.ts';
import type { Mention } from './severity-mention.ts';
import {
  aboutSeverities,
  conditional,
  generalThing,
  hedged,
  joiner,
  negated,
  numeral,
  numerals,
  otherCase,
  overBehind,
  past,
  pastBehind,
  politeRequest,
  priorityWord,
  priorityWordJa,
  severityWord,
  severityWordJa,
  since,
  unreal,
} from './severity-words.ts';

const anyWord = `(?:(?<![\\p{L}\\p{N}_/.#-])(?:${severityWord}|${priorityWord})|${severityWordJa}|${priorityWordJa})`;
const mentions = new RegExp(`${anyWord}${joiner}${numeral}`, 'giu');
const severityMentions = new RegExp(
  `(?:(?<![\\p{L}\\p{N}_/.#-])${severityWord}|${severityWordJa})${joiner}${numeral}`,
  'giu',
);

/** Plain searches: a pattern of alternatives costs several times as much, and every mail is asked. */
const stems = [
  ...['sev', 'sév', 'grad', 'gravit', 'gravedad', 'prio', 'dringlich'],
  ...['重大', '深刻', '優先', '緊急', '重要', 'セベ', 'プライ'],
];

/** Decides before anything dear is done. */
export function mayName(text: string): boolean {
  const folded = text.toLowerCase();
  return stems.some((stem) => folded.includes(stem));
}

const most = 20;
const window = 300;

/** Clauses end at marks, and where another thought begins. */
const clauseStart =
  /^.*(?:,(?! (?:dass|daß|that|que) )|[;:()[\]]|、|。| [-–—] |(?<!\p{L})(?:and|but|so|because|und|aber|sondern|denn|weil|et|mais|car|y|e|pero|sino|porque)(?!\p{L})|が、)/su;
const clauseEnd =
  /[,;()[\]]|、|。| [-–—] |(?<!\p{L})(?:and|but|because|since|und|aber|sondern|denn|weil|et|mais|car|parce|puisque|y|pero|sino|porque|ya que)(?!\p{L})/u;

function clauseBefore(text: string): string {
  const start = clauseStart.exec(text)?.[0] ?? '';
  const left = text.slice(start.length);
  const contrast = /(?:but|sondern|mais|sino)$/iu.exec(start)?.[0] ?? '';
  return contrast + left;
}

function mentionsOf(sentence: string, pattern: RegExp): Mention[] {
  const question = /[?？]|(?:です|ます|でしょう|ません)か。?$/u.test(sentence);
  const out: Mention[] = [];
  for (const match of sentence.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const severity = match[1] ?? numerals[(match[2] ?? '').toLowerCase()];
    if (severity === undefined) continue;
    // `The last case (severity 1) is solved`.
    const opened = /[([] ?$/.exec(sentence.slice(0, match.index))?.index ?? match.index;
    const bracketed = opened < match.index;
    const rest = sentence.slice(end, end + window).replace(bracketed ? /^ ?[)\]]/ : /^$/, '');
    const behind = clauseEnd.exec(rest);
    out.push({
      severity,
      text: match[0],
      start: match.index,
      end,
      sentence,
      before: clauseBefore(sentence.slice(Math.max(0, opened - window), opened)),
      after: behind === null ? rest : rest.slice(0, behind.index),
      question,
      bracketed,
    });
    if (out.length >= most) break;
  }
  return out;
}

const some = (patterns: readonly RegExp[], text: string): boolean => patterns.some((one) => one.test(text));
const listBehind =
  /^ ?(?:\/|,|&|or|and|to|through|vs\.?|versus|bis|oder|und|ou|et|à|o|y|a|-|–|~|〜|と|か|から|または|や) ?(?:\p{L}+[ -]?)?[1-4](?![\p{N}\p{L}])/iu;
const listBefore =
  /(?<![0-9])[1-4] ?(?:\/|,|&|or|and|to|through|vs\.?|versus|bis|oder|und|ou|et|à|o|y|a|-|–|~|〜|と|か|から|または|や) ?$/iu;
const contrasted = /^(?:but|sondern|mais|sino) /iu;
const deniedBehind =
  /^ ?(?:is not|isn['’]t|it is not|ist (?:es|das|dies)? ?(?:nicht|kein)|n['’]est pas|no es|では|じゃ)/iu;

/** None of this matter, whatever else the sentence says. */
function isDenied(one: Mention): boolean {
  const { before, after, sentence, start, end } = one;
  const ahead = sentence.slice(Math.max(0, start - window), start);
  if (one.question && !politeRequest.test(sentence)) return true;
  if (listBehind.test(sentence.slice(end, end + 30)) || listBefore.test(ahead.slice(-12))) return true;
  if (contrasted.test(before)) return false;
  // `no workaround (severity 1)` denies the workaround.
  if (some(negated, one.bracketed ? (/\S+$/.exec(before.trimEnd())?.[0] ?? '') : before) || deniedBehind.test(after))
    return true;
  if (/^[^、。]{0,20}(?:では|じゃ|で)(?:な|ありま)/u.test(after)) return true;
  const polite = politeRequest.test(sentence) || hedged.test(sentence);
  if (some(conditional, ahead) && !polite) return true;
  if (some(unreal, before) && !polite) return true;
  if (some(aboutSeverities, before)) return true;
  if (otherCase.test(before) || otherCase.test(after.split(/:| - /, 1)[0] ?? '')) return true;
  if (generalThing.test(after) || overBehind.test(after)) return true;
  const isSince = since.test(before) || since.test(sentence.slice(end, end + window));
  return !isSince && (some(past, before) || some(pastBehind, after));
}

/** All that are left say the same, or nothing is said. */
function agreed(found: readonly string[]): string | null {
  const [first] = found;
  return first !== undefined && found.every((one) => one === first) ? first : null;
}

/** Lines that a program has wrapped are joined again; others end a sentence. */
function sentencesOf(text: string): string[] {
  const out: string[] = [];
  for (const paragraph of text.slice(0, 20_000).split(/\n\s*\n/)) {
    let joined = '';
    for (const line of paragraph.split('\n')) {
      const wrapped = joined.length - joined.lastIndexOf('\n') > 50 && !/^\s*(?:[-*•]|\d{1,2}[.)])\s/.test(line);
      joined += joined === '' ? line : `${wrapped ? ' ' : '\n'}${line}`;
    }
    for (const part of joined.match(/[^\n!?！？。.]*(?:\.(?!\s|$)[^\n!?！？。.]*)*(?:[!?！？。]+|\.|\n|$)/gu) ?? [])
      if (part.trim() !== '') out.push(part.trim());
  }
  return out;
}

/** In the new text: `this is a severity 1 issue`. Null for most mail by one cheap look. */
export function severityInText(newText: string): string | null {
  if (!mayName(newText)) return null;
  const found = sentencesOf(foldWithLines(newText)).flatMap((sentence) =>
    mayName(sentence) ? mentionsOf(sentence, mentions) : [],
  );
  return agreed(found.filter((one) => !isDenied(one) && says(one)).map((one) => one.severity));
}

const foldWithLines = (text: string): string =>
  text
    .slice(0, 20_000)
    .split('\n')
    .map((line) =>
      foldWidth(line)
        .replace(/["“”„«»]/g, '')
        .replace(/(?<!\p{L})(sev|prio|nr|no)\. ?(?=[1-4])/giu, '$1 '),
    )
    .join('\n');

const inBrackets = new RegExp(
  `\\[ ?(?:${severityWord}|${severityWordJa}|${priorityWord}|${priorityWordJa}|s|p)${joiner}([1-4]) ?\\]`,
  'iu',
);
const inParentheses = new RegExp(
  `\\( ?(?:${severityWord}|${severityWordJa}|${priorityWord}|${priorityWordJa})${joiner}([1-4]) ?\\)`,
  'iu',
);
const atHead = new RegExp(
  `^\\(? ?(?:p|${priorityWord}|${priorityWordJa})${joiner}([1-4])(?![\\p{N}\\p{Script=Latin}_])`,
  'iu',
);
const atEnd = new RegExp(
  `[,:|;(] ?(?:${priorityWord}|${priorityWordJa})${joiner}([1-4]) ?[)!.]*$| [-–—] (?:${priorityWord}|${priorityWordJa})${joiner}([1-4])[!.]*$`,
  'iu',
);

/** A name goes on where a severity ends: `P1-Controller`, `P1.2`, `P2/P3`, `P1 port`. */
const namesThing =
  /^(?:[-/][\p{L}\p{N}]|[.,]\p{N}| (?:is|are|has|was|ist|sind|hat|war|est|sont|es|son|ports?|cables?|labels?|plans?|licen[cs]es?|kabel|câble|meters?|printers?|plotter|connectors?|slots?|pins?|processors?|cpu|controllers?|engine|plug|socket|jack|terminal|relay|valve|pump|motor|sensor|switch|panel|button|input|output|cable|module|board|chip|rack|bay|channel|zähler|schnittstelle|drucker|anschluss|stecker|buchse|klemme|pumpe|motor|ventil|parkplatz|parkhaus|compteur|connecteur|imprimante|prise|borne|pompe|moteur|vanne|capteur|parking|puerto|conector|impresora|enchufe|bomba|motor|válvula|aparcamiento)(?!\p{L})|(?:ポート|コネクタ|端子|プリンタ|ポンプ))/iu;

/** The words of a subject before and behind a place, judged as those of a sentence. */
function deniedAt(title: string, start: number, end: number): boolean {
  const question = /[?？]\s*$|でしょうか|ですか/u.test(title);
  const rest = title.slice(end);
  const behind = clauseEnd.exec(rest);
  return isDenied({
    severity: '',
    text: '',
    start,
    end,
    sentence: title,
    before: clauseBefore(title.slice(0, start)),
    after: behind === null ? rest : rest.slice(0, behind.index),
    question,
    bracketed: false,
  });
}

/** In a subject: `SEV2`, `[S2]`, `Severity 1: …`, and at its head or in brackets `P1`, `Prio 1`. */
export function severityInSubject(subject: string): string | null {
  const whole = foldWidth(subject).replace(/ {2,}/g, ' ').slice(0, 1000);
  const bracket = inBrackets.exec(whole) ?? inParentheses.exec(whole);
  if (bracket) return bracket[1] ?? null;
  const title = foldWidth(titleOf(subject, '')).replace(/ {2,}/g, ' ').trim();
  const head = atHead.exec(title);
  if (head) {
    const end = head[0].length;
    const rest = title.slice(end);
    const joined =
      /^[^ :,;!|)\]\-–—。、]/u.test(rest) && !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(rest);
    if (!namesThing.test(rest) && !joined && !deniedAt(title, 0, end)) return head[1] ?? null;
  }
  const end = atEnd.exec(title);
  if (end && !deniedAt(title, end.index + 1, title.length)) return end[1] ?? end[2] ?? null;
  if (!mayName(title)) return null;
  const found = mentionsOf(title, severityMentions).filter((one) => !isDenied(one));
  return agreed(found.map((one) => one.severity)) ?? severityInText(title);
}
