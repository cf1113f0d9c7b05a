/** What stands behind a label such as `Severity:`, as a severity of POLICY §4, in every language that letters are written in. */
import { foldWidth } from '../fold-width.ts';

type Spellings = readonly (readonly [severity: string, words: string])[];

/** Lower case. Those of the templates, and what else people choose from. */
const spellings: Spellings = [
  ['1', 'critical blocker blocking urgent emergency disaster highest showstopper'],
  ['1', 'kritisch dringend notfall höchste höchster blockierend'],
  ['1', 'critique urgent urgente bloquant bloquante maximale'],
  ['1', 'crítico crítica critico critica bloqueante máxima maxima emergencia'],
  ['1', '緊急 致命的 最高 最優先 至急'],
  ['2', 'significant major high serious important'],
  ['2', 'hoch hohe hoher erheblich schwerwiegend schwer wichtig'],
  ['2', 'majeur majeure élevé élevée elevee haute important importante grave'],
  ['2', 'significativo significativa alto alta mayor'],
  ['2', '高 高い 重大 重要'],
  ['3', 'minimal minor medium normal moderate'],
  ['3', 'mittel mittlere mittlerer gering geringe geringer'],
  ['3', 'mineur mineure moyen moyenne normale minime'],
  ['3', 'menor medio media mínima minima moderado moderada'],
  ['3', '中 普通 通常 軽微'],
  ['4', 'nominal low lowest trivial question cosmetic'],
  ['4', 'niedrig niedrige niedriger frage'],
  ['4', 'faible basse bas'],
  ['4', 'bajo baja leve'],
  ['4', '低 低い ごく軽微'],
];
const bySpelling = new Map(
  spellings.flatMap(([severity, words]) => words.split(' ').map((word) => [word, severity] as const)),
);

const numerals = new Map(
  [
    ['1', 'one eins uno une 一 i'],
    ['2', 'two zwei deux dos 二 ii'],
    ['3', 'three drei trois tres 三 iii'],
    ['4', 'four vier quatre cuatro 四 iv'],
  ].flatMap(([digit = '', words = '']) => words.split(' ').map((word) => [word, digit] as const)),
);

const number = /^(?:severity|sev|s|p|prio|priority|level|stufe|grad|niveau|nivel|レベル|ランク)? ?[-:#.=]? ?([1-4])/u;
/** `1st`, `12`, `2.5`, `1:30` are no severities. */
const goesOn = /^(?:[\p{N}\p{Script=Latin}_%]|[.,:]\p{N})/u;
const isRange =
  /^ ?(?:or|oder|ou|o|u|to|bis|à|a|and|und|et|y|-|\/|,|~|〜|から|または|か|と) ?(?:(?:severity|sev|s|p|prio)[ -]?)?[1-4](?![0-9])/u;
const ofScale = /^ ?(?:\/|out of|of|von|sur|de|auf) ?([0-9]{1,3})/u;
const boxes = /[☐☑☒□■✓✔]|[[(] ?[xX✓✔]? ?[\])]/u;
const ticked = /(?:[☑☒■✓✔]|[[(] ?[xX✓✔] ?[\])]) ?([1-4])(?![0-9])/gu;

function ofBoxes(text: string): string | null {
  const [first, ...more] = [...text.matchAll(ticked)].map((match) => match[1] ?? null);
  return first !== undefined && more.length === 0 ? first : null;
}

const firstWord = /^(?:(?:very|highly|most|extremely|sehr|äußerst|höchst|très|muy) )?(\p{L}+)/u;
const kana = /\p{Script=Hiragana}+$/u;

/**
 * `1` to `4` from `2`, `SEV2`, `2 - significant`, `kritisch`, `[x] 2`; null where it says none of these, asks (`1?`), leaves
 * it open (`1 or 2`), or counts on another scale (`3 of 5`).
 */
export function readSeverity(value: string): string | null {
  const text = foldWidth(value.slice(0, 200))
    .normalize('NFKC')
    .replace(/^[\s*_"'“”„«»`]+/u, '')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase();
  if (text === '') return null;
  const inBrackets = /^[[(] ?((?:sev(?:erity)?|s|p|prio)?[ -]?[1-4]) ?[\])]/u.exec(text)?.[1];
  if (inBrackets === undefined && boxes.test(text) && text.match(/[1-4]/g)?.length !== 1) {
    const box = ofBoxes(text);
    if (box !== null || !/^[1-4a-z]/.test(text)) return box;
  }
  const given = inBrackets ?? text;
  const digit = number.exec(given);
  if (digit) {
    const rest = given.slice(digit[0].length);
    const scale = ofScale.exec(rest)?.[1];
    if (scale !== undefined && scale !== '4') return null;
    if (goesOn.test(rest) || /^ ?\?/.test(rest) || (scale === undefined && isRange.test(rest))) return null;
    return digit[1] ?? null;
  }
  const word = firstWord.exec(given);
  const said = word?.[1] ?? '';
  const rest = given.slice(word?.[0].length ?? 0);
  if (/^ ?\?/.test(rest)) return null;
  if (numerals.has(said) && /^ ?(?:$|[(.,:;!-])/.test(rest)) return numerals.get(said) ?? null;
  return bySpelling.get(said) ?? bySpelling.get(said.replace(kana, '')) ?? null;
}
