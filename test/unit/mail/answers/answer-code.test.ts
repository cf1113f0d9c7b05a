import { describe, expect, it } from 'vitest';
import { almostCode, answerCodes } from '../../../../src/mail/answers/answer-code.ts';

const of = (newText: string) => ({ subject: 'Re: Please confirm: your code', newText });

describe('§11.2 the code in an answer', () => {
  it.each(['T V 5 M - E Q R H', 'Code: tv5m eqrh', 'Here: TV-5M-EQ-RH', 'コードはＴＶ５Ｍ－ＥＱＲＨです'])(
    'is read: %s',
    (text) => {
      expect(answerCodes(of(`Hello,\n\n${text}\n`))).toContain('TV5M-EQRH');
    },
  );
  it.each(['TV5M-EQR', 'tv5m-eqrhh', 'Der Code: TV5-EQRH', 'T V 5 M E Q R', 'TV5MEQRHX', 'ＴＶ５Ｍ－ＥＱＲ'])(
    'is told from what is almost one: %s',
    (text) => {
      expect(answerCodes(of(text))).not.toContain('TV5M-EQRH');
      expect(almostCode(of(text))).toBe(true);
    },
  );
  it.each(['Yes, that was me.', 'Oui, c’était moi.', 'はい、私です。', 'Call me at 10 or 12.', '', 'I have no code'])(
    'is not even almost one in: %s',
    (text) => {
      expect(almostCode(of(text))).toBe(false);
    },
  );
});

describe('a code that was wrapped at its mark', () => {
  it.each(['7KQ2-\nM9XW', 'The code is 7kq2-\n  m9xw'])('is read in %j', (newText) =>
    expect(answerCodes({ subject: 'Re: x', newText })).toEqual(['7KQ2-M9XW']),
  );
  it.each(['7KQ2\nM9XW', '7KQ2-\n\nM9XW', 'abc-\nM9XW'])('is none in %j', (newText) =>
    expect(answerCodes({ subject: 'Re: x', newText })).toEqual([]),
  );
});
