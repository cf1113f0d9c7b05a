/** POLICY §11.2, RELIABILITY I9: a letter is shown to our own people without what it tells one person only. */
import { describe, expect, it } from 'vitest';
import { openMessage } from '../../../src/mail/mime/open-message.ts';
import { type Letter, secretOf } from '../../../src/outbound/letter.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { maskLetter, shownLetter } from '../../../src/outbound/shown-letter.ts';
import { compose, templates } from './letters.ts';

const languages = Object.keys(templates.letters);

/** Every value of a letter that is a link with a token, or a secret of its own. */
function secretsOf(letter: Letter): readonly string[] {
  const values = letter.values as Readonly<Record<string, unknown>>;
  const links = Object.values(values).flatMap((value) => {
    const found = typeof value === 'string' ? /\/(?:access|rate|preferences)\/\S+$/.exec(value) : null;
    return found === null ? [] : [found[0]];
  });
  const own = secretOf(letter);
  return [...links, ...(own === null ? [] : [own]), ...(typeof values.code === 'string' ? [values.code] : [])];
}

const withSecrets = sampleLetters.filter((letter) => secretsOf(letter).length > 0);
const isSealed = (letter: Letter) => secretOf(letter) !== null || letter.template === 'access-question';

async function shown(letter: Letter, language: string) {
  const raw = await compose(letter, [language]);
  return shownLetter(raw, await openMessage(raw), isSealed(letter));
}

describe('a letter that tells a secret', () => {
  it('shows none of it as text, as HTML or as source, in any language', async () => {
    expect(new Set(withSecrets.map(({ template }) => template)).size).toBeGreaterThan(4);
    for (const letter of withSecrets)
      for (const language of languages) {
        const { text, html, source, asItWent } = await shown(letter, language);
        for (const secret of secretsOf(letter))
          for (const part of [text, html ?? '', source]) expect(part, letter.template).not.toContain(secret);
        expect(asItWent, letter.template).toBe(false);
        expect(text).toMatch(/••|\*{9}/);
      }
  });
});

describe('a letter that tells none', () => {
  it('is shown as it went, to the byte', async () => {
    const [letter] = sampleLetters;
    if (letter?.template !== 'acknowledgement') throw new Error('the first sample is the acknowledgement');
    const raw = await compose(letter, ['en']);
    const { source, asItWent, text, html } = shownLetter(raw, await openMessage(raw), false);
    expect(asItWent).toBe(true);
    expect(source).toBe(Buffer.from(raw).toString());
    expect(text).toContain(letter.values.title);
    expect(html).toContain('<');
  });
});

it('covers the token that a Message-ID is, and leaves what only routes', () => {
  const routes = `<pst.23.100042.${'0'.repeat(24)}@desk.example>`;
  const gives = `<pst.2k.${'a'.repeat(32)}@desk.example>`;
  const masked = maskLetter(`Message-ID: ${gives} ${routes}`, false);
  expect(masked).not.toContain('a'.repeat(32));
  expect(masked).toContain(routes);
});
