import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeAlphabet,
  codeOf,
  findCodes,
  maskCodes,
  maskedCode,
  normaliseCode,
} from '../../../src/foundation/code-form.ts';

const drawn = fc
  .array(fc.nat(31), { minLength: 8, maxLength: 8 })
  .map(codeOf)
  .filter((code) => code !== null);

describe('a one-time code', () => {
  it('is eight characters of Crockford base32 with a letter and a digit that stands for no letter', () => {
    expect(codeOf([7, 19, 23, 2, 20, 9, 29, 28])).toBe('7KQ2-M9XW');
    expect(codeOf([10, 11, 12, 13, 14, 15, 16, 17])).toBeNull();
    expect(codeOf([1, 2, 3, 4, 5, 6, 7, 8])).toBeNull();
    expect(codeOf([0, 1, 0, 1, 10, 11, 12, 13])).toBeNull();
    expect(codeAlphabet).not.toMatch(/[ILOU]/);
  });
  it('is read however it is typed, and found again as it was made', () => {
    for (const typed of ['7KQ2-M9XW', '7kq2 m9xw', '7kq2m9xw', '7KQ2–M9XW', ' 7KQ2-M9XW '])
      expect(normaliseCode(typed), typed).toBe('7KQ2-M9XW');
    expect(normaliseCode('lKQ2-M9Xo')).toBe('1KQ2-M9X0');
    fc.assert(
      fc.property(drawn, fc.constantFrom('-', ' ', ''), (code, between) => {
        const typed = code.replace('-', between).replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase();
        expect(findCodes(`Hello,\n\n${typed}.\nAda`)).toEqual([code]);
        expect(maskCodes(`It is ${typed}`, (one) => one === code)).toBe(`It is ${maskedCode}`);
      }),
    );
  });
  it('is no word, no number, and no part of a longer one', () => {
    for (const text of [
      'received',
      'long-life',
      '2026-1121',
      '1234 5678',
      '550e8400-e29b-41d4-a716',
      'A7KQ2-M9XW',
      '7KQ2-M9XW2',
    ])
      expect(findCodes(text), text).toEqual([]);
  });
  it('leaves other codes as they stand', () => {
    expect(maskCodes('7KQ2-M9XW and 7KQ2-M9XX', (one) => one === '7KQ2-M9XW')).toBe(`${maskedCode} and 7KQ2-M9XX`);
  });
  it('is looked for in linear time', () => {
    const started = performance.now();
    findCodes('7KQ2-'.repeat(200_000));
    findCodes('a'.repeat(1_000_000));
    findCodes('7KQ2 M9X '.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
