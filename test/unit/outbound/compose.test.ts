import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/foundation/failure.ts';
import type { Letter } from '../../../src/outbound/letter.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { compose, from, templates, to } from './letters.ts';

const [sample] = sampleLetters;
if (sample?.template !== 'acknowledgement') throw new Error('the first sample is the acknowledgement');
const acknowledged = (title: string): Letter => ({ ...sample, values: { ...sample.values, title } });

describe('the bytes of a letter', () => {
  it('keep every rule, in every variant and language', async () => {
    for (const letter of sampleLetters) {
      for (const languages of [['de-AT'], ['xx'], ['en', 'de'], Object.keys(templates.letters)]) {
        expect(brokenRules(await compose(letter, languages), { to, from })).toEqual([]);
      }
    }
  });

  it('are the same for the same input', async () => {
    for (const letter of sampleLetters) {
      const [first, second] = [await compose(letter, ['de']), await compose(letter, ['de'])];
      expect(Buffer.compare(first, second)).toBe(0);
    }
  });

  it('carry subject, thread and both parts as they were meant', async () => {
    const parsed = await simpleParser(Buffer.from(await compose(acknowledged('Größe stimmt nicht 数'), ['de'])));
    expect(parsed.subject).toBe('Re: Größe stimmt nicht 数 [Case 100042]');
    expect(parsed.inReplyTo).toBe('<a@aldous.example>');
    expect(parsed.references).toEqual(['<z@aldous.example>', '<a@aldous.example>']);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
    expect(parsed.headers.get('content-language')).toBe('de');
    expect(parsed.text).toContain('Fall 100042: Größe stimmt nicht 数');
    expect(parsed.html).toContain('Größe stimmt nicht 数');
  });

  it('carry what is attached behind both parts, byte by byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 31) % 256));
    const attachments = [
      { filename: 'ends.ics', type: 'text/calendar; method=PUBLISH; charset=utf-8', bytes },
      { filename: 'licences-1000345.csv', type: 'text/csv; charset=utf-8', bytes: Buffer.from('a,b\r\n') },
    ];
    const raw = await compose(acknowledged('x'), ['en'], { attachments });
    expect(brokenRules(raw, { to, from, attachments: 2 })).toEqual([]);
    expect(brokenRules(raw, { to, from, attachments: 1 })).not.toEqual([]);
    expect(Buffer.compare(raw, await compose(acknowledged('x'), ['en'], { attachments }))).toBe(0);
    const parsed = await simpleParser(Buffer.from(raw));
    expect(parsed.text).toContain('Case 100042: x');
    expect(parsed.html).toContain('Case 100042');
    const [calendar, list] = parsed.attachments;
    expect([calendar?.filename, calendar?.contentType]).toEqual(['ends.ics', 'text/calendar']);
    expect(Buffer.compare(calendar?.content ?? Buffer.alloc(0), bytes)).toBe(0);
    expect([list?.filename, list?.content.toString()]).toEqual(['licences-1000345.csv', 'a,b\r\n']);
  });

  it('let nothing that a customer wrote into the header, whatever it is', async () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('\r\n', '\n', '\0', '\u2028', 'Bcc: x@evil.example', ' ', '=?utf-8?q?', '?=', 'é', ':'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (title, id) => {
        const answers = { messageId: `<${id}@x>`, references: [`<${id}>`, id, '<ok@x>'] };
        const raw = await compose(acknowledged(title), ['en'], { answers });
        expect(brokenRules(raw, { to, from })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('are not made for an address, Message-ID or boundary that is not plain', async () => {
    for (const more of [
      { to: 'ada@aldous.example\r\nBcc: x@evil.example' },
      { to: 'ada@aldous.example, x@evil.example' },
      { from: { name: 'Desk', address: 'desk' } },
      { messageId: '<a b@c>' },
      { boundary: 'a\r\nb' },
      { attachments: [{ filename: 'a\r\nb', type: 'text/csv', bytes: Buffer.from('x') }] },
      { attachments: [{ filename: 'a.csv', type: 'text/csv\r\nX: y', bytes: Buffer.from('x') }] },
    ]) {
      const failure = await compose(acknowledged('x'), ['en'], more).catch((error: unknown) => error);
      expect(isFailure(failure, 'bad-input')).toBe(true);
    }
  });

  it('hold a name of ours that needs quoting', async () => {
    const raw = await compose(acknowledged('x'), ['en'], { from: { name: 'Größe, "Desk"\r\nX: y', address: from } });
    expect(brokenRules(raw, { to, from })).toEqual([]);
    expect((await simpleParser(Buffer.from(raw))).from?.value).toEqual([{ name: 'Größe, "Desk" X: y', address: from }]);
  });
});

describe('the checker', () => {
  const changed = async (change: (text: string) => string) => {
    const text = Buffer.from(await compose(acknowledged('x'))).toString('latin1');
    return brokenRules(Buffer.from(change(text), 'latin1'), { to, from });
  };
  it.each([
    ['a bare line feed', (text: string) => text.replace('\r\n', '\n'), 'a line does not end with CR LF'],
    ['a strange header', (text: string) => `Bcc: x@evil.example\r\n${text}`, 'bcc is not one of our headers'],
    ['a second To', (text: string) => `To: x@evil.example\r\n${text}`, 'to is there 2 times'],
    [
      'another recipient',
      (text: string) => text.replace(`To: ${to}`, `To: ${to}, x@evil.example`),
      'To is not the one',
    ],
    [
      'no Auto-Submitted',
      (text: string) => text.replace(/Auto-Submitted: .*\r\n/, ''),
      'auto-submitted is there 0 times',
    ],
    ['a long line', (text: string) => `${text}${'x'.repeat(999)}\r\n`, 'longer than 998'],
    ['no loop mark', (text: string) => text.replace(/X-Postern-Loop: .*\r\n/, ''), 'x-postern-loop is there 0 times'],
    ['no text part', (text: string) => text.replace('text/plain', 'text/richtext'), 'its parts are not'],
    ['a foreign Message-ID', (text: string) => text.replace('<pst.', '<xst.'), 'Message-ID is not one of ours'],
  ])('notices %s', async (_, change, rule) => {
    expect((await changed(change)).join('\n')).toContain(rule);
  });
});
