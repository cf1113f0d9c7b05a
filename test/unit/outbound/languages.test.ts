import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { staffCommandNames } from '../../../src/intake/commands/staff-words.ts';
import type { Letter } from '../../../src/outbound/letter.ts';
import { letterTemplates } from '../../../src/outbound/letter.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { viewOf } from '../../../src/outbound/rendering/values-for-text.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { compose, from, templates, to } from './letters.ts';

const languages = ['en', 'de', 'fr', 'es', 'ja'];
const others = languages.filter((language) => language !== 'en');

/** The sample letters without a word of anybody else in them: what is left was written by us. */
const silent = sampleLetters.map((letter): Letter => {
  const values = Object.fromEntries(
    Object.entries(letter.values).map(([name, value]) => {
      if (name === 'why' && (letter.values as { kind?: string }).kind === 'unreadable-mail') return [name, value];
      if (
        [
          ...[
            'title',
            'siteName',
            'contact',
            'why',
            'product',
            'productUnknown',
            'server',
            'code',
            'command',
            'assign',
          ],
          ...['name', 'who', 'words', 'reference', 'planned', 'resolvedIn', 'plan', 'device', 'host'],
        ].includes(name)
      )
        return [name, value === null || value === '' ? value : '77'];
      if (name === 'timezone') return [name, 'UTC'];
      if (name === 'text' || name === 'name') return [name, value === null ? null : '77'];
      if (name === 'offers') return [name, (value as object[]).map((one) => ({ ...one, text: '77' }))];
      if (name === 'messages')
        return [
          name,
          (value as object[]).map((one) => ({ ...one, text: '77', attachments: [{ name: '77', size: 1 }] })),
        ];
      if (name === 'asker' && letter.template.startsWith('access')) {
        const { justification, ...one } = value as { justification: string | null };
        return [name, { ...one, name: '77', justification: justification && '77' }];
      }
      if (name === 'first' && value)
        return [name, { ...(value as { who: string | null }), who: '77', reason: '77', corrects: ['77'] }];
      if (name === 'licence' && value) return [name, { ...(value as { product: string | null }), product: '77' }];
      if (name === 'deciders') return [name, (value as string[]).map(() => '77')];
      if (name === 'said') return [name, value && '77'];
      if (name === 'begins') return [name, (value as string[]).map(() => '77')];
      if (name === 'lines') {
        const lines = value as readonly (string | { title?: string })[] | null;
        return [name, lines?.map((one) => (typeof one === 'string' ? '77' : { ...one, title: '77' })) ?? null];
      }
      if (name === 'licences') return [name, (value as object[]).map((one) => ({ ...one, product: '77' }))];
      if (name === 'sites') return [name, (value as object[]).map((one) => ({ ...one, name: '77', siteName: '77' }))];
      if (name === 'cases')
        return [name, (value as { title: string }[]).map((one) => ({ ...one, title: '77', siteName: '77' }))];
      return [name, value];
    }),
  );
  return { template: letter.template, values } as unknown as Letter;
});
const written = (language: string): string[] =>
  silent.map((letter) => {
    const { subject, text } = renderLetter(templates, letter, [language]);
    return (
      `${subject}\n${text}`
        .replace(/https?:\S+|[\w.+-]+@[\w.-]+/g, '')
        .replace(/\[Case \d+\]/g, '')
        .replaceAll('p7KQ2M9XWY', '')
        .replace(/npx postern access (?:grant|deny) \d+(?: 1)? --as(?: ADDRESS)?/g, '')
        // Words of commands, which count in every language.
        .replace(
          new RegExp(`\\b(?:${[...staffCommandNames, 'SEND', 'CONTACTS CONFIRM', 'ACCESS'].join('|')})\\b`, 'g'),
          '',
        )
        .replace(/^Re: /, '')
    );
  });
const wordsOf = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? []));

