import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answeredNumbers,
  besidePin,
  findPinAlone,
  findPins,
  numberAlone,
  type PinCandidate,
} from '../../../../src/mail/pin-reader/pin-reader.ts';
import { titleOf } from '../../../../src/mail/subject/subject.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const digits = (found: readonly PinCandidate[]) => found.map((one) => one.digits);
const inText = (newText: string) => digits(besidePin({ subject: '', newText }));
const answered = (newText: string, subject = 'Re: Printing') => digits(answeredNumbers({ subject, newText }));

describe('a strict form', () => {
  it.each([
    ...[
      'Pin-Nr. 4711',
      'PIN-Nummer: 4711',
      'PINnummer 4711',
      'Support-PIN: 4711',
      'Supportpin 4711',
      'Kunden-PIN 4711',
    ],
    ...['unsere PIN lautet 4711.', 'Unsere PIN ist die 4711', 'PIN ist: 4711', 'Pincode: 4711', 'PIN Nr.: 4711'],
    ...[
      'PIN number 4711',
      'PIN code: 4711',
      'PIN code 4711',
      'PIN_4711',
      'our PIN is 4711',
      'PIN #: 4711',
      'PIN (4711) x',
    ],
    ...['PIN No.: 4711 - down', 'PIN 4711!', 'PIN 4711? Is that right?', 'PIN for our support: 4711', '“PIN: 4711!” x'],
    ...[
      'Notre code PIN est le 4711.',
      'Code PIN d’assistance : 4711',
      "code PIN d'assistance 4711",
      'N° de PIN : 4711',
    ],
    ...[
      'numéro de PIN 4711',
      'PIN n°4711',
      'PIN : 4711',
      'PIN número 4711',
      'El PIN: 4711 pantalla',
      'PIN de soporte: 4711',
    ],
    ...[
      'Nuestro PIN es el 4711',
      'Mi PIN es 4711, gracias',
      'PIN nº 4711',
      'PIN N.º 4711',
      'PIN Núm. 4711',
      'PIN client : 4711',
      'PIN código 4711',
      'PINは4711です。',
    ],
    ...[
      'PINは、4711です',
      'PIN番号：４７１１',
      'PINコード4711',
      'ピン番号は4711です',
      '「PIN 4711」の件',
      'サポート PIN 4711',
      'PIN4711のプリンタ',
    ],
    ...[
      'PIN번호: 4711',
      'PIN号码：4711',
      '【PIN 4711】印刷',
      'PIN 4711—printing',
      'PIN\u2009:\u00a04711',
      'ＰＩＮ＿４７１１',
    ],
  ])('is %j', (subject) => expect(findPins(subject)).toEqual(['4711']));

  it.each([
    ...[
      'PIN pad 4711',
      'PIN pads: 4711',
      'PIN error 4711',
      'pinpad 4711',
      '8-pin 4711',
      'PIN for Office 365',
      'PIN version 4711',
    ],
    ...['shipping 4711', 'Crispin 4711', 'Opinion: 4711', 'PINs: 4711', 'spin: 4711', 'my_PIN_4711', 'PIN isn’t 4711'],
    ...[
      'PIN 2024-05 release',
      'PIN 2024.05',
      'PIN 10:300',
      'PIN 4711.2',
      'PIN 4711/12',
      'PIN 4711%',
      'PIN 4711abc',
      'PIN 4711_x',
    ],
    ...[
      'PIN 2024年版',
      'PIN +49 30 4711',
      'PIN no es 4711',
      'lost PIN, call 4711',
      'PIN problem seit 2024',
      'ショッピング 4711',
    ],
    ...[
      'PIN-Pad 4711',
      'PIN oublié le 4711',
      'PIN mit 4711',
      'PIN falsch: 4711',
      'PIN olvidado 4711',
      'PINを4711回入力',
      'PIN',
    ],
    ...[
      'PIN 12',
      'PIN 12345678901',
      'PIN 4711-12',
      'PIN: x4711',
      'epin 4711',
      'pin.4711',
      'pin-4711.example',
      'PIN 4711.pdf',
    ],
  ])('is none: %j', (subject) => expect(findPins(subject)).toEqual([]));

  it('is read whatever stands between word and digits, and in front', () => {
    const lead = fc.constantFrom('', 'Re: ', 'AW: WG: ', 'Broken - ', '至急: ', '[EXT] ', 'Urgent! ', 'Störung, ');
    const label = fc.constantFrom(
      'PIN ',
      'pin:',
      'Pin-Nr. ',
      'PIN-Nummer: ',
      'Our PIN is ',
      'PIN番号',
      'PINは',
      'PIN número ',
    );
    const end = fc.constantFrom(
      '',
      ' ',
      ': x',
      '. x',
      ', x',
      '; x',
      '!',
      '?',
      ') x',
      '] x',
      'です',
      '의',
      ' - x',
      '-x',
    );
    fc.assert(
      fc.property(lead, label, fc.stringMatching(/^[0-9]{3,10}$/), end, (before, word, pin, after) => {
        expect(findPins(`${before}${word}${pin}${after}`)).toEqual([pin]);
        expect(titleOf(`${before}${word}${pin}${after}`, '')).not.toContain(pin);
      }),
    );
  });

  it('needs the word PIN, by itself', () => {
    const letters = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(letters, letters, fc.stringMatching(/^[0-9]{3,10}$/), (a, b, number) => {
        for (const text of [`${a}pin ${number}`, `pin${b} ${number}`, `${a} ${number} ${b}`])
          if (
            !/(?:support|kunden|service)pin|pin(?:no|nr|num|number|nummer|id|code|kode)/.test(text) &&
            !/\bpin\b/.test(text)
          )
            expect(findPins(text)).toEqual([]);
      }),
    );
  });

  it('costs no more than its length, whatever is written', () => {
    const hostile = [
      'PIN ',
      'PIN no. ',
      'pin de la ',
      'our ',
      '1 ',
      '+1 ',
      '12-',
      'ピン番号',
      'code ',
      "d'",
      '((((',
      'PIN 345 ',
    ];
    for (const piece of hostile) {
      const text = piece.repeat(200_000 / piece.length);
      const started = cpuTime();
      findPins(text.slice(0, 998));
      besidePin({ subject: text.slice(0, 998), newText: text });
      answeredNumbers({ subject: text.slice(0, 998), newText: text });
      titleOf(text.slice(0, 998), text, '345');
      expect(cpuTime() - started, piece).toBeLessThan(1_000);
    }
  });

  it('stands alone on the first line with the words that belong to it', () => {
    for (const line of [
      'PIN 345',
      'Our PIN is 345.',
      'Unsere PIN lautet 345',
      'Notre code PIN est le 345.',
      'El PIN: 345',
      'PINは345です。',
    ])
      expect(findPinAlone(`\n${line}\nIt stopped`), line).toBe('345');
    for (const line of [
      'Hello, our PIN is 345.',
      'PIN 345 and 346',
      '345',
      'We changed our PIN 345',
      'PIN 345 PIN 346',
    ])
      expect(findPinAlone(line), line).toBeNull();
  });
});

