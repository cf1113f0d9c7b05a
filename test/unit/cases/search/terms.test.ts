/** Words as the search of cases compares them, held against a scan that knows no words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, pairs, runsOf } from '../../../../src/cases/search/folded.ts';
import {
  holds,
  indexed,
  indexQuery,
  isExact,
  type Searched,
  senderTerm,
  termsOf,
} from '../../../../src/cases/search/terms.ts';
import { caseHolds, scanned } from '../../../support/linear-scan.ts';

const words = (text: string) => runsOf(text).map(({ text: one, spaced }) => (spaced ? one : `(${one})`));

describe('a text is cut', () => {
  it.each([
    ['Der Drucker läuft NICHT.', ['der', 'drucker', 'lauft', 'nicht']],
    ['Straße, STRASSE, ẞ', ['strasse', 'strasse', 'ss']],
    ['ada@aldous.example', ['ada', 'aldous', 'example']],
    ['VLT-1042/a', ['vlt', '1042', 'a']],
    ['USB接続エラー', ['usb', '(接続エラー)']],
    ['ｻｰﾊﾞｰが、起動しません。', ['(サーバーが)', '(起動しません)']],
    ['ﬁle Ａｂｃ１２', ['file', 'abc12']],
    ['İstanbul ıslak ΟΔΟΣ', ['istanbul', 'islak', 'οδοσ']],
    ['', []],
  ])('%j', (text, expected) => expect(words(text)).toEqual(expected));

  it('into pairs, so that every letter begins one', () => {
    expect(pairs('請求書')).toEqual(['請求', '求書', '書']);
    expect(pairs('書')).toEqual(['書']);
  });
  it('the same when it is folded twice', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(runsOf(folded(text))).toEqual(runsOf(text));
      }),
    ));
});

const query = (typed: string, phrase = false) => indexQuery(termsOf(typed, { phrase }));

describe('the index is asked', () => {
  it.each([
    ['drucker', false, "'drucker':*", true],
    ['pc', false, "'pc'", true],
    ['drucker', true, "'drucker'", true],
    ['VLT-1042', false, "'vlt' & '1042':*", false],
    ['VLT 1042', false, "'vlt':* & '1042':*", true],
    ['請求', false, "'請求'", true],
    ['書', false, "'書':*", true],
    ['請求書', false, "'請求' & '求書'", false],
    ['robot arm', true, "'robot' & 'arm'", false],
  ])('%s', (typed, phrase, asked, exact) => {
    expect(query(typed, phrase)).toBe(asked);
    expect(isExact(termsOf(typed, { phrase }))).toBe(exact);
  });
  it('for a sender by words that no text has', () => {
    const term = senderTerm('ada@aldous.example');
    expect(term && indexQuery([term])).toBe("'@ada' & '@aldous' & '@example':*");
    expect(senderTerm('@.')).toBeNull();
  });
});

const some = fc.constantFrom(
  'robot',
  'Robot',
  'robots',
  'arm',
  'pc',
  'Straße',
  'läuft',
  '請求書',
  '請求',
  '書類',
  'エラー',
  'usb接続',
  'x',
);
const text = fc
  .array(some, { maxLength: 6 })
  .chain((all) => fc.constantFrom(all.join(' '), all.join(''), all.join('-')));
const searched: fc.Arbitrary<Searched> = fc.record({
  number: fc.constantFrom('100042', '100043'),
  title: text,
  requester: fc.constantFrom('ada@aldous.example', 'robot@arm.example'),
  messages: fc.array(
    fc.record({
      author: fc.constantFrom('max@aldous.example', 'x@pc.example'),
      text,
      files: fc.array(text, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
});

/** As PostgreSQL would: every one of them is among the words. */
const found = (of: Searched, asked: string): boolean => {
  const all = indexed(of);
  return asked.split(' & ').every((one) => {
    const [, word = '', begins] = /^'(.*)'(:\*)?$/.exec(one) ?? [];
    return all.some((each) => (begins ? each.startsWith(word) : each === word));
  });
};

describe('a case is found', () => {
  it('by what a scan finds, and by nothing else', () =>
    fc.assert(
      fc.property(searched, text, fc.boolean(), (of, typed, phrase) => {
        const terms = termsOf(typed, { phrase });
        fc.pre(terms.length > 0);
        const expected = caseHolds(scanned(of), typed, { phrase });
        expect(holds(of, terms)).toBe(expected);
        const asked = found(of, indexQuery(terms));
        if (isExact(terms)) expect(asked).toBe(expected);
        else if (expected) expect(asked).toBe(true);
      }),
      { numRuns: 400 },
    ));
  it('by whoever wrote, and not by who is written about', () => {
    const of: Searched = {
      ...{ number: '1', title: 'x', requester: 'ada@aldous.example' },
      messages: [{ author: 'max@bergwerk.example', text: 'Please ask zoe@aldous.example', files: [] }],
    };
    const from = (typed: string) => {
      const term = senderTerm(typed);
      return term !== null && found(of, indexQuery([term])) && holds(of, [term]);
    };
    expect(from('ada@aldous.example')).toBe(true);
    expect(from('ada')).toBe(true);
    expect(from('@bergwerk')).toBe(true);
    expect(from('zoe')).toBe(false);
    // Of two senders together.
    expect(from('max@aldous.example')).toBe(false);
  });
});
