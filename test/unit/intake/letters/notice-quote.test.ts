import { describe, expect, it } from 'vitest';
import { quoteOf } from '../../../../src/intake/letters/notice-quote.ts';
import { readSaid } from '../../../../src/mail/answers/own-words.ts';
import { renderLetter } from '../../../../src/outbound/rendering/render.ts';
import { play } from '../../../support/world.ts';
import { templates } from '../../outbound/letters.ts';

const none: Parameters<typeof quoteOf>[2] = { confirmations: [], letters: [], pins: [] };
const ofText = (text: string, contact: { phone?: string } | null = null, facts: Partial<typeof none> = {}) =>
  quoteOf(readSaid(text, 'A subject', { answers: false }), contact, { ...none, ...facts });
const beginsOf = (text: string) => ofText(text).begins;

describe('§4.3 the first lines of a mail in a notice', () => {
  it('are five that hold anything, and what is left out is shown', () => {
    expect(beginsOf('Hello,\n\n\nall stands still.\n')).toEqual(['Hello,', 'all stands still.']);
    expect(beginsOf('a1\nb2\nc3\nd4\ne5\nf6\ng7')).toEqual(['a1', 'b2', 'c3', 'd4', 'e5 …']);
    expect(beginsOf('')).toEqual([]);
  });
  it('are 400 characters at the most, and no character is cut in two', () => {
    const [line = ''] = beginsOf('😀'.repeat(900));
    expect(Array.from(line).length).toBe(402);
    expect(line.isWellFormed()).toBe(true);
    expect(beginsOf(`${'x'.repeat(400)}\nmore`)).toEqual([`${'x'.repeat(400)} …`]);
    expect(beginsOf(`${'生産停止'.repeat(99)}\n${'急'.repeat(99)}`)[1]).toBe('急急急急 …');
  });
  it.each([
    ['en', 'The PIN is p7KQ2M9XWY, please open.'],
    ['de', 'Unsere PIN lautet: P7kq2m9xwy'],
    ['fr', 'le code est p7KQ2M9XWY.'],
    ['es', 'PINp7KQ2M9XWY es el nuestro'],
    ['ja', '特権PINはｐ７ＫＱ２Ｍ９ＸＷＹです'],
    ['at the cut', `${'x'.repeat(394)} p7KQ2M9XWY`],
    ['at the end of what is read', `x${' \n'.repeat(3_997)}p7KQ2M9XWY`],
  ])('hold no privileged PIN (%s)', (_, text) => {
    const shown = beginsOf(text).join('\n').normalize('NFKC').toUpperCase();
    expect(shown).not.toMatch(/7KQ2|P7K/);
    expect(shown).not.toBe('');
  });
  it('hold no code where one was made for this mail, not even half of one at the cut', () => {
    const made = { confirmations: [{}] as never };
    for (const text of ['7KQ2-M9XW', 'Code 7kq2 m9xw bitte', `${'x'.repeat(394)} 7KQ2-M9XW`])
      expect(ofText(text, null, made).begins.join().toUpperCase(), text).not.toContain('7KQ2');
    expect(beginsOf('Part 7KQ2-M9XW is broken')).toEqual(['Part 7KQ2-M9XW is broken']);
  });
  it('hold no support PIN that was looked up for them, and leave other numbers alone', () => {
    const pins = [{ pin: '345' }] as never;
    expect(ofText('PIN: 345, ３４５ and 3 4 5\nError 13450 in line 345a', null, { pins }).begins).toEqual([
      'PIN: •••, ••• and •••',
      'Error 13450 in line •••a',
    ]);
    expect(ofText('Error 346 at 10:42').begins).toEqual(['Error 346 at 10:42']);
  });
  it('hold nothing where the person wrote nothing, and no mark that turns text around', () => {
    expect(quoteOf({ newText: 'x', nothingOwn: true, report: {}, pins: [] }, null, none).begins).toEqual([]);
    expect(beginsOf('pay \u202Eexe.fdp\u0007 now\u2028> Phone: 1')).toEqual(['pay exe.fdp now > Phone: 1']);
  });
});

describe('§4.3 the telephone number of the customer', () => {
  const record = { phone: '+44 20 7946 0012' };
  it.each([
    ['Phone: +44 20 7946 0123', '+44 20 7946 0123'],
    ['Telefon: 030 / 5550-12', '030 / 5550-12'],
    ['Téléphone : +33 1 55 50 01 99', '+33 1 55 50 01 99'],
    ['Teléfono: +34 93 555 01 22', '+34 93 555 01 22'],
    ['電話番号：０３－５５５０－０１００', '０３－５５５０－０１００'],
  ])('is that of the line %s', (line, number) => {
    expect(ofText(`Hello\n${line}\n`, record)).toMatchObject({ phone: number, phoneOnRecord: false });
  });
  it('is that on record where the line is missing or names none, else there is none', () => {
    expect(ofText('Hello', record)).toMatchObject({ phone: record.phone, phoneOnRecord: true });
    expect(ofText('Phone: see my signature', record)).toMatchObject({ phone: record.phone, phoneOnRecord: true });
    expect(ofText('Telefon: bekannt', {})).toMatchObject({ phone: null, phoneOnRecord: false });
    expect(ofText('Please call 12 people', null)).toMatchObject({ phone: null, phoneOnRecord: false });
  });
});

describe('§4.3 the notice of a severity 1', () => {
  it.each([
    ['severity-one-in-grace', 'Toda la producción está parada desde las 7.', '+34 93 555 01 22'],
    ['severity-one-at-night-on-24x7', 'Schweregrad', '+49 89 5550 123'],
  ])(
    'holds the first lines, the number and a command, and no link that asks for a token (%s)',
    async (story, words, phone) => {
      const { decision } = await play(story);
      const told = decision.letters.filter(
        (one) => one.template === 'staff-notice' && one.values.kind === 'severity-1-opened',
      );
      expect(told.length).toBeGreaterThan(0);
      for (const letter of told)
        for (const language of ['en', 'de', 'fr', 'es', 'ja']) {
          const { text, html } = renderLetter(templates, letter, [language]);
          for (const part of [text, html]) {
            expect(part).toContain(words);
            expect(part).toContain(phone);
            expect(part).toContain('npx postern case ');
            expect(part).not.toContain('/api/');
          }
          expect(text).toMatch(/^ {2}> /m);
          expect(html).not.toContain('<a ');
        }
    },
  );
  it('shows what a stranger typed as text', () => {
    const letter = {
      template: 'staff-notice',
      values: {
        kind: 'vulnerability-reported',
        mail: '17',
        command: 'npx postern mail show 17',
        from: 'x@y.example',
        siteName: null,
        title: '',
        ...ofText('[click](https://evil.example) <a href="https://evil.example">here</a>\n**Phone on record:** +1 555'),
      },
    } as never;
    const { html, text } = renderLetter(templates, letter, ['en']);
    expect(html).not.toMatch(/<a |<strong>Phone on record/);
    expect(html).toContain('&lt;a href=');
    expect(text).toContain('  > **Phone on record:** +1 555');
  });
});