describe('the title', () => {
  it.each([
    ['Support PIN 0345 - printing', 'Printing'],
    ['El PIN: 7003 pantalla', 'pantalla'],
    ['Our PIN is 345 - printing', 'Printing'],
    ['Drucker mit PIN 345 defekt', 'Drucker defekt'],
    ['Kunden-PIN: 4711 Drucker', 'Drucker'],
    ['Imprimante en panne (notre PIN : 345)', 'Imprimante en panne'],
    ['Mi PIN es el 345, no imprime', 'no imprime'],
    ['サポート PIN 345 印刷できない', '印刷できない'],
    ['PINは345です。プリンタの故障', 'プリンタの故障'],
    ['「PIN 345」の件', 'First words'],
    ['PIN 345 / no login', 'no login'],
    ['お客様PIN：345 印刷', '印刷'],
    ['PIN 345!', 'First words'],
    ['Our PIN is 345.', 'First words'],
    ['Problem with our PIN 345', 'Problem'],
    ['PIN 345 – Urgent: no login', 'Urgent: no login'],
  ])('of %j is %j', (subject, title) => expect(titleOf(subject, 'PIN 345\nFirst words')).toBe(title));
  it.each([
    ['345, PIN', 'First words'],
    ['345, PIN - printing', 'printing'],
    ['Our PIN for this is 345', 'First words'],
    ['PIN pad 345 broken', 'PIN pad broken'],
    ['PIN "345" printing', 'printing'],
    ['Printing (345 is our PIN)', 'Printing'],
  ])('of %j is %j where it was found who has it', (subject, title) =>
    expect(titleOf(subject, 'First words', '345')).toBe(title),
  );
});

