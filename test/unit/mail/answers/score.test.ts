import { describe, expect, it } from 'vitest';
import { readScore } from '../../../../src/mail/answers/score.ts';

describe('§6.1: the number in the answer to how it was', () => {
  it.each([
    ['5', 5, ''],
    ['4.', 4, ''],
    ['3/5', 3, ''],
    ['2 of 5', 2, ''],
    ['4 von 5', 4, ''],
    ['４', 4, ''],
    ['5点', 5, ''],
    ['5, thank you!', 5, ''],
    ['  1\n\nNobody called me back.', 1, 'Nobody called me back.'],
  ])('is read in %j', (text, score, rest) => {
    expect(readScore(text)).toEqual({ score, rest });
  });

  it.each([
    '',
    '0',
    '6',
    '10',
    '5 people cannot log in',
    '2 days later it fails again',
    '1.5',
    '4 or 5',
    '1, but slow',
    'Five',
    'It was 5',
  ])('is none in %j', (text) => {
    expect(readScore(text)).toBeNull();
  });
});
