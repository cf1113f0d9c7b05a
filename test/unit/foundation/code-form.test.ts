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
import { cpuTime } from '../../support/cpu-time.ts';

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
  it.each([
    'T V 5 M - E Q R H',
    'T V 5 M E Q R H',
    't v 5 m  e q r h',
    'TV 5M EQ RH',
    'tv-5m-eq-rh',
    'T-V-5-M-E-Q-R-H',
    'TV5M - EQRH',
    'tv5m — eqrh',
    'TV5M.EQRH',
    'TV5M_EQRH',
    'TV5M/EQRH',
    'ＴＶ５Ｍ－ＥＱＲＨ',
    'ｔｖ５ｍ　ｅｑｒｈ',
    'The code is TV5M EQRH, thanks',
    'code TV5M EQRH',
    'Der Code lautet: tv5m eqrh.',
    'Le code est TV5M-EQRH.',
    'コードはTV5M-EQRHです。',
    '「TV5M－EQRH」',
  ])('is read spaced out, with other dashes, in full width and beside other scripts: %s', (typed) => {
    expect(findCodes(typed)).toContain('TV5M-EQRH');
    const masked = maskCodes(typed, (one) => one === 'TV5M-EQRH');
    expect(masked).toContain(maskedCode);
    expect(masked.normalize('NFKC')).not.toMatch(/m.{0,3}e/i);
  });
  it.each([
    'TV5M-EQR',
    'TV5M-EQRHX',
    'T V 5 M E Q R',
    'T V 5 M E Q R H 3',
    'A B 2 D E F G H I J',
    'I am 2 go at',
    'in 20 25 or so on',
    'Call me at 12 34 56 ab',
    'TV5M-\nEQRH',
  ])('is not made up of what is shorter, longer or text: %s', (typed) => {
    expect(findCodes(typed)).toEqual([]);
  });
  it('takes any text, in time linear in it', () => {
    for (const hostile of ['a ', 'a-', 'ab2d ', 'ab -', 'a  -  ', '-', ' ', 'a2'])
      for (const find of [findCodes, (text: string) => maskCodes(text, () => true)]) {
        const started = cpuTime();
        find(hostile.repeat(50_000));
        expect(cpuTime() - started, hostile).toBeLessThan(500);
      }
  });
  it('is found wherever it stands in a long text', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '2', '9'), maxLength: 200 }),
        (code, around) => {
          const text = `${around}\n\n${code.split('').join(' ')}\n\n${code}\n${around}`;
          expect(findCodes(text)).toContain(code);
          expect(maskCodes(text, (one) => one === code)).not.toContain(code.slice(0, 4));
        },
      ),
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
    const started = cpuTime();
    findCodes('7KQ2-'.repeat(200_000));
    findCodes('a'.repeat(1_000_000));
    findCodes('7KQ2 M9X '.repeat(100_000));
    expect(cpuTime() - started).toBeLessThan(2_000);
  });
});
