import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyMeant, mostSearched, readSearch, searchText } from '../../../src/foundation/search-query.ts';

const keys = ['from', 'to', 'case', 'is'];
const read = (said: string) =>
  readSearch(said, keys).map(
    ({ key, value, phrase }) => `${key === null ? '' : `${key}:`}${phrase ? `[${value}]` : value}`,
  );

describe('what somebody typed', () => {
  it.each([
    ['lease lost', ['lease', 'lost']],
    ['from:ada@aldous.example lost', ['from:ada@aldous.example', 'lost']],
    ['FROM:Ada IS:held', ['from:Ada', 'is:held']],
    ['"lease lost" now', ['[lease lost]', 'now']],
    ['from:"Ada Byron" x', ['from:[Ada Byron]', 'x']],
    ['„lease lost“ «déjà vu»', ['[lease lost]', '[déjà vu]']],
    ['a "quote that stays open', ['a', '[quote that stays open]']],
    ['5" pipe', ['5"', 'pipe']],
    ['"', []],
    ['from: to:', []],
    ['re: the arm', ['re:', 'the', 'arm']],
    ['https://x.example/a?b', ['https://x.example/a?b']],
    ['  \t\n ', []],
    ['<a-1@aldous.example>', ['<a-1@aldous.example>']],
    ['起動しません', ['起動しません']],
  ])('%j is read', (said, parts) => expect(read(said)).toEqual(parts));

  it('names a key that was mistyped', () => {
    expect(keyMeant('form:ada', keys)).toBe('from');
    expect(keyMeant('from:ada', keys)).toBeNull();
    expect(keyMeant('https://x', keys)).toBeNull();
  });
});

describe('of any text at all', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc
      .array(
        fc.constantFrom('"', '“', '”', '«', '»', ' ', ':', 'from:', 'is:', 'a', 'é', '\n', '\u0000', '<', "'", '%'),
      )
      .map((all) => all.join('')),
  );
  it('never fails, and finds parts without spaces around them that stand in what was typed', () => {
    fc.assert(
      fc.property(typed, (said) => {
        // Quotes within a phrase are left out of it.
        const plain = said.slice(0, mostSearched).normalize('NFC');
        const bare = plain.replaceAll(/["“”„«»]/gu, '');
        for (const { key, value, phrase } of readSearch(said, keys)) {
          expect(value).toBe(value.trim());
          expect(value).not.toBe('');
          expect(key === null || keys.includes(key)).toBe(true);
          for (const piece of value.split(/[\p{Cc}\p{Zl}\p{Zp}\s]+/u)) expect(phrase ? bare : plain).toContain(piece);
        }
      }),
    );
  });
  it('is read the same once it is written again', () => {
    fc.assert(
      fc.property(typed, (said) => {
        const parts = readSearch(said, keys);
        const again = readSearch(searchText(parts, keys), keys);
        if (searchText(parts, keys).length <= mostSearched)
          expect(searchText(again, keys)).toBe(searchText(parts, keys));
      }),
    );
  });
});
