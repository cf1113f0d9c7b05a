/** A country by its name in the languages of the templates, or its code: `Germany`, `Deutschland`, `DE`. Answers are ISO 3166-1 alpha-2. */
import { fold } from '../fold-width.ts';

const others: Readonly<Record<string, readonly string[]>> = {
  GB: [
    ...['uk', 'u.k.', 'great britain', 'britain', 'england', 'scotland', 'wales', 'northern ireland', 'großbritannien'],
    ...['schottland', 'grande-bretagne', 'angleterre', 'gran bretaña', 'inglaterra', '英国'],
  ],
  US: [
    ...['usa', 'u.s.a.', 'u.s.', 'united states of america', 'the states', 'vereinigte staaten von amerika', 'amerika'],
    ...["états-unis d'amérique", 'ee.uu.', 'ee. uu.', 'eeuu', '米国', 'アメリカ'],
  ],
  NL: ['holland', 'the netherlands', 'hollande', 'holanda'],
  CZ: ['czech republic', 'tschechische republik', 'république tchèque', 'república checa'],
  AE: ['uae', 'emirates', 'emirate'],
  KR: ['korea', 'corée', 'corea'],
  IE: ['republic of ireland'],
};

const languages = ['en', 'de', 'fr', 'es', 'ja'];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const key = (name: string): string => fold(name.normalize('NFKC').replace(/[’`]/g, "'")).trim();

/** Made when it is first asked for: few mails are requests for access. */
let table: ReadonlyMap<string, string> | null = null;
function byName(): ReadonlyMap<string, string> {
  if (table) return table;
  const made = new Map<string, string>();
  const codes = letters
    .flatMap((a) => letters.map((b) => a + b))
    // A code that has been replaced has the name of the new one.
    .filter((code) => new Intl.Locale(`und-${code}`).region === code);
  for (const language of languages) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = names.of(code);
      if (name !== undefined && !made.has(key(name))) made.set(key(name), code);
    }
  }
  for (const [code, names] of Object.entries(others)) for (const name of names) made.set(key(name), code);
  table = made;
  return made;
}

let pattern: RegExp | null = null;
const cjk = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・]+$/u;
/** Longest first; three letters and more, for `us` and `is` are words. */
function anyName(): RegExp {
  pattern ??= new RegExp(
    [...byName().keys()]
      .filter((name) => name.length > 2 || name === 'uk' || cjk.test(name))
      .toSorted((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .map((name) => (cjk.test(name) ? name : `(?<![\\p{Script=Latin}\\p{N}])${name}(?![\\p{Script=Latin}\\p{N}])`))
      .join('|'),
    'gu',
  );
  return pattern;
}

/** The value of a line: `Germany`, `DE`, `Germany (DE)`. Null for what is none, or two. */
export function countryNamed(value: string): string | null {
  const said = key(value).replace(/[.\s]+$/, '');
  const whole = byName().get(said) ?? byName().get(`${said}.`);
  if (whole !== undefined) return whole;
  const code = /^[a-z]{2}$/.test(said) ? said.toUpperCase() : null;
  if (code !== null && [...byName().values()].includes(code)) return code;
  return countryIn(value);
}

/** The one country that a text names; null where it names none or several. */
export function countryIn(text: string): string | null {
  const found = new Set<string>();
  for (const [name] of key(text.slice(0, 8_000)).matchAll(anyName())) {
    const code = byName().get(name);
    if (code !== undefined) found.add(code);
    if (found.size > 1) return null;
  }
  return [...found][0] ?? null;
}
