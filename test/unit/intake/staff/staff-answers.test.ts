/**
 * Raw mails of engineers, as their programs write them, with what each says (`expected.json`, written first). They were made by
 * `test/support/mails/staff/staff-answer.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readStaffAnswer } from '../../../../src/intake/staff/read-answer.ts';
import { readMail } from '../../../../src/mail/read.ts';
import { beside, besideJa } from '../../../support/mails/notification.ts';
import { readingWith } from '../../../support/mails/reading.ts';

const folder = new URL('../../../fixtures/mail/staff-answers/', import.meta.url);
const expected: Record<string, Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
);
const arrival = { mailFrom: 'kim@desk.example', rcptTo: ['support@desk.example'] };

describe('raw mails of engineers', () => {
  test('each has its expected result', () => {
    const mails = readdirSync(folder).flatMap((name) => (name.endsWith('.eml') ? [name.slice(0, -4)] : []));
    expect(mails.toSorted()).toEqual(Object.keys(expected).toSorted());
  });
  test.each(Object.entries(expected))('%s', async (name, { language, ...said }) => {
    const facts = await readMail(readFileSync(new URL(`${name}.eml`, folder)), arrival, readingWith());
    const found = readStaffAnswer(facts, language === 'ja' ? besideJa : beside);
    if (said.kind === 'holds-notification') expect(found).toMatchObject(said);
    else expect(found).toEqual(said);
  });
});
