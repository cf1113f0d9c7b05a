/** A yes, and nothing else, in the languages of the letters. */
import { foldWidth } from '../fold-width.ts';

const words = new Set(
  [
    ...['yes', 'agree', 'agreed', 'i agree', 'we agree', 'yes please', 'ok', 'okay'],
    ...['ja', 'ja bitte', 'einverstanden', 'in ordnung', 'oui', "d'accord", 'd’accord', 'si', 'sí', 'de acuerdo'],
    ...['はい', '同意します', '同意', '承知しました', 'お願いします'],
  ].map((word) => word.normalize('NFC')),
);

/** The first line alone; a greeting or a name below it says nothing else. */
export function saysYes(newText: string): boolean {
  const [first = ''] = newText.trim().split('\n', 1);
  const plain = foldWidth(first.slice(0, 60)).normalize('NFC').toLowerCase();
  return words.has(plain.replace(/[\s.!。、,;*_"'“”„«»]+$/u, '').replace(/^[\s*_"'“„«»]+/u, ''));
}
