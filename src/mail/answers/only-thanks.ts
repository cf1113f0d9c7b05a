/**
 * A reply that only says thanks never reopens a case (POLICY §6.3). Every word has to be one of thanks, greeting or "it works"; a
 * single other word makes it a message, so that "Thanks, but it still fails" is heard.
 */
import { agreePhrases, onlyThanksPhrases, solvedPhrases, yesPhrases } from './thanks-words.ts';

const longest = 200;

type Vocabulary = {
  readonly phrases: ReadonlySet<string>;
  /** Words of the longest of them. */
  readonly longest: number;
  /** Written without spaces: longest first, or a part of a longer word would be taken. */
  readonly unspaced: readonly string[];
};

const vocabulary = (phrases: readonly string[]): Vocabulary => ({
  phrases: new Set(phrases),
  longest: Math.max(...phrases.map((phrase) => phrase.split(' ').length)),
  unspaced: phrases
    .filter((phrase) => /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u.test(phrase))
    .toSorted((a, b) => b.length - a.length),
});

const ofThanks = vocabulary(onlyThanksPhrases);
const ofYes = vocabulary([...onlyThanksPhrases, ...agreePhrases]);
const agreed = new Set(agreePhrases);
const ofSolved = vocabulary([...onlyThanksPhrases, ...solvedPhrases, ...yesPhrases]);
const solved = new Set(solvedPhrases);
const yes = new Set(yesPhrases);

/** Greetings and "now, again": no thanks by themselves, and no news beside them. */
const fillers = new Set(
  `hi hello hey dear all team there support hallo liebes guten tag bonjour hola olá ola ciao hej hei moi cześć dobrý den
  now again so it all everything and very jetzt wieder nun endlich und alles sehr maintenant enfin et tout ahora ya y todo agora já e tudo
  ora adesso di nuovo tutto nu weer en alles igen og alt nå igjen och allt nyt taas ja kaikki już teraz znowu i wszystko
  už teď nyní zase a vše теперь снова опять уже и всё все`.split(/\s+/),
);

function withoutNames(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // "Hi Anna," above and "Anna" or "Best regards, Anna" below are manners.
  const first = lines[0] ?? '';
  if (lines.length > 1 && greeting.test(first)) lines.shift();
  const last = lines.at(-1) ?? '';
  if (lines.length > 1 && name.test(last)) lines.pop();
  if (lines.length > 1 && closing.test(lines.at(-1) ?? '')) lines.pop();
  return lines.join('\n');
}

const unspaced = (text: string): string => text.replace(/[\s\u3000]/g, '');

/** A last line that is the writer's own name, as it stands in From, is none of the text: names without capital letters are told by nothing else. */
export function withoutWriter(newText: string, writer: string): string {
  const lines = newText.trimEnd().split('\n');
  const signed = lines.length > 1 && unspaced(writer) !== '' && unspaced(lines.at(-1) ?? '') === unspaced(writer);
  return signed ? lines.slice(0, -1).join('\n').trimEnd() : newText;
}

const greeting =
  /^(?:hi|hello|hey|dear|hallo|liebe[rs]?|guten (?:tag|morgen)|sehr geehrte[r]?|bonjour|cher|chère|hola|estimad[oa]s?|olá|prezad[oa]s?|ciao|buongiorno|gentile|beste|dag|kære|hej|hei|moi|cześć|dzień dobry|dobrý den|здравствуйте|добрый день|你好|您好)(?![\p{L}\p{N}])[\s\p{L}.-]{0,40}[,!:，]?\s{0,3}$/iu;
const name = /^[-–—~]?\s?\p{Lu}[\p{L}.'’-]{0,20}(?:\s\p{Lu}[\p{L}.'’-]{0,20}){0,2}\s{0,3}$/u;
const closing =
  /^(?:(?:best |kind |warm )?regards|cheers|best|sincerely|(?:mit )?(?:freundlichen|besten|freundliche|beste|viele|liebe) gr(?:ü|ue)(?:ß|ss)en?|gruß|lg|vg|mfg|cordialement|saludos|un saludo|atenciosamente|abraços?|cordiali saluti|saluti|(?:met )?vriendelijke groet(?:en)?|groet(?:en|jes)?|(?:med )?(?:venlig|vennlig) hilsen|mvh|(?:med )?vänliga hälsningar|terveisin|pozdrawiam|s pozdravem|с уважением)[,.!]?\s{0,3}$/iu;

/** The phrases that a text is made of; null where it says anything else. */
function phrasesOf(newText: string, known: Vocabulary): readonly string[] | null {
  const text = newText.trim();
  if (text === '' || text.length > longest || /[?？]/.test(text)) return null;
  const bare = withoutNames(text)
    .normalize('NFC')
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/(?:[:;]-?[)dp]|<3|\^\^)/g, ' ')
    .replace(/[^\p{L}\p{N}'\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (bare === '') return /\u{1F44D}|\u{1F64F}|\u{1F44C}|\u2705/u.test(text) ? [''] : null;
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(bare)
    ? unspacedPhrases(bare, known)
    : spacedPhrases(bare, known);
}

/** `newText` of `replyText`, without quote and signature. False where it is empty, long, or says anything else. */
export const onlyThanks = (newText: string): boolean => (phrasesOf(newText, ofThanks)?.length ?? 0) > 0;

/**
 * Whether somebody says that the trouble is over, and nothing else (POLICY §6.1): `It works now, thanks`. Thanks alone do not say so, for
 * many give them before they have tried. With `yesCounts` a bare yes does: nothing else was asked.
 */
export const saysSolved = (newText: string, { yesCounts }: { readonly yesCounts: boolean }): boolean =>
  phrasesOf(newText, ofSolved)?.some((phrase) => solved.has(phrase) || (yesCounts && yes.has(phrase))) ?? false;

/** Whether a text agrees to what we have proposed, and says nothing else but thanks (POLICY §4.2). */
export const saysYes = (newText: string): boolean =>
  phrasesOf(newText.normalize('NFKC'), ofYes)?.some((phrase) => agreed.has(phrase)) ?? false;

function spacedPhrases(bare: string, known: Vocabulary): readonly string[] | null {
  const parts = bare.split(' ');
  const found: string[] = [];
  for (let i = 0; i < parts.length; ) {
    let taken = 0;
    for (let count = Math.min(known.longest, parts.length - i); count > 0 && taken === 0; count--) {
      const phrase = parts.slice(i, i + count).join(' ');
      if (!known.phrases.has(phrase)) continue;
      taken = count;
      found.push(phrase);
    }
    if (taken === 0 && !fillers.has(parts[i] ?? '')) return null;
    i += Math.max(1, taken);
  }
  return found;
}

function unspacedPhrases(bare: string, known: Vocabulary): readonly string[] | null {
  const found: string[] = [];
  let rest = bare.replace(/ /g, '');
  while (rest !== '') {
    const phrase = known.unspaced.find((one) => rest.startsWith(one));
    if (phrase === undefined) return null;
    found.push(phrase);
    rest = rest.slice(phrase.length);
  }
  return found;
}
