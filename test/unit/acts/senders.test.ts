import { describe, expect, it } from 'vitest';
import { answerSenderQuestion } from '../../../src/acts/senders/answer-sender-question.ts';
import type { SenderAnswer, SenderQuestionRecord } from '../../../src/acts/senders/records.ts';
import type { By } from '../../../src/changes/by.ts';
import { caseNumber, contactId, mailId, siteId } from '../../../src/foundation/ids.ts';
import { policy } from '../../support/world.ts';

const now = '2026-03-03T10:00:00Z';
const staff: By = { kind: 'api', staff: 'kim@desk.example' };
const ada: By = { kind: 'contact', contact: contactId('1'), mail: mailId('9') };
const max: By = { kind: 'contact', contact: contactId('2'), mail: mailId('9') };
const contacts = [{ name: 'Ada Byron', email: 'ada@aldous.example', role: 'primary' as const }];
const aldous = {
  number: '1000345',
  name: 'Aldous',
  country: 'GB',
  timezone: 'Europe/London',
  language: 'en',
  contacts,
};
const open: SenderQuestionRecord = {
  id: '4',
  site: siteId('5'),
  siteNumber: '1000345',
  address: 'nora@elsewhere.example',
  case: null,
  answer: null,
  mayAnswer: [contactId('1')],
  name: 'Nora Quist',
  registry: { products: [], sites: [aldous] },
};
const onCase = { ...open, case: caseNumber('100042') };
const judged = (answer: SenderAnswer, senderQuestion: SenderQuestionRecord | null, by: By = staff) => {
  const done = answerSenderQuestion.judge(
    { question: '4', answer },
    { cases: [], letters: [], senderQuestion },
    { by, now, desk: policy.desk, policy },
  );
  return done.kind === 'done' ? done.changes.map((change) => change.kind) : `${done.why}: ${done.says}`;
};

describe('an answer about a sender', () => {
  it.each([
    ['yes', open, ['question-settled', 'sender-registered', 'mails-put-back']],
    ['yes', onCase, ['question-settled', 'sender-registered', 'mails-put-back']],
    ['once', onCase, ['question-settled', 'sender-admitted', 'mails-put-back']],
    ['no', open, ['question-settled', 'mails-refused']],
  ] as const)('%s comes to the same from whom it was asked and from staff for them', (answer, on, comes) => {
    expect(judged(answer, on)).toEqual(comes);
    expect(judged(answer, on, ada)).toEqual(comes);
  });
  it('counts from nobody at the customer but who may answer', () => {
    expect(judged('yes', open, max)).toMatch(/^no-right/);
  });
  it('once needs a case to write on', () => {
    expect(judged('once', open)).toMatch(/^bad-input/);
  });
  it('counts once, and only where there is a question', () => {
    expect(judged('no', { ...open, answer: 'yes' })).toMatch(/^conflict: .*before: yes/);
    expect(judged('no', null)).toMatch(/^not-found/);
  });
  it('yes is refused where the registry would not have that person', () => {
    expect(judged('yes', { ...open, registry: { products: [], sites: [] } })).toBe(
      'bad-input: there is no site 1000345',
    );
  });
  it('names either the question or a mail', () => {
    const parses = (input: object) => answerSenderQuestion.input.safeParse({ ...input, answer: 'no' }).success;
    expect([{ question: '4' }, { mail: '7' }].map(parses)).toEqual([true, true]);
    expect([{}, { question: '4', mail: '7' }].map(parses)).toEqual([false, false]);
  });
});