/** Words that both languages have, or that are names. */
const shared: Readonly<Record<string, string>> = {
  de: 'name ada byron stand downloads software standard premier postmaster domain mb cloud person mails august tag november utc in version support team an problem was service minute so pin moment test postern mail server kb form code status plan text webhook',
  fr: 'date suit questions postal ada byron contacts catalogue possible plan action propose standard note signature support incident question postmaster on minute minutes message utc version versions urgent service contact licence site messages pin moment place postern licences code sites premier client part page change webhook',
  es: 'postal ada byron decide plan standard premier postmaster mb kb utc no provisional general pin original postern universal webhook',
  ja: 'ada byron standard premier postmaster mb kb utc pin postern webhook',
};
const english = wordsOf(written('en'));
const left = (language: string, texts: readonly string[]): string[] =>
  [...wordsOf(texts)].filter((word) => english.has(word) && !shared[language]?.split(' ').includes(word));

const names = (source: string): string[] => [
  ...new Set(
    (source.match(/\{\{[^}]*\}\}|\{%-?\s*(?:if|elsif|unless|case|when|for)\s[^%]*%\}/g) ?? []).flatMap(
      (tag) => tag.match(/[a-zA-Z.]{3,}/g) ?? [],
    ),
  ),
];

describe.each(languages)('the letters in %s', (language) => {
  it('are all there, and all of them', () => {
    expect(Object.keys(templates.letters[language] ?? {}).sort()).toEqual(Object.keys(letterTemplates).sort());
    for (const letter of sampleLetters) {
      expect(renderLetter(templates, letter, [language]).languages).toEqual([language]);
    }
  });

  it('keep every rule of a letter, in every variant', async () => {
    for (const letter of sampleLetters)
      for (const one of [letter, { ...letter, howToLeave: true as const }])
        expect(brokenRules(await compose(one, [language]), { to, from }), letter.template).toEqual([]);
  });

  it('leave no mark of Markdown or Liquid behind', () => {
    for (const letter of sampleLetters) {
      const { subject, text, html } = renderLetter(templates, letter, [language]);
      expect(`${subject}\n${text}\n${html.replace(/<style[\s\S]*?<\/style>/, '')}`).not.toMatch(
        /\*\*|\{\{|\{%|[\uE000-\uF8FF]|undefined|null/,
      );
    }
  });

  it('leave no line with a space at its end, and no two spaces within', () => {
    for (const letter of sampleLetters) {
      const { subject, text } = renderLetter(templates, letter, [language]);
      expect(`${subject}\n${text}`).not.toMatch(/\S {2,}\S| $/m);
    }
  });
});

describe.each(others)('the templates in %s', (language) => {
  it('use every value and every case that the English ones use, and no other', () => {
    for (const name of Object.keys(letterTemplates) as (keyof typeof letterTemplates)[]) {
      const mine = templates.letters[language]?.[name];
      const theirs = templates.letters.en?.[name];
      const [have, want] = [mine, theirs].map((one) => names(`${one?.subject}\n${one?.body}`));
      expect(
        want?.filter((one) => !have?.includes(one)),
        `${name} leaves out`,
      ).toEqual([]);
    }
  });

  it('hold no English word', () => {
    expect(left(language, written(language))).toEqual([]);
  });

  it('would be caught with an English sentence in them', () => {
    expect(left(language, ['We have opened a case for it.']).length).toBeGreaterThan(3);
    expect(left(language, ['Kind regards']).length).toBe(2);
  });
});

describe('typography', () => {
  const bodies = (language: string) =>
    Object.values(templates.letters[language] ?? {})
      .map((template) => `${template.subject}\n${template.body}`.replace(/\{%[^%]*%\}|\{\{[^}]*\}\}/g, '0'))
      .map((text) => text.replace(/\]\([^)]*\)|\[Case 0\]/g, ']').replace(/Re: /g, ''));
  const everywhere = (language: string, wrong: RegExp) => {
    for (const text of bodies(language)) expect(text.match(wrong)?.[0] ?? '').toBe('');
  };
  it('is French: narrow spaces that do not break before ; : ! ? and within « », curved apostrophes', () => {
    everywhere('fr', /[^\u202F]»|«[^\u202F]|[^\u202F][;!?](?=\s|$)|[^\u202F*]:(?=[\s*]|$)|'|"/m);
    expect(bodies('fr').join()).toMatch(/\u202F:/);
  });
  it('is Spanish: questions are opened, quotation marks are angled', () => {
    everywhere('es', /(?:^|[.:] )[^¿?\n]{3,80}\?|"|'/m);
  });
  it('is German: quotation marks below and above', () => {
    everywhere('de', /"|'/m);
    for (const text of bodies('de')) expect(text.split('„').length).toBe(text.split('“').length);
  });
  it('is Japanese: full-width stops, commas, brackets and colons, and polite to the end', () => {
    everywhere('ja', /[\u3040-\u30FF\u4E00-\u9FFF] ?[,.!?:;()]|[,.!?:;()] ?[\u3040-\u30FF\u4E00-\u9FFF]|"|'|。 /);
    for (const text of written('ja'))
      for (const sentence of text.match(/[^\n。：]{2,}(?=。)/g) ?? [])
        expect(sentence).toMatch(
          /(?:ます|ません|ました|でした|です|でしょうか|ください|件|お持ちです|おります|77|いたします)$/,
        );
  });
});

describe('what depends on the language beside the words', () => {
  const [sample] = sampleLetters;
  if (sample?.template !== 'acknowledgement') throw new Error('the first sample is the acknowledgement');
  const due = (language: string, timezone: string, at = '2026-12-01T12:30:00Z') =>
    viewOf({ ...sample, values: { ...sample.values, due: at, timezone } }, language).due;
  it('are deadlines, with their time zone', () => {
    expect(due('en', 'Europe/London')).toBe('Tuesday, 1 December 2026 at 12:30 GMT');
    expect(due('de', 'Europe/Berlin')).toBe('Dienstag, 1. Dezember 2026 um 13:30 MEZ');
    expect(due('fr', 'Europe/London')).toBe('mardi 1er décembre 2026 à 12:30 UTC');
    expect(due('fr', 'Europe/Paris')).toMatch(/^mardi 1er décembre 2026 à 13:30 UTC\+1$/);
    expect(due('es', 'America/Mexico_City')).toMatch(/^martes 1 de diciembre de 2026 a las 0?6:30 \S+$/);
    expect(due('ja', 'Asia/Tokyo')).toMatch(/^2026年12月1日（火）21:30 JST$/);
    expect(due('fr', 'Europe/Paris', '2026-12-11T12:30:00Z')).toContain('vendredi 11 décembre');
  });
  it('are days', () => {
    const day = (language: string) =>
      viewOf({ ...sample, values: { ...sample.values, graceSince: '2026-08-01' } }, language).graceSince;
    expect(languages.map(day)).toEqual([
      '1 August 2026',
      '1. August 2026',
      '1er août 2026',
      '1 de agosto de 2026',
      '2026年8月1日',
    ]);
  });
  it('are the names of the severities', () => {
    const named = languages.map((language) =>
      [1, 2, 3, 4].map((severity) => {
        const letter = { ...sample, values: { ...sample.values, severity } } as Letter;
        return /[:：]\s?[1-4] ?[(（]([^)）]+)/.exec(
          renderLetter(templates, letter, [language]).text.split('\n\n')[2] ?? '',
        )?.[1];
      }),
    );
    for (const four of named) expect(new Set(four).size).toBe(4);
    expect(new Set(named.map(String)).size).toBe(languages.length);
    expect(named.flat()).not.toContain(undefined);
  });
  it('falls back to the language without its region, and to English', () => {
    for (const [wanted, used] of [
      ['fr-CA', 'fr'],
      ['es-MX', 'es'],
      ['ja-JP', 'ja'],
      ['pt-BR', 'en'],
      ['xx', 'en'],
    ] as const)
      expect(renderLetter(templates, sample, [wanted]).languages).toEqual([used]);
  });
  it('is the neutral receipt, in as many of them as the operator speaks', () => {
    const letter: Letter = { template: 'neutral-receipt', values: { support: 's@d.example', access: 'a@d.example' } };
    const { text, html } = renderLetter(templates, letter, languages);
    expect(text.split('\n-----\n')).toHaveLength(5);
    for (const language of languages) expect(html).toContain(`<div lang="${language}">`);
  });
});

/** What each of them says of mail that is answered faster, and of access. */
const helps: Readonly<Record<string, readonly RegExp[]>> = {
  en: [/faster if you write from an address that we have on record/, /support PIN in the subject/, /ask for access/],
  de: [/Schneller geht es, wenn Sie von einer bei uns hinterlegten Adresse/, /Support-PIN in den Betreff/, /um Zugang/],
  fr: [
    /plus rapide si vous écrivez depuis une adresse enregistrée/,
    /PIN d’assistance dans l’objet/,
    /demander un accès/,
  ],
  es: [
    /antes si escribe desde una dirección que tengamos registrada/,
    /PIN de soporte en el asunto/,
    /solicite acceso/,
  ],
  ja: [/ご登録済みのメールアドレスから/, /件名にサポート PIN を/, /ご利用をお申し込みください/],
};

it.each(languages)('§3 The neutral receipt says in %s what helps, and names no number', (language) => {
  const letter: Letter = { template: 'neutral-receipt', values: { support: 's@d.example', access: 'a@d.example' } };
  const { subject, text } = renderLetter(templates, letter, [language]);
  const plain = text.replaceAll(/\s+/g, ' ');
  for (const said of helps[language] ?? []) expect(plain).toMatch(said);
  expect(helps[language]).toHaveLength(3);
  expect(plain).toContain('a@d.example');
  expect(`${subject} ${plain}`).not.toMatch(/[0-9]/);
});

describe('a Japanese letter on the wire', () => {
  it('has a subject in encoded words that are short, whole, and come back as they were', async () => {
    for (const letter of sampleLetters) {
      const raw = Buffer.from(await compose(letter, ['ja']));
      const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
      const subject = /^Subject: ((?:.|\r\n[ \t])*)/m.exec(head)?.[1] ?? '';
      for (const word of subject.match(/=\?[^ ?]+\?[^?]+\?[^?]*\?=/g) ?? []) {
        expect(word.length).toBeLessThanOrEqual(75);
        const [, charset, way, held = ''] = /^=\?([^?]+)\?([^?]+)\?([^?]*)\?=$/.exec(word) ?? [];
        expect(charset?.toLowerCase()).toBe('utf-8');
        const bytes =
          way?.toUpperCase() === 'B'
            ? Buffer.from(held, 'base64')
            : Buffer.from(
                held
                  .replace(/_/g, ' ')
                  .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
                'latin1',
              );
        // RFC 2047 §5: no word ends within a letter.
        expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
      }
      const rendered = renderLetter(templates, letter, ['ja']);
      const parsed = await simpleParser(raw);
      expect(parsed.subject).toBe(rendered.subject);
      expect(parsed.text?.trim()).toBe(rendered.text.trim());
      expect(parsed.html).toContain('lang="ja"');
    }
  });
});

describe('§3 the last letter for a while', () => {
  const asking = sampleLetters.filter((one) => letterTemplates[one.template].autoSubmitted === 'auto-replied');
  const says = { en: 'last letter', de: 'letzte Nachricht', fr: 'dernier message', es: 'último mensaje', ja: '最後' };
  it.each(Object.entries(says))(
    'says so in %s above its closing words, in every letter that answers a mail',
    (language, words) => {
      for (const letter of asking) {
        const plain = renderLetter(templates, letter, [language]);
        const last = renderLetter(templates, { ...letter, closing: { last: 'day', phone: '+44 20 7946 0000' } }, [
          language,
        ]);
        const paragraphs = last.text.trimEnd().split('\n\n');
        expect(paragraphs.at(-2), letter.template).toContain(words);
        expect(paragraphs.at(-2)).toContain('+44 20 7946 0000');
        // Nothing else is different.
        expect(paragraphs.toSpliced(-2, 1).join('\n\n')).toBe(plain.text.trimEnd());
        expect(last.html).toContain('tel:+442079460000');
        const hour = renderLetter(templates, { ...letter, closing: { last: 'hour', phone: null } }, [language]).text;
        expect(hour).not.toContain('+44 20 7946 0000');
        expect(hour).not.toBe(plain.text);
      }
    },
  );
});
