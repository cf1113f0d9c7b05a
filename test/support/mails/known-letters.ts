/** Every letter of every template, typed back in the ways that mail programs quote: what quotes us is known to us. */
import { describe, expect, it, test } from 'vitest';
import { htmlToPlain } from '../../../src/mail/html/html-text.ts';
import type { KnownText } from '../../../src/mail/known-text/known-text.ts';
import { replyText } from '../../../src/mail/reply-text/reply-text.ts';
import { type RenderedLetter, renderLetter } from '../../../src/outbound/rendering/render.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';
import { wrapped } from './quoting.ts';

const templates = await loadTemplates();
const languages = ['en', 'de', 'fr', 'es', 'ja'] as const;
type Language = (typeof languages)[number];

export const lettersIn = (language: string): RenderedLetter[] =>
  sampleLetters
    .filter((letter) => letter.template !== 'staff-notice' && letter.template !== 'test-letter')
    .map((letter) => renderLetter(templates, letter, [language]));

/** The words that the letter shows to be typed back, as its HTML part sets them. */
function instructionsOf({ html }: RenderedLetter): string[] {
  const shown = [...html.matchAll(/<code[^>]*>([^<]+)<\/code>/g)].map((found) =>
    htmlToPlain(found[1] ?? '')
      .replace(/[\u00A0\u202F]/g, ' ')
      .trim(),
  );
  return [...new Set(shown)];
}

export const outlook: Record<Language, string> = {
  en: 'From: Support <support@desk.example>\nSent: Monday, March 4, 2024 9:15 AM\nTo: Ada Byron\nSubject: Re: Pump',
  de: 'Von: Support <support@desk.example>\nGesendet: Montag, 4. März 2024 09:15\nAn: Ada Byron\nBetreff: Re: Pumpe',
  fr: 'De : Support <support@desk.example>\nEnvoyé : lundi 4 mars 2024 09:15\nÀ : Ada Byron\nObjet : Re: Pompe',
  es: 'De: Support <support@desk.example>\nEnviado el: lunes, 4 de marzo de 2024 9:15\nPara: Ada\nAsunto: Re: Bomba',
  ja: '差出人: Support <support@desk.example>\n送信日時: 2024年3月4日 9:15\n宛先: Ada\n件名: Re: ポンプ',
};

export const attribution: Record<Language, string> = {
  en: 'On Mon, Mar 4, 2024 at 9:15 AM Support <support@desk.example> wrote:',
  de: 'Am Mo., 4. März 2024 um 09:15 Uhr schrieb Support <support@desk.example>:',
  fr: 'Le lun. 4 mars 2024 à 09:15, Support <support@desk.example> a écrit :',
  es: 'El lun, 4 mar 2024 a las 9:15, Support (<support@desk.example>) escribió:',
  ja: '2024年3月4日(月) 9:15 Support <support@desk.example>:',
};

export const marked = (text: string, mark: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? mark.trimEnd() : mark + line))
    .join('\n');

type Quoting = (letter: RenderedLetter, language: Language) => string;

const bodyOf = (html: string): string => /<body[\s\S]*<\/body>/i.exec(html)?.[0] ?? html;

/** How mail programs set our letter into an answer. */
const ways: Readonly<Record<string, Quoting>> = {
  'Gmail, wrapped and marked': (letter, language) =>
    `${attribution[language]}\n\n${marked(wrapped(letter.text, 72), '> ')}`,
  'Outlook, below a copied header': (letter, language) => `${outlook[language]}\n\n${letter.text}`,
  'bare, below nothing at all': (letter) => letter.text,
  'bare, wrapped otherwise': (letter) => wrapped(letter.text, 58),
  'set in by blanks': (letter) => marked(wrapped(letter.text, 66), '    '),
  'set in by a tab': (letter) => marked(letter.text, '\t'),
  'marked without a line above': (letter) => marked(wrapped(letter.text, 60), '>'),
  'from the HTML part, bare': (letter) => htmlToPlain(bodyOf(letter.html)).trim(),
  'from the HTML part, in a quote': (letter) => htmlToPlain(`<blockquote>${bodyOf(letter.html)}</blockquote>`).trim(),
};

const sentences: Record<Language, string> = {
  en: 'Still the same here, the pump stops after ten minutes.',
  de: 'Leider immer noch dasselbe, die Pumpe bleibt nach zehn Minuten stehen.',
  fr: 'Toujours pareil, la pompe s’arrête au bout de dix minutes.',
  es: 'Sigue igual, la bomba se para a los diez minutos.',
  ja: '状況は変わりません。十分でポンプが止まります。',
};

const usual = ['CLOSE', 'GRANT', 'Severity: 2', '2301', 'HELP'];

const thirds = 3;

/** `whole`: each letter in each language in each way; else a third of the letters in each, another third in the next one. */
export function lettersAreKnown({ whole }: { readonly whole: boolean }): void {
  describe.each(languages)('letters in %s', (language) => {
    const letters = lettersIn(language);
    const typed = (letter: RenderedLetter, place: number) => [
      ...instructionsOf(letter),
      ...(whole ? usual : usual.slice(place % usual.length).slice(0, 1)),
    ];
    const known = (letter: RenderedLetter): KnownText[] => [{ text: letter.text, letter: true }];

    it('show words to be typed back', () => {
      expect(new Set(letters.flatMap(instructionsOf)).size).toBeGreaterThan(10);
    });

    test('each instruction typed back alone is the answer', () => {
      for (const [place, letter] of letters.entries())
        for (const said of typed(letter, place))
          expect(replyText(said, known(letter)), letter.subject).toMatchObject({ newText: said, own: true });
    });

    describe.each(Object.keys(ways))('%s', (way) => {
      const inTurn = Object.keys(ways).indexOf(way) + languages.indexOf(language);
      const quoted = letters
        .filter((_, place) => whole || (place + inTurn) % thirds === 0)
        .map((letter) => ({ letter, quote: ways[way]?.(letter, language) ?? '' }));

      test('each instruction above the quote is the answer', () => {
        for (const [place, { letter, quote }] of quoted.entries())
          for (const said of typed(letter, place)) {
            const text = `${said}\n\n${quote}`;
            expect(replyText(text, known(letter)), text).toMatchObject({ newText: said, own: true });
          }
      });

      test('a sentence above the quote is the answer', () => {
        for (const { letter, quote } of quoted) {
          const text = `${sentences[language]}\n\n${quote}`;
          expect(replyText(text, known(letter)), text).toMatchObject({ newText: sentences[language], own: true });
        }
      });

      test('a sentence and each instruction below the quote are the answer', () => {
        for (const { letter, quote } of quoted)
          for (const said of [sentences[language], 'CLOSE', ...instructionsOf(letter)]) {
            const text = `${quote}\n\n${said}\n`;
            expect(replyText(text, known(letter)), text).toMatchObject({ newText: said, own: true });
          }
      });

      test('a reply that is only the quote stays empty', () => {
        for (const { letter, quote } of quoted) {
          const text = quote;
          expect(replyText(text, known(letter)), text).toMatchObject({ newText: '', own: false });
        }
      });
    });
  });
}
