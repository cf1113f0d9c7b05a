/**
 * What somebody says in a sentence when asked whether a sender belongs to them (POLICY §3.r10, §3.r16): `Yes, that is my new
 * colleague!`. A yes lets a person in, so it has to be one beyond doubt: it answers that question (a bare yes, or a sentence that
 * says that they belong or may write), and nothing beside it takes any of it back. In doubt there is no answer, and it is asked back.
 */
import {
  admits,
  affirmation,
  asContact,
  belongs,
  contrast,
  doubt,
  harmless,
  no,
  onlyOnce,
  politeness,
  unknownOrRefused,
  yes,
} from './sender-prose-words.ts';

/** `yes` says no more than that; `once` and `contact` what it is for. */
type ProseAnswer = 'yes' | 'no' | 'once' | 'contact';

/** Above this somebody writes about something else. */
const longest = 500;

const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[r]?|moin|servus|bonjour|bonsoir|cher|chère|madame|monsieur|hola|buen[oa]s(?: (?:días|tardes|noches))?|estimad[oa]s?|お世話になって(?:おり|い)ます|こんにちは|お疲れ様です|サポート(?:チーム)?(?:御中|様))(?![\p{L}\p{N}])[\s\p{L}.'-]{0,40}[,!:，、。]?\s{0,3}$/iu;
const closing =
  /^(?:(?:best|kind|warm|many) ?(?:regards|wishes|thanks)|regards|cheers|best|sincerely|thanks|thank you|(?:mit )?(?:freundlichen|besten|freundliche|beste|viele|liebe) gr|gruß|grüße|lg|vg|mfg|danke|vielen dank|cordialement|bien à vous|merci|saludos|un (?:cordial )?saludo|atentamente|gracias|よろしくお願い|以上)/iu;

const has = (pattern: RegExp, text: string): boolean => text.search(pattern) >= 0;
const without = (pattern: RegExp, text: string): string => text.replace(pattern, ' ');

/** Their sentences, without a greeting above and a name or closing words below. */
export function withoutManners(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > 1 && greeting.test(lines[0] ?? '')) lines.shift();
  const end = lines.findIndex((line, at) => at > 0 && closing.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).join('\n');
}

/** Nothing but the word and manners on its line; a name may stand below. */
function isBare(text: string, word: RegExp): boolean {
  const [line = '', ...more] = text.split('\n');
  const rest = without(politeness, without(word, line));
  return !/[\p{L}\p{N}]/u.test(rest) && (more.length === 0 || (more.length === 1 && (more[0] ?? '').length <= 40));
}

/** Above this somebody writes of the case and mentions a person in it. */
const longestAttempt = 200;

/** It begins with a yes or a no, or speaks of whether they belong: meant as an answer, whatever it comes to. */
export const meantAsAnswer = (newText: string): boolean => {
  if (newText.length > longestAttempt) return false;
  const text = withoutManners(
    newText
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[’‘`´]/g, "'"),
  );
  return (
    [yes, belongs, admits, unknownOrRefused].some((pattern) => has(pattern, text)) || has(no, without(harmless, text))
  );
};

/** Null where it is none, or not beyond doubt. `newText` is the sender's own; linear in it. */
export function proseAnswer(newText: string): ProseAnswer | null {
  if (newText.length > longest) return null;
  const text = withoutManners(
    newText
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[’‘`´]/g, "'")
      .replace(/[*_"“”„«»()]/g, ''),
  );
  const clear = without(harmless, text);
  const sentences = clear.split(/(?<=[.!?。！？])|\n/);
  const refusing = sentences.filter((sentence) => has(unknownOrRefused, sentence));
  if (refusing.length > 0) {
    // A no has to be as clear: nothing takes it back, nothing beside it says yes, and it asks nothing.
    const others = sentences.filter((sentence) => !refusing.includes(sentence)).join('\n');
    const contrary = [yes, belongs, admits].some((pattern) => has(pattern, others)) || has(yes, text);
    return contrary || has(contrast, clear) || /[?]/.test(text) ? null : 'no';
  }
  // `No thanks`: as bare as a yes has to be.
  if (has(no, clear)) return isBare(text, no) && !/[?]/.test(text) ? 'no' : null;
  const once = has(onlyOnce, clear);
  const contact = has(asContact, clear);
  const plain = without(onlyOnce, clear);
  // `Only this once, please`: one of the answers that the letter names.
  if (once && !contact && isBare(text, onlyOnce)) return 'once';
  if (has(doubt, without(yes, plain))) return null;
  const affirmed = has(yes, text);
  const about = has(belongs, plain) || has(admits, plain) || contact || (once && affirmed);
  if (!about && !(affirmed && isBare(without(affirmation, without(yes, text)), yes))) return null;
  if (once && contact) return null;
  return once ? 'once' : contact ? 'contact' : 'yes';
}
