import { describe, expect, test } from 'vitest';
import { readStaffAnswer, type StaffAnswer } from '../../../../src/intake/staff/read-answer.ts';
import { beside, besideJa } from '../../../support/mails/notification.ts';
import { firstTwenty, type Way } from './ways.ts';

const read = ({ text, ja }: Pick<Way, 'text' | 'ja'>): StaffAnswer =>
  readStaffAnswer(
    {
      class: 'person',
      unanswerable: null,
      from: { kind: 'one', address: 'kim@desk.example', name: 'Kim Oster' },
      subject: 'Re: [Case 100042] Workflow stopped',
      text,
      attachments: [],
    },
    ja ? besideJa : beside,
  );

describe('the ways of five languages', () => {
  test.each(firstTwenty)('$name', (way) => {
    expect(read(way)).toMatchObject(way.expected);
  });
});
