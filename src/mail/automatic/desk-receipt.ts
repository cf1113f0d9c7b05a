/**
 * Other desks' automatic acknowledgements that carry no header (MAIL.md §2, POLICY §3.r3): "your request 286614 has been received".
 * Known by their kind and not by sentences: something of ours has arrived, it has a number, and not a word is content. A person who
 * writes briefly says something: "we will look at it tomorrow".
 */

import type { MailFacts } from '../parsed-mail.ts';
import {
  arrivals,
  automaticNotice,
  deskName,
  fillers,
  impersonal,
  labels,
  numberWords,
  passives,
  personal,
  things,
  unspacedLabel,
  unspacedWords,
} from './desk-receipt-words.ts';

type Words = { readonly whole: ReadonlySet<string>; readonly starts: ReadonlySet<string> };

function wordsOf(...lists: readonly string[]): Words {
  const all = lists.flatMap((list) => list.trim().split(/\s+/));
  return {
    whole: new Set(all.filter((word) => !word.endsWith('*'))),
    starts: new Set(all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1))),
  };
}

function has(words: Words, word: string): boolean {
  if (words.whole.has(word)) return true;
  for (let length = 3; length <= word.length; length += 1) if (words.starts.has(word.slice(0, length))) return true;
  return false;
}

const thing = wordsOf(things);
const arrival = wordsOf(arrivals);
const passive = wordsOf(passives);
const known = wordsOf(things, arrivals, passives, fillers);
const label = wordsOf(labels);
const numberWord = wordsOf(numberWords);
const yours = new Set(
  'your ihre ihr ihrer votre vos su sua vostra vostro uw din ditt deres teidän państwa váš vaše ваш ваше ваша'.split(
    ' ',
  ),
);
const unspaced = [...new Set(unspacedWords.trim().split(/\s+/))].toSorted((a, b) => b.length - a.length);
const unspacedLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const unspacedArrival = /受付|受け付け|受領|受信|承り|登録|作成|発行|已收到|收到|已创建|已建立|登记|受理|提交/u;

/** Longer texts are looked at no further: they say more than that. */
const longest = 2_000;
/** A number by which a desk knows its ticket. */
const number = /[0-9]{3}/;
const ourTag = /\[\s{0,3}case\s{0,3}[0-9]{1,20}\s{0,3}\]/gi;
const replyPrefix = /^(?:\s{0,3}(?:re|aw|antw|sv|vs|odp|rif|rép|res|fwd?|wg)\s?:)+/i;
const greeting =
  /^(?:hi|hello|dear|good (?:day|morning|afternoon)|hallo|liebe[rs]?|guten tag|sehr geehrte[rs]?|bonjour|cher|chère|madame|hola|buen[oa]s|estimad[oa]s?|olá|prezad[oa]s?|buongiorno|salve|gentile|beste|geachte|kære|kjære|hej|hei|hyvä|witaj|dzień dobry|szanown\p{L}{1,4}|dobrý den|vážen\p{L}{1,3}|здравствуйте|уважаем\p{L}{1,3}|добрый день|尊敬的?)(?![\p{L}])[^.!?？。]{0,60}[,!:，、]?$/iu;
const closing =
  /^(?:(?:with )?(?:best|kind|warm)(?: and \p{L}{1,10})? regards|regards|sincerely|yours \p{L}{1,12}|(?:mit )?(?:freundliche[nm]?|beste[nm]?|viele[nm]?) gr(?:ü|ue)(?:ß|ss)en?|mfg|(?:bien )?cordialement|(?:sincères|meilleures) salutations|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|atenciosamente|(?:com os melhores )?cumprimentos|(?:cordiali|distinti) saluti|(?:met )?vriendelijke groet(?:en)?|(?:med )?(?:venlig|vennlig) hilsen|(?:med )?vänliga hälsningar|mvh|(?:ystävällisin )?terveisin|(?:z )?(?:poważaniem|pozdrowieniami)|pozdrawiam|s pozdravem|с уважением)[,.!，]?$/iu;
/** Names that stand behind such words are those of the desk. */
const nameSlot =
  /(?<=(?:^|\s)(?:contacting|to|with|at|from|of|bei|an|von|chez|de|con|a|com|di|met|met|til|till|hos|do|od|в|в службу)\s)\p{Lu}[\p{L}&.-]{1,30}(?:\s\p{Lu}[\p{L}&.-]{1,30}){0,3}/gu;
