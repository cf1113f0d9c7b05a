/** POLICY §9: corrections of what is on record, as people of five languages write them. */
import { describe, expect, it } from 'vitest';
import { readDetails, saysRight } from '../../../../src/intake/commands/details-lines.ts';
import { lineInWords } from '../../../../src/intake/commands/people-words.ts';
import type { PersonLine } from '../../../../src/registry/contacts/lines.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const own = 'ada@firm.example';
const max = 'max@firm.example';
const lines = (text: string) => readDetails(text, own).lines;

describe('a correction', () => {
  it.each([
    ['Phone: +44 20 7946 0012', { phone: '+44 20 7946 0012' }],
    ['- Phone: 12', { phone: '12' }],
    ['My new phone number is +44 20 12', { phone: '+44 20 12' }],
    ['My name is now Ada Lovelace', { name: 'Ada Lovelace' }],
    ['*Name:* Ada Lovelace', { name: 'Ada Lovelace' }],
    ['Hours of presence: Monday to Thursday', { hours: 'Monday to Thursday' }],
    ['E-mail: ada.byron@firm.example', { newAddress: 'ada.byron@firm.example' }],
    ['Address: ada.byron@firm.example', { newAddress: 'ada.byron@firm.example' }],
    ['Address: 1 Mill Lane', { street: '1 Mill Lane' }],
    ['Postcode: LS1 1AA', { postalCode: 'LS1 1AA' }],
    ['Phone: -', { phone: null }],
    ['State: none', { state: null }],
    ['Telefon: +49 30 5550012', { phone: '+49 30 5550012' }],
    ['Meine neue Telefonnummer ist 030 12', { phone: '030 12' }],
    ['Neue E-Mail-Adresse: ada.byron@firm.example', { newAddress: 'ada.byron@firm.example' }],
    ['Straße: Mühlweg 1', { street: 'Mühlweg 1' }],
    ['PLZ: 80331', { postalCode: '80331' }],
    ['Téléphone : +33 1 55', { phone: '+33 1 55' }],
    ['Mon nouveau courriel est ada.byron@firm.example', { newAddress: 'ada.byron@firm.example' }],
    ['Code postal : 75001', { postalCode: '75001' }],
    ['Teléfono: +34 91', { phone: '+34 91' }],
    ['Mi nuevo correo es ada.byron@firm.example', { newAddress: 'ada.byron@firm.example' }],
    ['Calle: Mayor 1', { street: 'Mayor 1' }],
    ['電話：03-5550-0012', { phone: '03-5550-0012' }],
    ['新しいメールアドレスは ada.byron@firm.example です', { newAddress: 'ada.byron@firm.example' }],
    ['郵便番号：100-0001', { postalCode: '100-0001' }],
  ])('of their own: %s', (said, set) => {
    expect(lines(said)).toEqual([{ do: 'details', address: own, ...set }]);
  });

  it('is of whoever’s address stands above it, or in it', () => {
    expect(lines(`Phone: 1\n\nMax Ernst <${max}>\nPhone: 2\nCity: Leeds`)).toEqual([
      { do: 'details', address: own, phone: '1' },
      { do: 'details', address: max, phone: '2', city: 'Leeds' },
    ]);
    expect(lines(`${max} phone: 2`)).toEqual([{ do: 'details', address: max, phone: '2' }]);
  });

  it('leaves everything else as text', () => {
    const text = 'Hello,\n\nwe have moved.\nThe import is slow: why?\nPhone: 1\n\nKind regards\nAda';
    expect(readDetails(text, own)).toEqual({
      lines: [{ do: 'details', address: own, phone: '1' }],
      rest: 'Hello,\n\nwe have moved.\nThe import is slow: why?\n\nKind regards\nAda',
    });
  });

  it.each(['Name: -', 'E-mail: none', 'Name: see https://evil.example', `Phone: ${'1'.repeat(201)}`])(
    'cannot be: %s',
    (said) => expect(lines(said)).toMatchObject([{ do: 'unread' }]),
  );

  it('is said in words that are read as the same, in five languages', () => {
    const line: PersonLine = {
      ...({ do: 'details', address: max, name: 'Max Ernest', newAddress: 'ernest@firm.example' } as const),
      ...{ phone: '1', hours: '2', street: '3', city: '4', state: '5', postalCode: '6' },
    };
    for (const language of ['en', 'de', 'fr', 'es', 'ja']) {
      const [address = '', ...rest] = lineInWords(line, language).split(' ');
      expect(lines([address, ...rest.join(' ').split(', ')].join('\n'))).toEqual([line]);
    }
  });
});

it.each([
  ...['Confirm', 'All correct.', 'Yes, all correct', 'OK', 'No changes!', 'I confirm', '> Confirmed'],
  ...['Bestätigt', 'Ja, alles richtig.', 'Stimmt so', 'Keine Änderungen'],
  ...['Je confirme', 'Oui, tout est exact', 'Aucun changement'],
  ...['Confirmo', 'Sí, todo está correcto', 'Sin cambios'],
  ...['確認しました。', 'はい、間違いありません', '変更なし'],
])('%s says that the list is right', (said) => expect(saysRight(said)).toBe(true));

it.each([
  'Almost all correct',
  'Not correct',
  'Thanks',
  'Is all correct?',
  'Ja',
  'Correct the phone',
  'OK but Max has left',
])('%s does not', (said) => expect(saysRight(said)).toBe(false));

it('takes no longer for a text made to be slow', () => {
  const begun = cpuTime();
  for (const text of [
    `${'a '.repeat(20_000)}: x`,
    `${'Phone is '.repeat(9_000)}`,
    'は'.repeat(30_000),
    ': \n'.repeat(20_000),
  ])
    readDetails(text, own);
  expect(cpuTime() - begun).toBeLessThan(500);
});
