import { describe, expect, test } from 'vitest';
import { readStaffAnswer, type StaffAnswer } from '../../../../src/intake/staff/read-answer.ts';
import { beside, besideJa } from '../../../support/mails/notification.ts';
import { worked } from './later.ts';
import { firstTwenty, type Way } from './ways.ts';

const read = ({ text, ja }: Pick<Way, 'text' | 'ja'>): StaffAnswer =>
  readStaffAnswer(
    {
      class: 'person',
      unanswerable: null,
      from: { kind: 'one', address: 'kim@desk.example', name: 'Kim Oster' },
      text,
      attachments: [],
    },
    ja ? besideJa : beside,
  );

describe('the ways of five languages', () => {
  test.each([...firstTwenty, ...worked])('$name', (way) => {
    expect(read(way)).toMatchObject(way.expected);
  });
});