const links = /(?:https?:\/\/|www\.)\S{1,300}|\S{1,64}@\S{1,200}/giu;
const quotedName = /["“„«][^"”“»\n]{1,160}["”“»]/gu;

type Sentence = {
  readonly words: readonly string[];
  readonly unspaced: string;
  /** A number stood in it. */
  readonly numbered: boolean;
};

/** Letters without spaces belong to the sentence, Latin words beside them as well. */
function sentenceOf(raw: string): Sentence {
  const bare = raw.replace(quotedName, ' ').replace(nameSlot, ' ').replace(withDigits, ' ');
  const letters = bare.toLowerCase().replace(/’/g, "'");
  return {
    words: (letters.match(/\p{L}[\p{L}'-]*/gu) ?? []).flatMap((word) =>
      unspacedLetter.test(word) ? [] : splitElided(word),
    ),
    unspaced: Array.from(letters)
      .filter((letter) => unspacedLetter.test(letter))
      .join(''),
    numbered: number.test(raw),
  };
}

const partsOf = (line: string): string[] =>
  line.split(/[.!;。！；](?=\s|$)|(?<=[。！；，])/u).filter((part) => /[\p{L}\p{N}]/u.test(part));

/** `d'avoir`, `l'équipe`; letters of identifiers such as `INC0012` and `REQ-44` were taken off with their digits. */
function splitElided(word: string): string[] {
  const at = word.indexOf("'");
  return at === 1 ? [word.slice(at + 1)].filter((rest) => rest !== '') : [word];
}

/** Whatever has a digit in it: numbers, identifiers, times. */
const withDigits = /[A-Za-z0-9#_/:-]*[0-9][A-Za-z0-9#_/:-]*/g;

/** Whether it can be read as words of the list from one end to the other. */
function spelled(together: string): boolean {
  const reached = [true];
  for (let at = 0; at < together.length; at += 1) {
    if (!reached[at]) continue;
    for (const word of unspaced) if (together.startsWith(word, at)) reached[at + word.length] = true;
  }
  return together === '' || reached[together.length] === true;
}

const saysArrived = ({ words, unspaced: together }: Sentence): boolean =>
  (words.some((word) => has(thing, word)) && words.some((word) => has(arrival, word))) ||
  unspacedArrival.test(together);

/** "Your ticket number is 286614": said of the reader's, it has arrived. */
const tellsNumber = ({ words, numbered }: Sentence): boolean =>
  numbered && words.some((word) => yours.has(word)) && words.some((word) => has(numberWord, word));

/** Said of the thing, with nobody who does it; Japanese and Chinese name nobody either way. */
const byNobody = ({ words, unspaced: together }: Sentence): boolean =>
  together !== '' || words.some((word) => has(passive, word));

function isLabelled(line: string): boolean {
  const [, name = '', value = ''] = /^[\s*•-]{0,4}([^:：]{1,40})[:：](.{0,120})$/u.exec(line) ?? [];
  if (name === '' || value.trim() === '') return false;
  if (unspacedLabel.test(name.replace(/\s/g, ''))) return true;
  const words = name.toLowerCase().match(/[\p{L}-]+/gu) ?? [];
  return (
    words.length > 0 &&
    words.length <= 4 &&
    words.some((word) => has(label, word)) &&
    words.every((word) => has(label, word) || has(known, word))
  );
}

type Read = {
  readonly sentences: readonly Sentence[];
  /** A label with a number behind it. */
  readonly labelled: boolean;
  /** The lines below the closing words are a desk's, a person's, or there are none. */
  readonly signed: 'desk' | 'person' | null;
};

function read(text: string): Read {
  const lines = text
    .replace(links, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const end = lines.findIndex((line) => closing.test(line));
  const body = end < 0 ? lines : lines.slice(0, end);
  const below = end < 0 ? [] : lines.slice(end + 1);
  // A desk that signs without closing words: the last line is its name.
  const last = body.at(-1) ?? '';
  const lastIsName = end < 0 && body.length > 1 && last.length <= 60 && !/[.!。:：]/.test(last) && deskName.test(last);
  const sentences: Sentence[] = [];
  let labelled = false;
  for (const [i, line] of (lastIsName ? body.slice(0, -1) : body).entries()) {
    if (i < 2 && greeting.test(line)) continue;
    for (const part of isLabelled(line) ? [line] : partsOf(line)) {
      if (isLabelled(part)) labelled ||= number.test(part);
      else sentences.push(sentenceOf(part));
    }
  }
  return {
    sentences: sentences.filter((one) => one.words.length > 0 || one.unspaced !== ''),
    labelled,
    signed: signedBy(below, lastIsName),
  };
}

function signedBy(below: readonly string[], lastIsName: boolean): Read['signed'] {
  if (below.length === 0) return lastIsName ? 'desk' : null;
  return below.length <= 6 && below.some((line) => deskName.test(line)) ? 'desk' : 'person';
}

const subjectOf = (subject: string): string => subject.slice(0, 300).replace(ourTag, ' ').replace(replyPrefix, '');

/** Whether the subject itself says it: `Ticket received - 286614`. */
const titleSays = (title: string): boolean => partsOf(title).map(sentenceOf).some(saysArrived);

type Texts = Pick<MailFacts, 'subject' | 'newText'>;

/** How many words nobody knows may stand in it: names and turns of a desk's own, once it has said that it is a program, or nearly. */
function mayBeUnknown(sentences: readonly Sentence[], saysSo: boolean, likely: boolean): number {
  const words = sentences.flatMap((sentence) => sentence.words);
  if (words.some((word) => personal.has(word))) return 0;
  if (saysSo) return Math.floor(words.length / 8);
  return likely && words.length >= 15 ? 1 : 0;
}

/** Strict: all of it has to be set phrases, with a number, and nothing may point to a person. */
export function isDeskReceipt({ subject, newText }: Texts): boolean {
  if (newText.length > longest || /[?？]|(?:^|\s)I(?:['’]\p{L}{1,2})?\s/u.test(newText)) return false;
  const title = subjectOf(subject);
  const says = titleSays(title);
  const numbered =
    number.test(newText) || (number.test(title) && (says || /#\s?[0-9]|[[(][^\])]{0,12}[0-9]{3}/.test(title)));
  const saysSo = automaticNotice.test(newText);
  // Where it says itself that it is a program, it needs no number.
  if (!numbered && !saysSo) return false;
  const { sentences, labelled, signed } = read(newText);
  const likely = saysSo || labelled || says || signed === 'desk' || impersonal.test(newText);
  const arrived = sentences.filter((one) => saysArrived(one) || (likely && tellsNumber(one)));
  if ((signed === 'person' && !saysSo) || (arrived.length === 0 && !says)) return false;
  if (!sentences.every((one) => spelled(one.unspaced))) return false;
  const unknown = sentences.flatMap((one) => one.words.filter((word) => !has(known, word) || personal.has(word)));
  // "We have your request under number 4711", and more than that sentence.
  const filed = sentences.length > 1 && arrived.some((one) => tellsNumber(one));
  if (!numbered && unknown.length > 0) return false;
  return (likely || filed || arrived.some(byNobody)) && unknown.length <= mayBeUnknown(sentences, saysSo, likely);
}

/** Away, in the text of a mail whose subject is still ours. */
const absence =
  /out of (?:the )?office|on (?:annual |parental |sick )?leave|on (?:vacation|holiday)|away from (?:my|the) (?:desk|office|mail)|limited access to (?:my )?e-?mail|nicht im (?:büro|hause?)|außer haus|abwesend|im urlaub|absente? d|en congé|hors du bureau|fuera de (?:la )?oficina|de vacaciones|estaré ausente|fora do escrit|de férias|fuori (?:ufficio|sede)|in ferie|assente|afwezig|met vakantie|ikke på kontor|på ferie|på semester|frånvarande|lomalla|poissa toimist|poza biurem|na urlopie|mimo kancel|na dovolené|в отпуске|вне офиса|отсутств|休暇|不在|外出中|休假/iu;

export const saysAbsent = (text: string): boolean => absence.test(text);

/** Of the words of what sounds like a receipt. */
const mostKnown = 0.7;

/**
 * Loose: may well have been said by a program. It takes nothing from anybody but the fourth letter of a kind within a day (POLICY §3
 * "Letters, how many"), so that a gateway which says it in other words or languages each time ends as soon as the others.
 */
export function soundsAutomatic({ subject, newText }: Texts): boolean {
  const text = newText.slice(0, longest);
  if (saysAbsent(text)) return true;
  const { sentences } = read(text);
  if (!sentences.some((one) => saysArrived(one) || tellsNumber(one)) && !titleSays(subjectOf(subject))) return false;
  const words = sentences.flatMap((sentence) => sentence.words);
  return words.filter((word) => has(known, word)).length >= words.length * mostKnown;
}