describe('beside the word PIN', () => {
  it.each([
    ['345, PIN', ['345']],
    ['our PIN for this is 345', ['345']],
    ['345 ist unsere PIN', ['345']],
    ['Das mit der PIN wäre dann 345', ['345']],
    ['Le PIN du contrat serait 345', ['345']],
    ['El PIN que tenemos es 345', ['345']],
    ['弊社のPIN番号はこちらです：345', ['345']],
    ['PIN:\n345', ['345']],
    ['Hello,\nthe printer is down.\nOur PIN is 345.\nKim', ['345']],
    ['My PIN, I believe, is 345', ['345']],
    ['PIN for Office 365', ['365']],
    ['PIN: 345 or 346', ['345', '346']],
  ])('%j: %j', (text, found) => expect(inText(text)).toEqual(found));
  it.each([
    'PIN of the card that I got last year 345',
    'spin 345',
    'PIN +49 30 345 67',
    'PIN, Tel. 030 345',
    'PIN, ext. 345',
    'PIN since May 2024',
    'PIN seit 12.05.2024',
    'PIN depuis 2024-05',
    'PIN at 1430 h',
    'PIN um 1430 Uhr',
    'PIN 2024年5月',
    'PIN in version 345',
    'PIN v345',
    'PIN バージョン 345',
    'PIN https://x.example/a/345',
    'PIN user345@x.example',
    'PIN 1,345',
    'PIN kostet 345 €',
    'PIN [Case 100042]',
    'PIN case 100042',
    'PIN order 4711',
    'PIN Rechnung 4711',
    'pin-345.example.org/x',
  ])('is none in %j', (text) => expect(inText(text)).toEqual([]));
  it('is labelled, or alone on its line, or neither', () => {
    const clear = (newText: string) => besidePin({ subject: '', newText }).map((one) => one.clear);
    expect([
      clear('Our PIN is 345.'),
      clear('The PIN:\n345\n'),
      clear('345, PIN'),
      clear('PIN here should be 345'),
    ]).toEqual([[true], [true], [false], [false]]);
  });
  it('is in the subject too, and never in what may be a quote', () => {
    expect(digits(besidePin({ subject: '345, PIN', newText: '' }))).toEqual(['345']);
    expect(besidePin({ subject: '', newText: '345, PIN', nothingOwn: true })).toEqual([]);
  });
  it('is too long or too short, and all the same meant for a PIN', () => {
    expect([inText('Our PIN is 12.'), inText('PIN: 12'), inText('PIN 123456789012')]).toEqual([
      ['12'],
      ['12'],
      ['123456789012'],
    ]);
    expect([inText('Pin 5 is bent'), inText('PINs: 3'), inText('PIN 2024-05')]).toEqual([[], [], []]);
  });
  it('is ten numbers at most', () => {
    expect(inText(Array.from({ length: 40 }, (_, n) => `PIN ${1000 + n}`).join('\n'))).toHaveLength(10);
  });
});

