/** MAIL.md §4: letters that are over, once more; and those that did not arrive, dealt with by a person. */
import { describe, expect, it } from 'vitest';
import type { LetterRecord } from '../../../src/acts/act.ts';
import { markLetter, unmarkLetter } from '../../../src/acts/letters/mark-letter.ts';
import { sendLetterAgain } from '../../../src/acts/letters/send-again.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { asking, givenFor } from '../../support/worked-case.ts';

const given = givenFor(asking(null));
const letter = (more: Partial<LetterRecord> = {}): LetterRecord => ({
  ...{ id: '5', state: 'failed', fence: '1', template: 'acknowledgement', to: 'ada@aldous.example' },
  ...{ messageId: '<l5@desk.example>', kept: true, markedAs: null, codeGood: null, ended: false },
  ...more,
});
const records = (more: Partial<LetterRecord>) => ({ cases: [], letters: [letter(more)] });
const says = (judged: ReturnType<typeof sendLetterAgain.judge>): string =>
  judged.kind === 'refused' ? judged.says : judged.changes.map(sentenceOf).join(' ');
const again = (more: Partial<LetterRecord> = {}) => says(sendLetterAgain.judge({ letter: '5' }, records(more), given));

describe('sending a letter again', () => {
  it('says under which Message-ID, and whether a second copy may arrive', () => {
    expect(again()).toBe(
      'Letter 5 (acknowledgement) goes out to ada@aldous.example once more, under the same Message-ID: the first was never taken, so that there is one copy.',
    );
    expect(again({ state: 'sent' })).toContain('a second copy may arrive');
    expect(again({ state: 'bounced' })).toContain('the first came back');
  });
  it('is refused where it cannot work, with what to do instead', () => {
    expect(again({ state: 'waiting' })).toBe('Letter 5 waits for a person: release it.');
    for (const state of ['queued', 'unknown'])
      expect(again({ state })).toBe('Letter 5 is on its way; it is tried until it is given up.');
    expect(again({ kept: false })).toContain('is deleted');
    expect(again({ state: 'suppressed', kept: false })).toContain('held back when it was written');
    expect(again({ state: 'suppressed' })).toBe('Letter 5 is suppressed and stays so.');
    expect(again({ template: 'confirm-code', codeGood: false })).toContain('is good no more');
    expect(again({ template: 'privileged-pin' })).toContain('tells a secret that is told once');
    expect(again({ ended: true })).toContain('has ended letters of this kind');
    expect(says(sendLetterAgain.judge({ letter: '6' }, records({}), given))).toBe('There is no letter 6.');
  });
  it('is done while its code is still good', () => {
    expect(again({ template: 'confirm-code', codeGood: true })).toContain('once more');
  });
});

describe('a letter that did not arrive', () => {
  const mark = (more: Partial<LetterRecord>, as: 'reached' | 'not-needed' = 'reached') =>
    says(markLetter.judge({ letter: '5', as }, records(more), given));
  const unmark = (more: Partial<LetterRecord>) => says(unmarkLetter.judge({ letter: '5' }, records(more), given));
  it('counts as dealt with once somebody says so, and no more when they take it back', () => {
    expect(mark({ state: 'bounced' })).toBe(
      'Letter 5 (acknowledgement) counts as dealt with: ada@aldous.example was told by another way.',
    );
    expect(mark({ markedAs: 'reached' }, 'not-needed')).toContain('needed no more');
    expect(unmark({ markedAs: 'reached' })).toContain('not dealt with again');
  });
  it('is one that failed or came back, and is dealt with once', () => {
    expect(mark({ state: 'sent' })).toContain('only one that failed or came back');
    expect(mark({ markedAs: 'reached' })).toContain('already');
    expect(unmark({})).toContain('Nobody has said');
  });
});
