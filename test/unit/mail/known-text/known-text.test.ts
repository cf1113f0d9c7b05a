/** What quotes us is known to us (MAIL.md §2). Every letter in every way that mail programs quote: long/known-text.test.ts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KnownText } from '../../../../src/mail/known-text/known-text.ts';
import { replyText } from '../../../../src/mail/reply-text/reply-text.ts';
import { attribution, lettersAreKnown, lettersIn, marked, outlook } from '../../../support/mails/known-letters.ts';
import { wrapped } from '../../../support/mails/quoting.ts';

lettersAreKnown({ whole: false });

const contacts = `Hello,

These are the contacts of Aldous Robotics on record. Please check them, and reply to this message with the list as it should be.

Contacts:

- KEEP Ada Byron, ada@aldous.example, primary contact
- KEEP Max Ernst, max@aldous.example, authorized user
- KEEP Lise Keller, keys@aldous.example, licence user
- KEEP Paul Visser, paul@contractor.example, provisional caller

Write REMOVE in place of KEEP for everybody who has left, and put new people below the last line.

Kind regards
Your support team
`;

const german = `Guten Tag,

damit wir schneller helfen können, fehlen uns noch einige Angaben. Bitte antworten Sie auf diese Nachricht mit:

- dem Produkt
- seiner Version
- dem Betriebssystem und dessen Version
- ob es jedes Mal auftritt und wie es sich herbeiführen lässt

Um etwas hinzuzufügen, antworten Sie einfach auf diese Nachricht.

Mit freundlichen Grüßen
Ihr Support-Team
`;

const question = `Hello,

Somebody who is not on our records has written to us about Aldous Robotics. Please tell us whether we may let this person in.

  S17: nora@elsewhere.example
  About: Pump stopped

Reply to this message with one of these lines:

- YES S17: the person is registered as an authorized user, and the case is opened
- NO S17: the message is refused, and the person is not told

One line for each person is enough. The first answer from your site counts.

Kind regards
Your support team
`;

const letterText = (text: string): KnownText[] => [{ text, letter: true }];
const marks: Readonly<Record<string, (text: string) => string>> = {
  'in a marked quote': (text) => `${attribution.en}\n\n${marked(text, '> ')}`,
  'in a quote marked twice': (text) => marked(`${attribution.en}\n${marked(text, '> ')}`, '> '),
  'below a copied header': (text) => `${outlook.de}\n\n${text}`,
  bare: (text) => text,
  'set in': (text) => marked(text, '      '),
};

describe.each(Object.keys(marks))('a list of ours that was edited where it stands, %s', (way) => {
  const read = (edited: string, from: string, above = '') =>
    replyText(`${above}${marks[way]?.(edited) ?? ''}`, letterText(from));

  test('of it the lines that differ are new', () => {
    const edited = contacts
      .replace('- KEEP Max Ernst', '- REMOVE Max Ernst')
      .replace('provisional caller\n', 'provisional caller\n- ADD Nora Blum, nora@aldous.example, authorized user\n');
    expect(read(edited, contacts)).toMatchObject({
      newText:
        '- REMOVE Max Ernst, max@aldous.example, authorized user\n\n- ADD Nora Blum, nora@aldous.example, authorized user',
      own: true,
    });
  });

  test('what stands above the list is new as well', () => {
    const edited = contacts.replace('- KEEP Lise Keller', '- REMOVE Lise Keller');
    expect(read(edited, contacts, 'Done, see below.\n\n').newText).toBe(
      'Done, see below.\n\n- REMOVE Lise Keller, keys@aldous.example, licence user',
    );
  });

  test('points that were filled in are new', () => {
    const edited = german
      .replace('- dem Produkt', '- dem Produkt: Vault')
      .replace('- seiner Version', '- seiner Version: 5.2')
      .replace('dessen Version\n', 'dessen Version: Debian 12\n');
    expect(
      read(edited, german)
        .newText.split('\n')
        .filter((line) => line !== ''),
    ).toEqual(['- dem Produkt: Vault', '- seiner Version: 5.2', '- dem Betriebssystem und dessen Version: Debian 12']);
  });

  test('of several lines the one that was left and cut short is new', () => {
    const edited = question.replace(/- YES[^\n]*\n- NO[^\n]*\n/, '- YES S17\n');
    expect(read(edited, question).newText).toBe('- YES S17');
  });

  test('a fact that was changed is new', () => {
    const ack = lettersIn('en').find((one) => /^ {2}Severity: 3/m.test(one.text))?.text ?? '';
    const edited = ack.replace(/^( {2}Severity: )3.*$/m, '$12');
    expect(read(edited, ack).newText.trim()).toBe('Severity: 2');
  });

  test('a list that nobody has touched is a quote', () => {
    for (const text of [contacts, german, question])
      expect(read(text, text), text).toMatchObject({ newText: '', own: false });
  });
});

describe('answers between lines of ours', () => {
  test('are new below a copied header, where no mark tells them', () => {
    const text = question.replace('let this person in.\n', 'let this person in.\n\nYes, that is my new colleague!\n');
    expect(replyText(`${outlook.fr}\n\n${text}`, letterText(question))).toMatchObject({
      newText: 'Yes, that is my new colleague!',
      own: true,
    });
  });
  test('are new below a bare quote', () => {
    const text = german.replace('- dem Produkt\n', '- dem Produkt\nDas ist Vault Express.\n');
    expect(replyText(text, letterText(german)).newText).toBe('Das ist Vault Express.');
  });
  test('are new at the end of the line they answer, in a marked quote too', () => {
    const asks =
      'Hello,\n\nIt came without your support PIN.\n\nPlease reply to this message with your PIN in the first line.\n\nKind regards\n';
    for (const mark of ['> ', '>> ', ''])
      expect(
        replyText(marked(asks.replace('first line.', 'first line. 345'), mark), letterText(asks)).newText.trim(),
      ).toBe('Please reply to this message with your PIN in the first line. 345');
  });
  test('are kept at both ends of a line of an earlier mail', () => {
    const known = [
      { text: 'The pump in the second hall stops after ten minutes, and nobody knows why.', letter: false },
    ];
    const text = 'No: the pump in the second hall stops after ten minutes, and nobody knows why. Still!';
    expect(replyText(`Hi\n\n${text}`, known).newText).toContain(text);
  });
  test('bullets of Outlook are none', () => {
    const list = contacts.replace(/^- /gm, 'o   ');
    expect(replyText(list, letterText(contacts))).toMatchObject({ newText: '', own: false });
    expect(replyText(list.replace('KEEP Max', 'REMOVE Max'), letterText(contacts)).newText).toContain('REMOVE Max');
  });
  test('are new at the end of the line they answer', () => {
    const text = german.replace('einige Angaben.', 'einige Angaben. Nein, die haben wir schon am Montag geschickt!');
    expect(replyText(text, letterText(german)).newText).toContain('Nein, die haben wir schon am Montag geschickt!');
  });
});

describe('below a copied header, with nothing above it', () => {
  test('an answer below our letter is the person’s', () => {
    const text = `${outlook.es}\n\n${question}\n\nYES S17\n\n-- \nAda`;
    expect(replyText(text, letterText(question))).toMatchObject({ newText: 'YES S17', own: true });
  });
  test('a warning above it is kept, and nothing is read from it', () => {
    const warning =
      'CAUTION: This message came from outside of the organisation. Reply with YES only if you know the sender.';
    const text = `${outlook.en}\n\n${warning}\n\n${question}`;
    expect(replyText(text, letterText(question))).toMatchObject({ newText: warning, own: false });
    expect(replyText(`NO S17\n\n${text}`, letterText(question))).toMatchObject({ newText: 'NO S17', own: true });
  });
  test('what stands below it of an older mail is no answer', () => {
    const text = `${outlook.en}\n\n${question}\n\n${outlook.de}\n\nBitte schließen.`;
    expect(replyText(text, letterText(question))).toMatchObject({ newText: '', own: false });
  });
});

describe('three short lines of ours', () => {
  const status =
    'Hello,\n\n  Case 100042: Pump\n  Severity: 3 (minimal)\n  Status: open\n\nKind regards\nYour support team\n';
  const facts = ['Case 100042: Pump', 'Severity: 3 (minimal)', 'Status: open'];
  test('are a quote, of however few words', () => {
    expect(replyText(`Is that right?\n\n${facts.join('\n')}`, letterText(status)).newText).toBe('Is that right?');
  });
  test('are none where there are two of them', () => {
    const said = `Is that right?\n\n${facts.slice(0, 2).join('\n')}`;
    expect(replyText(said, letterText(status)).newText).toBe(said);
  });
});

describe('a phrase of ours in the person’s own line', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['English', 'The list as it should be is below, reply to this message if not.', contacts],
    ['English, much of it', 'You say one line for each person is enough, so here it is.', question],
    ['German', 'Ja, ob es jedes Mal auftritt und wie, das wüssten wir auch gern.', german],
    ['German, at the end', 'Bitte noch einmal lesen, dann fehlen uns noch einige Angaben', german],
  ];
  test.each(cases)('%s', (_name, said, letter) => {
    for (const quote of [letter, marked(letter, '> '), wrapped(letter, 50)]) {
      expect(replyText(`${said}\n\n${quote}`, letterText(letter))).toMatchObject({ newText: said, own: true });
      expect(replyText(`${quote}\n\n${said}`, letterText(letter))).toMatchObject({ newText: said, own: true });
    }
  });
});

describe('what is no quote of ours', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a few words of ours', 'Thank you for your message. Please tell us whether you can call back.'],
    [
      'one sentence of ours within another',
      'You wrote: "The first answer from your site counts." But nobody asked me.',
    ],
    ['a greeting and a farewell', 'Hello,\n\nit works again.\n\nKind regards'],
    ['the same words in another order', 'The case is opened, and the person is registered as an authorized user?'],
    [
      'a point of the list that was copied',
      'YES S17: the person is registered as an authorized user, and the case is opened',
    ],
    ['its word alone', 'YES S17'],
    ['German', 'Ja, das Produkt ist Vault, seine Version 5.2, das Betriebssystem Debian.'],
    ['Japanese', 'はい、その人は当社の新しい社員です。'],
  ];
  test.each(cases)('%s', (_name, text) => {
    const known = [question, german, contacts].map((one) => ({ text: one, letter: true }));
    expect(replyText(text, known)).toMatchObject({ newText: text, own: true });
  });

  test('a point of the list above the whole letter', () => {
    const said = 'NO S17: the message is refused, and the person is not told';
    for (const quote of [marked(question, '> '), question, wrapped(question, 50)])
      expect(replyText(`${said}\n\n${quote}`, letterText(question))).toMatchObject({ newText: said, own: true });
  });

  test('a mail of the case that somebody sends again', () => {
    const text =
      'The printer in the hall still does not print since this morning. Please call me back as soon as you can.';
    expect(replyText(text, [{ text, letter: false }])).toMatchObject({ newText: text, own: true });
    expect(replyText(`Again:\n\n${text}`, [{ text, letter: false }]).newText).toContain('Again:');
  });
});

describe('what the person wrote, wherever it stands in our letter', () => {
  const own = fc
    .array(fc.constantFrom('Pumpe', 'zéro', 'qwertz', '壊れた', 'сломано', 'kaputt', '17', 'ärgerlich'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((words) => `${words.join(' ')} xyz`);
  const layout = fc.constantFrom(...Object.values(marks));
  const letter = fc.constantFrom(contacts, german, question);

  test('is never lost', () => {
    fc.assert(
      fc.property(own, letter, layout, fc.nat(), (said, text, lay, place) => {
        const lines = lay(text).split('\n');
        lines.splice(place % (lines.length + 1), 0, '', said, '');
        const { newText } = replyText(lines.join('\n'), letterText(text));
        // Within the copied header it is the header's.
        const at = place % (lines.length - 2);
        if (!/^(?:Von|Gesendet|An|Betreff):/.test(lines[at + 3] ?? ''))
          expect(newText, lines.join('\n')).toContain(said);
      }),
      { numRuns: 400 },
    );
  });

  test('and nothing else is new', () => {
    fc.assert(
      fc.property(own, letter, layout, (said, text, lay) => {
        expect(replyText(`${said}\n\n${lay(text)}`, letterText(text)).newText).toBe(said);
      }),
    );
  });
});

describe('hostile text', () => {
  const unit = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen\n';
  const hostile: readonly (readonly [string, string, string])[] = [
    ['our letter again and again', question, question],
    ['one word', 'we ', 'we '.repeat(5000)],
    ['one word a line', 'we\n', 'we\n'.repeat(5000)],
    ['a line of ours and blanks', `${unit}\n\n\n`, unit.repeat(100)],
    ['lines of ours backwards', unit.split(' ').toReversed().join(' '), unit.repeat(200)],
    ['points of a list', '- KEEP a b c\n', '- KEEP a b c\n'.repeat(1000)],
    ['Japanese', 'このメールに', 'このメールに'.repeat(2000)],
    ['marks', '> we have\n\n', 'we have opened a case\n'.repeat(500)],
    ['cut points', '- YES S17: the person\n', question.repeat(10)],
  ];
  test.each(hostile)('%s takes time by its length only', (_name, piece, source) => {
    const known = Array.from({ length: 20 }, () => ({ text: source, letter: true }));
    const time = (length: number) => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 3; i++) {
        const start = process.cpuUsage();
        replyText(text, known);
        least = Math.min(least, process.cpuUsage(start).user / 1000);
      }
      return least;
    };
    expect(time(200_000)).toBeLessThan(4 * 2.5 * (time(50_000) + 10));
  });
});
