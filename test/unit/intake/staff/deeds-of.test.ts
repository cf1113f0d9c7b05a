import { expect, test } from 'vitest';
import { caseNumber } from '../../../../src/foundation/ids.ts';
import { deedsOf } from '../../../../src/intake/staff/deeds-of.ts';

const number = caseNumber('100042');
const deeds = (names: readonly ('SOLVED' | 'NOTE' | 'TAKE')[], rest: string, restIs: 'answer' | 'note') =>
  deedsOf(
    number,
    names.map((name) => ({ name })),
    { rest, restIs },
  );

test('SOLVED with a note: the customer gets the question alone, and the note is on the case', () => {
  expect(deeds(['SOLVED', 'NOTE'], 'Not a word of the fork.', 'note')).toEqual({
    now: [{ act: 'write-on-case', input: { case: number, text: 'Not a word of the fork.', note: true } }],
    later: [{ act: 'solve-case', input: { case: number } }],
  });
});

test('SOLVED with a text: it goes with the question, once', () => {
  expect(deeds(['TAKE', 'SOLVED'], 'It was the fork.', 'answer')).toEqual({
    now: [{ act: 'take-case', input: { case: number } }],
    later: [{ act: 'solve-case', input: { case: number, text: 'It was the fork.' } }],
  });
});
