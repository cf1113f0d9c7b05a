import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normaliseCode } from '../../../../src/foundation/code-form.ts';
import {
  casePageTokenFor,
  decisionCodeFor,
  decisionTokenFor,
  letterMark,
  messageIdFor,
  pageTokenFor,
  plusAddressFor,
  readCasePageToken,
  readDecisionToken,
  readPageToken,
  readPlusAddress,
  readReturnPath,
  readThreadToken,
  returnPathFor,
} from '../../../../src/mail/subject/thread-token.ts';

const digits = fc.stringMatching(/^[1-9][0-9]{0,12}$/);

it('tokens come back as they were made, by any key still known, also in upper case', () => {
  fc.assert(
    fc.property(digits, fc.option(digits), (letter, number) => {
      const id = messageIdFor(letter, number, 'd.example', 'old');
      expect(readThreadToken(id, ['new', 'old'])).toEqual({ letter, case: number });
      expect(readThreadToken(id.toUpperCase(), ['old'])).toEqual({ letter, case: number });
      expect(readThreadToken(id, ['new'])).toBeNull();
      expect(readReturnPath(returnPathFor('b@d.example', letter, 'old'), ['old'])).toEqual({ letter });
      expect(readPlusAddress(plusAddressFor('s@d.example', letter, 'old'), ['old'])).toEqual({ case: letter });
    }),
  );
});

it('a token for one purpose or number is none for another', () => {
  const id = messageIdFor('7', '100042', 'd.example', 'k');
  expect(readThreadToken(id.replace('100042', '100043'), ['k'])).toBeNull();
  expect(readReturnPath(plusAddressFor('s@d.example', '7', 'k').replace('+c', '+'), ['k'])).toBeNull();
  expect(readThreadToken('<other@d.example>', ['k'])).toBeNull();
});

it('§3 The neutral receipt: nothing that a letter shows tells how many letters were written between two of them', () => {
  const outside = (letter: string) => {
    const id = messageIdFor(letter, null, 'd.example', 'k');
    return Number.parseInt(/^<pst\.([0-9a-z]+)\./.exec(id)?.[1] ?? '0', 36);
  };
  const gaps = Array.from({ length: 200 }, (_, n) => outside(`${n + 1}`) - outside(`${n}`));
  expect(new Set(gaps).size).toBe(gaps.length);
  expect(gaps.every((gap) => Math.abs(gap) > 1_000_000)).toBe(true);
  expect(returnPathFor('b@d.example', '86', 'k')).not.toMatch(/\+86\./);
  expect(letterMark('86', 'k')).not.toBe(letterMark('87', 'k'));
});

it('the largest number of a letter comes back, and a larger one is refused', () => {
  const most = (2 ** 48 - 1).toString();
  expect(readThreadToken(messageIdFor(most, '1', 'd.example', 'k'), ['k'])).toEqual({ letter: most, case: '1' });
  expect(() => messageIdFor((2 ** 48).toString(), '1', 'd.example', 'k')).toThrow('no letter of such a number');
});

it('letters that went out with their plain number are known still', () => {
  const mark = (purpose: string, ...fields: string[]) =>
    createHmac('sha256', 'k')
      .update([purpose, ...fields].join('\n'))
      .digest('hex')
      .slice(0, 24);
  const id = `<pst.7.100042.${mark('message-id', '7', '100042')}@d.example>`;
  expect(readThreadToken(id, ['new', 'k'])).toEqual({ letter: '7', case: '100042' });
  expect(readReturnPath(`b+7.${mark('return-path', '7')}@d.example`, ['k'])).toEqual({ letter: '7' });
});

it('§8.7 the link to a decision has 128 bits and is good for its letter alone; the code beside it is another for each letter and key', () => {
  const codes = new Set<string>();
  fc.assert(
    fc.property(digits, (letter) => {
      const token = decisionTokenFor(letter, 'old');
      expect(token).toMatch(/^[0-9a-z]+\.[0-9a-f]{32}$/);
      expect(readDecisionToken(token, ['new', 'old'])).toEqual({ letter, key: 'old' });
      expect(readDecisionToken(token, ['new'])).toBeNull();
      expect(
        readDecisionToken(
          token.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
          ['old'],
        ),
      ).toBeNull();
      expect([readPageToken(token, ['old']), readDecisionToken(pageTokenFor(letter, 'old'), ['old'])]).toEqual([
        null,
        null,
      ]);
      const code = decisionCodeFor(letter, 'old');
      expect(normaliseCode(code)).toBe(code);
      expect([decisionCodeFor(letter, 'old'), decisionCodeFor(letter, 'new')]).toEqual([
        code,
        expect.not.stringMatching(code),
      ]);
      codes.add(code);
    }),
  );
  expect(codes.size).toBeGreaterThan(50);
});

it('the link to the page of a case has 128 bits and is good for its letter and that page alone', () => {
  fc.assert(
    fc.property(digits, (letter) => {
      const token = casePageTokenFor(letter, 'old');
      expect(token).toMatch(/^[0-9a-z]+\.[0-9a-f]{32}$/);
      expect(readCasePageToken(token, ['new', 'old'])).toBe(letter);
      expect(readCasePageToken(token, ['new'])).toBeNull();
      const changed = token.replace(/.$/, (c) => (c === '0' ? '1' : '0'));
      for (const other of [changed, decisionTokenFor(letter, 'old'), pageTokenFor(letter, 'old'), letter])
        expect(readCasePageToken(other, ['old'])).toBeNull();
      expect(readDecisionToken(token, ['old'])).toBeNull();
    }),
  );
});
