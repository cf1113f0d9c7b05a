import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { senderAnswers } from '../../../../src/mail/answers/sender-answer.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const read = (text: string) => senderAnswers(text).map(({ ref, word }) => (ref === null ? word : `${word} ${ref}`));

describe('§3.r10, §3.r16: what somebody answers to the question about a sender', () => {
  it.each([
    ['YES', 'yes'],
    ['Yes.', 'yes'],
    ['**yes**', 'yes'],
    ['Ja', 'yes'],
    ['Oui', 'yes'],
    ['Sí.', 'yes'],
    ['si', 'yes'],
    ['はい。', 'yes'],
    ['GRANT', 'yes'],
    ['no', 'no'],
    ['NOT', 'no'],
    ['DENY', 'no'],
    ['nein', 'no'],
    ['Non', 'no'],
    ['いいえ', 'no'],
    ['ONCE', 'once'],
    ['einmal', 'once'],
    ['une fois', 'once'],
    ['UNA VEZ', 'once'],
    ['今回のみ', 'once'],
    ['contact', 'contact'],
    ['Kontakt', 'contact'],
    ['登録', 'contact'],
  ])('a bare word on the first line: %s', (text, word) => {
    expect(read(`\n${text}\n\nBest wishes\nAda`)).toEqual([word]);
  });

  it.each([
    ['YES S17', 'yes 17'],
    ['S17: yes', 'yes 17'],
    ['- yes, s17', 'yes 17'],
    ['• NEIN S17.', 'no 17'],
    ['ＹＥＳ　Ｓ１７', 'yes 17'],
    ['[S17] une fois', 'once 17'],
    ['はい S17', 'yes 17'],
  ])('a word with a reference on any line: %s', (text, said) => {
    expect(read(`Hello,\nplease see below.\n${text}`)).toEqual([said]);
  });

  it.each([
    'No problem, let her in',
    'No idea who that is',
    'Yes, but only this time',
    'YES S17: the person is registered as an authorized user, and the case is opened',
    'Please do not',
    'yes no',
    'YES S17 S18',
    'noes',
    '17',
    'YES 17',
    '345',
  ])('is not guessed from: %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('a bare word below the first line is none: `Contact:` stands in many a signature', () => {
    expect(read('Who is that?\n\nAda Byron\nContact:\nada@aldous.example')).toEqual([]);
  });

  it('takes any text, in time linear in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => void senderAnswers(text)));
    const started = cpuTime();
    senderAnswers(`${'s1 '.repeat(1_000_000)}\n${'- '.repeat(1_000_000)}`);
    expect(cpuTime() - started).toBeLessThan(500);
  });
});
