import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../../src/foundation/pin-form.ts';
import { findPinAlone, findPins } from '../../../../src/mail/pin-reader/pin-reader.ts';
import { findCaseTag, stripPrefixes, titleOf } from '../../../../src/mail/subject/subject.ts';

describe('the PIN in the subject', () => {
  it.each([
    'PIN 345 Workflow Stopped Unexpectedly',
    'pin 345',
    'PIN: 345',
    'PIN#345',
    'PIN-345',
    'PIN=345',
    'PIN345',
    '[PIN 345] x',
    'PIN no. 345',
    'PIN Nr. 345',
    'PIN n° 345',
    'PIN番号 345',
    'Broken again PIN 345',
    'Re: AW: WG: PIN 345',
    '回复: PIN 345',
    'ＰＩＮ　３４５',
    'PIN\u00a0 \u2009345',
    'PIN 345:',
    'PIN 345.',
    'PIN 345,',
    'PIN 345;',
    '(PIN 345)',
    'PIN 345 - x',
    'PIN 345-x',
    '不具合のPIN 345',
  ])('is read from %j', (subject) => expect(findPins(subject)).toEqual(['345']));
  it.each([
    'spin 345',
    'PINs 3',
    'PINs 345',
    'pin code problem',
    'PIN 2024-05 release',
    'PIN 12',
    'PIN 12345678901',
    'PIN 345abc',
    'PIN protected file',
    'PIN 345/7',
    'pin',
    '',
  ])('is none in %j', (subject) => expect(findPins(subject)).toEqual([]));
  it('is privileged only with the right check character', () => {
    const good = privilegedPinOf('7KQ2M9XW') ?? '';
    expect(findPins(`PIN ${good.toLowerCase()} please`)).toEqual([good]);
    const wrong = `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`;
    expect(findPins(`PIN ${wrong}`)).toEqual([]);
  });
  it('is every different one, each once', () => expect(findPins('PIN 345, PIN 346 PIN 345')).toEqual(['345', '346']));
  it('is found for every number of 3 to 10 digits, and cut from the title', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{3,10}$/),
        fc.constantFrom('PIN ', 'pin:', 'PIN番号 ', '[Pin '),
        (pin, lead) => {
          const subject = `Re: ${lead}${pin}${lead.startsWith('[') ? ']' : ''} it stopped`;
          expect(findPins(subject)).toEqual([pin]);
          expect(titleOf(subject, '')).toBe('it stopped');
        },
      ),
    );
  });
  it('counts alone on the first line of the new text only', () => {
    expect(findPinAlone('\nPIN: 345.\nIt stopped')).toBe('345');
    expect(findPinAlone('my PIN 345 is wrong')).toBeNull();
    expect(findPinAlone('Hello\nPIN 345')).toBeNull();
  });
});

describe('the title', () => {
  it.each([
    ['PIN 345 Workflow Stopped Unexpectedly', 'Workflow Stopped Unexpectedly'],
    ['Re[2]: AW: [External] [Case 100042] PIN 345: broken', 'broken'],
    ['Broken (PIN 345)', 'Broken'],
    ['Broken - PIN 345', 'Broken'],
    ['PIN 345', 'First words'],
    ['Re: ', 'First words'],
  ])('of %j is %j', (subject, title) => expect(titleOf(subject, '\nFirst words\nmore')).toBe(title));
  it('holds no PIN, whatever the subject and the first line of the text', () => {
    const some = fc
      .array(fc.constantFrom('PIN', '345', ' ', ':', '[', ']', 'Re:', 'x', '-', '[Case 1]', '\n'), { maxLength: 14 })
      .map((words) => words.join(''));
    fc.assert(
      fc.property(some, some, (subject, body) => {
        expect(findPins(titleOf(subject.replaceAll('\n', ' '), body))).toEqual([]);
      }),
    );
  });
});

it('cuts prefixes of many languages', () => {
  for (const prefix of [
    'Re',
    'Fwd',
    'AW',
    'WG',
    'Antw',
    'SV',
    'VS',
    'Odp',
    'TR',
    'RV',
    'Res',
    'Enc',
    'RE[3]',
    '答复',
    '转发',
  ]) {
    expect(stripPrefixes(`${prefix}: Re: x`), prefix).toBe('x');
  }
  expect(stripPrefixes('Restart: x')).toBe('Restart: x');
});

it('finds the case tag and nothing like it', () => {
  expect(findCaseTag('Re: [Case 100042] x')).toBe('100042');
  expect(findCaseTag('Case 100042')).toBeNull();
});

describe('a title whose PIN was taken out', () => {
  it.each([
    ['Labels do not print {PIN 345}', 'Labels do not print'],
    ['Labels do not print <PIN 345>', 'Labels do not print'],
    ['Support request (PIN 345): backup never ends', 'Support request: backup never ends'],
    ['Frage（PIN 345）：Etiketten', 'Frage：Etiketten'],
    ['PIN 345 → export fails', 'export fails'],
    ['PIN 345 • export fails', 'export fails'],
    ['Unser Pin lautet 512, Drucker druckt nicht', 'Drucker druckt nicht'],
    ['Export geht nicht, die PIN wäre 512', 'Export geht nicht'],
    ['Nosso PIN é 808 - exportação falha', 'Exportação falha'],
    ['Il nostro PIN è 808 - export fermo', 'Export fermo'],
    ['Onze PIN is 808 - export werkt niet', 'Export werkt niet'],
    ['Nasz PIN to 808 - eksport nie działa', 'Eksport nie działa'],
    ['Numer PIN: 808 eksport nie działa', 'eksport nie działa'],
    ['Codice PIN 808 export fermo', 'export fermo'],
  ])('is readable: %j', (subject, title) => {
    const pin = /[0-9]{3}/.exec(subject)?.[0] ?? '';
    expect(titleOf(subject, '', pin).toLowerCase()).toBe(title.toLowerCase());
  });
  it.each(['Set {a} to <b>', 'Arrow → broken', 'a_b_c', 'Question (urgent): labels'])('is left alone: %j', (subject) =>
    expect(titleOf(subject, '')).toBe(subject),
  );
});
