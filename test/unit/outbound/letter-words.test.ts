import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templates } from './letters.ts';

type Term = { readonly words: readonly string[]; readonly never: readonly string[] };

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/letter-words.md'), 'utf8');
const listed = (text = ''): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
const terms = new Map<string, Term[]>();
for (const section of page.split(/^## /m).slice(1)) {
  const [language = '', ...lines] = section.split('\n');
  const read = lines.flatMap((line) => {
    const found = /^- [^:]+: ([^;]+); not: (.+)$/.exec(line);
    return found ? [{ words: listed(found[1]), never: listed(found[2]) }] : [];
  });
  terms.set(language.trim(), read);
}

/** What a reader sees: without the values and the words of Liquid. */
const seen = (text: string): string => text.replace(/\{%[^%]*%\}|\{\{[^}]*\}\}/g, ' ').replace(/\s+/g, ' ');

const wrongIn = (text: string, never: readonly string[]): string[] => {
  const lower = seen(text).toLowerCase();
  return never.filter((word) => lower.includes(word.toLowerCase()));
};

describe.each(['en', 'de', 'fr', 'es', 'ja'])('the letters in %s', (language) => {
  const letters = Object.entries(templates.letters[language] ?? {});
  const own = terms.get(language) ?? [];
  it('call a person or thing by one name', () => {
    expect(own.length).toBeGreaterThan(4);
    for (const [name, { subject, body }] of letters)
      expect(
        wrongIn(
          `${subject}\n${body}`,
          own.flatMap((term) => term.never),
        ),
        name,
      ).toEqual([]);
  });
  it('use the names that the page says', () => {
    const all = seen(letters.map(([, { subject, body }]) => `${subject}\n${body}`).join('\n')).toLowerCase();
    for (const { words } of own) for (const word of words) expect(all, word).toContain(word.toLowerCase());
  });
});

it('a wrong name would be seen', () => {
  const never = (terms.get('de') ?? []).flatMap((term) => term.never);
  expect(wrongIn('Fragen Sie Ihren Hauptkontakt.', never)).toEqual(['Hauptkontakt']);
});
