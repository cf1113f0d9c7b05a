import { describe, expect, it } from 'vitest';
import type { AnyAct, Records } from '../../../src/acts/act.ts';
import { fetchAgain } from '../../../src/acts/queues/fetch-again.ts';
import type { QueueRecords } from '../../../src/acts/queues/records.ts';
import { retryLetters, retryMails } from '../../../src/acts/queues/retry.ts';
import type { By } from '../../../src/changes/by.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { letterId, mailId } from '../../../src/foundation/ids.ts';
import { policy } from '../../support/world.ts';

const by: By = { kind: 'console', staff: 'kim@desk.example' };
const now = '2026-03-03T10:00:00Z';
const says = (act: AnyAct, input: unknown, records: QueueRecords) => {
  const all = { cases: [], letters: [], ...records } satisfies Records;
  const done = act.judge(act.input.parse(input), all, { by, now, desk: policy.desk, policy });
  return done.kind === 'done' ? done.changes.map(sentenceOf).join(' ') : done.says;
};
const mails = [
  { id: mailId('7'), fence: '3', givenUp: false },
  { id: mailId('8'), fence: '1', givenUp: true },
];
const letters = [{ id: letterId('4'), fence: '2' }];
const goes = { stopped: false, restsUntil: null, paused: false };

describe('mails that failed', () => {
  it('are decided again, with how many had been given up and how many are left', () => {
    expect(says(retryMails, { cause: 'x' }, { failedMails: { found: mails, more: 1_200, paused: false } })).toBe(
      '2 mails are decided again now, 1 of which had been given up; whoever wrote gets the answer that follows. 1,200 more wait for the next time.',
    );
  });

  it('are not tried where nothing would come of it', () => {
    expect(says(retryMails, { cause: 'x' }, { failedMails: { found: mails, more: 0, paused: true } })).toMatch(
      /paused/,
    );
    expect(says(retryMails, { mail: '7' }, { failedMails: { found: [], more: 0, paused: false } })).toMatch(/No mail/);
    for (const both of [{}, { cause: 'x', mail: '7' }])
      expect(says(retryMails, both, { failedMails: { found: mails, more: 0, paused: false } })).toMatch(/Say a cause/);
  });
});

describe('letters that have not left', () => {
  it('are handed over again', () => {
    expect(says(retryLetters, { cause: 'x' }, { failedLetters: { found: letters, more: 0, ...goes } })).toBe(
      '1 letter is handed to the mail server again now, the same bytes as before.',
    );
  });

  it.each([
    [{ stopped: true }, /resume them first/],
    [{ paused: true }, /resume it first/],
    [{ restsUntil: '2026-03-03T10:01:00Z' }, /asked again at/],
  ])('are not while %o', (more, what) => {
    expect(
      says(retryLetters, { cause: 'x' }, { failedLetters: { found: letters, more: 0, ...goes, ...more } }),
    ).toMatch(what);
  });
});

describe('UIDs that are fetched again', () => {
  const range = { epoch: 2, watermark: 500, known: 18, open: 0 };
  it('end at what was read', () => {
    expect(says(fetchAgain, { mailbox: 'support', from: '490', to: '510' }, { range })).toContain('UIDs 490 to 500');
  });

  it.each([
    [{ from: 20, to: 1 }, range, /not below/],
    [{ from: 1, to: 200_000 }, range, /At most/],
    [{ from: 600, to: 700 }, range, /come by themselves/],
    [{ from: 1, to: 2 }, { ...range, open: 1 }, /wait until it is done/],
    [{ from: 1, to: 2 }, null, /has not been opened/],
  ])('are refused for %o', (asked, known, what) => {
    expect(says(fetchAgain, { mailbox: 'support', ...asked }, { range: known })).toMatch(what);
  });

  it('are numbers', () => {
    expect(fetchAgain.input.safeParse({ mailbox: 'support', from: 'x', to: '3' }).success).toBe(false);
    expect(fetchAgain.input.safeParse({ mailbox: 'support', from: '0', to: '3' }).success).toBe(false);
  });
});
