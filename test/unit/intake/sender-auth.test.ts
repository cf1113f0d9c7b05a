import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/intake/decide.ts';
import { kim, person } from '../../support/worked-case.ts';
import { clock, play, policy } from '../../support/world.ts';

const held = async (story: string, senderAuth: 'sensitive' | 'off' | 'all') => {
  const { mail, facts } = await play(story);
  const { outcome, rule, letters } = decide(mail, facts, { ...policy, desk: { ...policy.desk, senderAuth } }, clock);
  if (outcome !== 'held-unauthenticated') return false;
  expect({ rule, letters }).toEqual({ rule: 'r4', letters: [] });
  return true;
};

describe('whom SENDER_AUTH lets in', () => {
  it.each([
    // story, grade or From, and what is held under sensitive, off and all
    ['verified-where-all-must-be', 'verified', false, false, false],
    ['unverified-contact', 'unverified', false, false, true],
    ['unverified-where-all-must-be', 'unverified', false, false, true],
    ['dmarc-failed', 'failed', true, false, true],
    ['dmarc-failed-with-a-real-token', 'failed', true, false, true],
    ['two-from-lines', 'several', true, true, true],
    ['no-from-line', 'none', true, true, true],
  ] as const)('%s (%s): sensitive %s, off %s, all %s', async (story, kind, sensitive, off, all) => {
    const { mail } = await play(story);
    expect(mail.facts.from.kind === 'one' ? mail.facts.grade : mail.facts.from.kind).toBe(kind);
    expect([await held(story, 'sensitive'), await held(story, 'off'), await held(story, 'all')]).toEqual([
      sensitive,
      off,
      all,
    ]);
  });
});

describe('a mail in the name of one of our people that failed the check', () => {
  it('is held, and our people are told of it', async () => {
    const { mail, facts } = await play('dmarc-failed');
    const email = mail.facts.from.kind === 'one' ? mail.facts.from.address : '';
    const desk = { ...policy.desk, people: [person('Ada Byron', email), kim] };
    const { outcome, letters } = decide(mail, facts, { ...policy, desk }, clock);
    expect(outcome).toBe('held-unauthenticated');
    expect(letters.map(({ to, values }) => ({ to, values }))).toContainEqual({
      to: kim.email,
      values: expect.objectContaining({ kind: 'staff-answer-held', why: 'failed', from: email }),
    });
    expect(letters.filter(({ audience }) => audience !== 'staff')).toEqual([]);
  });
});
