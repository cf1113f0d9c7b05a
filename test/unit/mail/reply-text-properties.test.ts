import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replyText } from '../../../src/mail/reply-text/reply-text.ts';

const word = fc.constantFrom(
  'pump',
  'läuft',
  'ошибка',
  '泵',
  'From',
  'On',
  'wrote',
  'Sent',
  '2024',
  '9:15',
  'a@b.org',
  'Re:',
  '--x',
);
const line = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => `The ${words.join(' ')} fails.`);
const paragraphs = fc.array(
  fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const written = paragraphs.map((all) => all.join('\n\n'));
const quote = fc.constantFrom(
  '\n\nOn Mon, Mar 4, 2024 at 9:15 AM Anna Berg <anna@example.com> wrote:\n\n> Which pump?\n> The third?\n',
  '\n\nAm 04.03.24 um 09:15 schrieb Anna Berg:\n> Which pump?\n',
  '\n\n-----Original Message-----\nFrom: Anna\nSent: Monday\nTo: Bo\nSubject: Pump\n\nWhich pump?\n',
  '\n\nFrom: Anna <anna@example.com>\nSent: Monday\nTo: Bo\nSubject: Pump\n\nWhich pump?\n',
);
const signature = fc.constantFrom('', '\n\n-- \nAnna Berg\nExample GmbH', '\n\nSent from my iPhone');
const anything = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 40, unit: 'grapheme' }),
      line,
      fc.constantFrom(
        '',
        '-- ',
        '--',
        '___',
        '> x',
        '>',
        '| x',
        '```',
        'Sent from my iPhone',
        'Regards,',
        'Anna',
        '+49 30 123456',
      ),
      fc.constantFrom(
        'On 1.1.2024 10:00 a@b.org wrote:',
        'From: a@b.org',
        'To: b',
        'Subject: c',
        'Begin forwarded message:',
        '<',
      ),
    ),
    { maxLength: 30 },
  )
  .map((lines) => lines.join('\n'));

describe('new text, whatever the mail', () => {
  test('is what was written above a quote, to the letter', () => {
    fc.assert(
      fc.property(written, signature, quote, (own, below, old) => {
        expect(replyText(own + below + old)).toMatchObject({ newText: own, own: true });
      }),
    );
  });

  test('is never empty where a line of the person stands anywhere outside a quote', () => {
    fc.assert(
      fc.property(anything, line, anything, (above, own, below) => {
        // A time or year and the word, right above what is quoted or forwarded, is how a quote is introduced.
        fc.pre(!(/9:15|2024/.test(own) && own.includes('wrote')));
        expect(replyText(`${above}\n\n${own}\n\n${below}`).newText).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  test('is the same when it is read again', () => {
    fc.assert(
      fc.property(written, signature, quote, (own, below, old) => {
        const once = replyText(own + below + old).newText;
        expect(replyText(once).newText).toBe(once);
      }),
    );
  });

  test('holds only lines of the mail, in their order', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const lines = text.split(/\r\n?|\n/).map((one) => one.trim());
        let at = -1;
        for (const one of replyText(text).newText.split('\n')) {
          if (one.trim() === '') continue;
          at = lines.findIndex((have, i) => i > at && plain(have) === plain(one));
          expect(at).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const plain = (text: string): string => text.replace(/[\s\u200B\uFEFF]+/gu, ' ').trim();

const hostile: readonly (readonly [string, string])[] = [
  ['one letter', 'a'],
  ['blanks', ' '],
  ['line feeds', '\n'],
  ['quote marks', '> '],
  ['quoted blank lines', '>\n'],
  ['openers', 'On\n'],
  ['openers with dates', 'On 1.1.2024 10:00\n'],
  ['halves of a header line', 'On 1.1.2024 10:00 <\n'],
  ['colons', 'a:\n'],
  ['brackets', '<'],
  ['addresses', 'a@'],
  ['labels', 'From:\n'],
  ['half a copied header', 'From: a\nSent: b\n\n'],
  ['rules', '---\n'],
  ['marks of signatures', '-- \n\n\n\n'],
  ['telephones', 'Sent from my iPhone\n'],
  ['telephones and quotes in turn', 'Sent from my iPhone\nOn 1.1.2024 10:00 a@b.org wrote:\n> x\n'],
  ['formulas', 'Regards,\nAnna\n'],
  ['fences', '```\n'],
  ['dashes', '-----Original'],
  ['links', 'http://'],
  ['dates in a row', '1.1.2024 '],
  ['marks of trackers', '\u1427\n'],
  ['pictures', '[image: x]\n'],
  ['halves of pictures', '[image: '],
  ['attributions with a zone', '2016-03-03 17:21 GMT+01:00 Some One\n\n'],
  ['attributions that run on', 'On 1.1.2024 10:00 a@b.org wrote:   x\n'],
  ['heads of GroupWise', '>>> a 1:00 >>>\n'],
  ['a name and a telephone', 'Anna Berg\n+49 30 123456\nwww.example.com\n\n'],
];

/** Of the processor, and the least of three: the machine does other things too. */
function milliseconds(text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const start = process.cpuUsage();
    replyText(text);
    least = Math.min(least, process.cpuUsage(start).user / 1000);
  }
  return least;
}

describe('hostile text', () => {
  test.each(hostile)('%s take time by their length only', (_name, unit) => {
    const once = unit.repeat(Math.ceil(60_000 / unit.length));
    // What takes no time at all has no ratio worth knowing.
    const slack = 5;
    expect(milliseconds(once.repeat(4))).toBeLessThan(4 * 2.5 * (milliseconds(once) + slack));
  });
});