describe('an answer to our question', () => {
  it.each([
    ...[
      'It is 2301',
      'Sorry! It is 2301.',
      '2301 - sorry!',
      '#2301',
      'It’s 2301, thanks!',
      'Here you go:2301',
      '*2301*',
      '"2301"',
    ],
    ...[
      'Es ist die 2301.',
      'das wäre die 2301',
      'Entschuldigung, 2301!',
      'Nr.2301',
      'c’est 2301',
      'Voici : 2301',
      'Le 2301, merci !',
    ],
    ...[
      'Hola, es el 2301. Gracias.',
      'es 2301, gracias',
      'N.º 2301',
      '２３０１',
      '2301です',
      'PINは2301です。',
      '2301でお願いします',
    ],
    ...[
      'お世話になっております。2301 です。',
      'PIN\n2301',
      'Hello\n\n\nKim\n\n2301',
      '2301 - 3 printers are down',
      '<2301>',
      '1) 2301',
    ],
  ])('has its number in %j', (text) => expect(answered(text)).toEqual(['2301']));
  it.each([
    ...[
      '+44 20 7946 2301',
      'Tel. 2301',
      'call (555) 2301',
      '0171 / 2301',
      'Durchwahl 2301',
      'poste 2301',
      '内線2301',
      'ext. 2301',
    ],
    ...[
      '12.05.2301',
      '2301-05-12',
      '12/2301',
      '5. Mai 2301',
      'mayo de 2301',
      '2301年',
      'May 12, 2301',
      '23:010',
      '2301 Uhr',
    ],
    ...[
      'version 2301',
      'v2301',
      'build 2301',
      '10.2301',
      '2301.4',
      'https://x.example/2301',
      'a2301',
      'X-2301',
      '€2301',
      '2301 €',
    ],
    ...['x@2301.example', 'Case 2301', 'Hauptstraße 2301', 'Fall 2301', '12345678901', '12', ''],
  ])('has none in %j', (text) => expect(answered(text)).toEqual([]));
  it('has it in the first ten lines that hold something', () => {
    const lines = (n: number) => Array.from({ length: n }, () => 'A line.\n').join('\n');
    expect(answered(`${lines(9)}2301`)).toEqual(['2301']);
    expect(answered(`${lines(10)}2301`)).toEqual([]);
  });
  it('may be the whole subject, and is not a number of a subject that says more', () => {
    expect(answered('', 'Re: x 2301')).toEqual([]);
    expect(answered('', '2301')).toEqual(['2301']);
    expect(answered('', 'PIN 2301')).toEqual(['2301']);
  });
  it('is never out of a quote, and ten numbers at most', () => {
    expect(answeredNumbers({ subject: 'Re: x', newText: '2301', nothingOwn: true })).toEqual([]);
    expect(answered(Array.from({ length: 30 }, (_, n) => `${1000 + n},`).join(' '))).toHaveLength(10);
  });
  it('has every number that stands in it alone, whatever words are around', () => {
    const words = fc.array(fc.constantFrom('so', 'hier', 'voilà', 'es', 'です', 'thanks!', 'our', 'is:', '-', '"'), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(words, fc.stringMatching(/^[0-9]{3,10}$/), words, (before, number, after) => {
        expect(answered([...before, number, ...after].join(' '))).toEqual([number]);
      }),
    );
  });
  it('has no number that is part of a longer one', () => {
    const joint = fc.constantFrom('.', ',', ':', '/', '-', '');
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,4}$/), joint, fc.stringMatching(/^[0-9]{3,4}$/), (a, mark, b) => {
        const found = answered(`It is ${a}${mark}${b}`);
        expect(found).toEqual(mark === '' && `${a}${b}`.length >= 3 ? [`${a}${b}`] : []);
      }),
    );
  });
});

describe('a PIN joined by underscores', () => {
  const own = (subject: string) => digits(besidePin({ subject, newText: '' }));
  it.each([
    ['PIN_345_Export_fails', 'Export_fails'],
    ['PIN7777_出力できない', '出力できない'],
    ['PIN_512_Drucker', 'Drucker'],
  ])('is the own site’s in %j', (subject, title) => {
    const [pin = ''] = own(subject);
    expect(titleOf(subject, '', pin)).toBe(title);
    expect(findPins(subject)).toEqual([]);
  });
  it.each(['PIN_345_1', 'MAX_PINS_345_A', 'spin_345_x'])('is none in %j', (subject) =>
    expect(own(subject)).toEqual([]),
  );
});

describe('PIN as the abbreviation that it is', () => {
  it.each([
    ['P.I.N. 345 Labels', '345'],
    ['P.I.N: 808 étiquettes', '808'],
    ['P I N 512 Etiketten', '512'],
    ['Export en panne, PIN n. 808', '808'],
    ['Caso, PIN n.º 7003', '7003'],
  ])('is read in %j', (subject, pin) => expect(findPins(subject)).toEqual([pin]));
  it.each(['Meet at 5 p in 345', 'V.P.I.N. 345', 'p i nn 345', 'U P I N345x'])('is none in %j', (subject) =>
    expect(findPins(subject)).toEqual([]),
  );
});

describe('a number alone on the first line', () => {
  it.each([
    ['345\n\nIt is dead.', '345'],
    ['\n*512*\nDrucker', '512'],
    ['７７７７です。\n印刷できません', '7777'],
  ])('may be the own PIN in %j', (newText, pin) => expect(digits(numberAlone({ newText }))).toEqual([pin]));
  it.each(['345 labels are missing', 'Room\n345', '3:45', '+49 345', '345 €', ''])('is none in %j', (newText) =>
    expect(numberAlone({ newText })).toEqual([]),
  );
  it('is none where nothing is the sender’s own', () =>
    expect(numberAlone({ newText: '345', nothingOwn: true })).toEqual([]));
});

describe('a number with a name behind a stroke', () => {
  it.each(['345/Max', '345/ Max', '345 / Max Ernst'])('is read in an answer: %j', (text) =>
    expect(answered(text)).toEqual(['345']),
  );
  it.each(['345/12', '2026/345', '345/a', 'https://x.example/345/max'])('is none: %j', (text) =>
    expect(answered(text)).toEqual([]),
  );
});
