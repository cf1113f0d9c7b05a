import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStaffAnswer, type StaffAnswer, type StaffAnswerFacts } from '../../../../src/intake/staff/read-answer.ts';
import { beside, besideJa, notification } from '../../../support/mails/notification.ts';
import { later } from './later.ts';
import { firstTwenty, gmailEn, outlookEn, type Way } from './ways.ts';

const facts = (text: string): StaffAnswerFacts => ({
  class: 'person',
  unanswerable: null,
  from: { kind: 'one', address: 'kim@desk.example', name: 'Kim Oster' },
  text,
  attachments: [],
});
const read = ({ text, ja }: Pick<Way, 'text' | 'ja'>): StaffAnswer =>
  readStaffAnswer(facts(text), ja ? besideJa : beside);

describe('the ways of five languages', () => {
  test.each([...firstTwenty, ...later])('$name', (way) => {
    expect(read(way)).toMatchObject(way.expected);
  });
});

describe('commands on top', () => {
  test.each([
    ['TAKE\n\nSEVERITY 2\nWAIT 3\n\nHi Ada', ['TAKE', 'SEVERITY', 'WAIT'], 'Hi Ada', 'answer'],
    ['SOLVED\nNOTE\nNot a word of the fork.', ['SOLVED', 'NOTE'], 'Not a word of the fork.', 'note'],
    ['NOTE\nSOLVED\nthey say', ['NOTE'], 'SOLVED\nthey say', 'note'],
    ['CANCEL\n\nI have to ask Jan first.', ['CANCEL'], 'I have to ask Jan first.', 'none'],
    ['ESCALATE\n\nThey are angry.', ['ESCALATE'], 'They are angry.', 'note'],
    ['CLOSE\n\nAs agreed on the phone.', ['CLOSE'], 'As agreed on the phone.', 'answer'],
  ])('%j', (text, names, rest, restIs) => {
    const found = read({ text: `${text}\n\n${gmailEn}` });
    expect(found).toMatchObject({ kind: 'command', rest, restIs });
    expect(found.kind === 'command' && found.commands.map(({ name }) => name)).toEqual(names);
  });
  test.each(['SEVERITY 2\nSEVERITY 3', 'TAKE\nTAKE', 'TAKE\n\nNote that they are angry'])(
    '%j contradicts itself or goes on as a command, and is asked back',
    (text) => {
      expect(read({ text: `${text}\n\n${gmailEn}` }).kind).toBe('mistyped');
    },
  );
});

describe('nobody wrote it', () => {
  test.each([
    { class: 'machine' },
    { class: 'bounce' },
    { unanswerable: 'null-return-path' },
    { unanswerable: 'precedence' },
  ] as const)('%j', (said) => {
    expect(readStaffAnswer({ ...facts('Please update to 11.6.2.'), ...said }, beside)).toEqual({ kind: 'automatic' });
  });
  test('what came through a mailing list or asks for no automatic answer may be a person’s', () => {
    for (const unanswerable of ['list', 'suppress-header'] as const)
      expect(readStaffAnswer({ ...facts('Please update.'), unanswerable }, beside).kind).toBe('answer');
  });
});

test('a dash between two parts of the text ends nothing', () => {
  const text = 'Stop the service first.\n\n--\n\nThen start it again.';
  expect(readStaffAnswer(facts(`${text}\n\n${gmailEn}`), beside)).toMatchObject({ kind: 'answer', text });
});

test('without the text of the notification the marks and headers of programs still tell', () => {
  const nothing = { notification: '', shared: [] };
  expect(readStaffAnswer(facts(`Hi Ada\n\n${gmailEn}`), nothing)).toMatchObject({ kind: 'answer', text: 'Hi Ada' });
  expect(readStaffAnswer(facts(`Hi Ada\n\n${outlookEn}`), nothing)).toMatchObject({ kind: 'answer', text: 'Hi Ada' });
});

const words = [
  'queue',
  'Ada',
  'step',
  '11.6.2',
  'restart',
  'please',
  '再起動',
  '\n',
  '\n\n',
  '-',
  '>',
  '*',
  'TAKE',
  'NOTE',
  'Regards',
];
const ours = notification.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('>'));

test('whatever surrounds it, our note goes to nobody, and nothing makes it throw', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(...words),
          fc.constantFrom(...ours),
          fc.constantFrom(gmailEn, outlookEn, notification),
        ),
        { maxLength: 30 },
      ),
      (pieces) => {
        const found = read({ text: pieces.join(pieces.length % 2 === 0 ? '\n' : ' ') });
        const out =
          found.kind === 'answer'
            ? found.text
            : found.kind === 'command' && found.restIs === 'answer'
              ? found.rest
              : '';
        expect(out.replace(/\s+/g, ' ')).not.toContain('not a word about the price until then');
        expect(out).not.toContain('/console/cases/');
      },
    ),
    { numRuns: 300 },
  );
});
