/**
 * What somebody answers to the question whether a sender belongs to them (POLICY §3.r10, §3.r16, §8.7). A line that says it
 * says nothing else: `No problem, let her in` is no answer. Linear in the text.
 */
import { plainYes } from './thanks-words.ts';

type SenderWord = 'yes' | 'no' | 'once' | 'contact';

/** `ref` is the number of the question that the line names; null where it names none. */
export type SenderLine = { readonly ref: string | null; readonly word: SenderWord };

const words: Readonly<Record<SenderWord, readonly string[]>> = {
  yes: [...plainYes, 'grant', 'zulassen', 'autoriser', 'autorizar', '許可'],
  no: ['no', 'not', 'deny', 'nein', 'nicht', 'ablehnen', 'non', 'refuser', 'rechazar', 'いいえ', '拒否'],
  once: ['once', 'einmal', 'une fois', 'una vez', '今回のみ', '今回だけ'],
  contact: ['contact', 'kontakt', 'contacto', '連絡先', '登録'],
};
const byWord = new Map(
  (Object.entries(words) as [SenderWord, readonly string[]][]).flatMap(([word, spellings]) =>
    spellings.map((spelling) => [spelling, word] as const),
  ),
);

const reference = /^[#([]?s-?([0-9]{1,18})[)\]]?$/;

function readLine(line: string): SenderLine | null {
  if (line.length > 60) return null;
  const parts = line
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[*_"'“”„«»`]/g, ' ')
    .split(/[\s:,;.!。、]+/u)
    .filter((part) => part !== '' && !/^[-–—•]$/.test(part));
  const named = parts.flatMap((part) => reference.exec(part)?.[1] ?? []);
  const said = byWord.get(parts.filter((part) => !reference.test(part)).join(' '));
  if (!said || named.length > 1) return null;
  return { ref: named[0] ?? null, word: said };
}

/**
 * The answers in the new text: a bare word counts on the first line only (`Contact:` stands in many a signature), a word with
 * a reference on any.
 */
export function senderAnswers(newText: string): SenderLine[] {
  const lines = newText
    .slice(0, 8_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 200);
  return lines.flatMap((line, at) => {
    const found = readLine(line);
    return found && (found.ref !== null || at === 0) ? [found] : [];
  });
}
