/** Countries and languages that an operator may name. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nearestWord } from '../foundation/nearest-word.ts';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What is wrong with a country code (ISO 3166-1, two capitals); null where nothing is. */
export function countryFault(code: string): string | null {
  const now = new Intl.Locale(`und-${code}`).region ?? code;
  if (now !== code) return `is no country; did you mean "${now}" (${names.of(now) ?? now})?`;
  // Codes that ISO gives to unions and tests have a name, too.
  if (names.of(code) === undefined || /^(?:EU|EZ|UN|QO|ZZ|X(?!K)[A-Z])$/.test(code))
    return 'is no country: two capital letters of ISO 3166, such as GB, DE or JP';
  return null;
}

const templates = join(import.meta.dirname, '..', '..', 'templates');

/** The languages that letters are written in: one folder of templates each. */
const letterLanguages = (): string[] =>
  readdirSync(templates, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && /^[a-z]{2,3}$/.test(entry.name) ? [entry.name] : [],
  );

/** What is wrong with a language of the receipt; null where letters are written in it. `de-AT` is German. */
export function languageFault(language: string): string | null {
  const known = letterLanguages();
  const [primary = ''] = language.toLowerCase().split('-');
  if (known.includes(primary)) return null;
  const near = nearestWord(known, primary);
  return `letters are not written in "${language}"${near ? `; did you mean "${near}"?` : ''}; there are ${known.join(', ')}`;
}
