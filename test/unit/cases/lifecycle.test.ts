import { describe, expect, it } from 'vitest';
import { onReply, type Reply } from '../../../src/cases/lifecycle.ts';
import { defaultCasesPolicy as policy } from '../../support/default-policies.ts';

const closed: Reply = {
  status: 'closed',
  closedAt: '2026-03-01T12:00:00Z',
  reopensToday: 0,
  onlyThanks: false,
  machine: false,
  entitled: true,
  arrivedAt: '2026-03-10T12:00:00Z',
};

describe('a reply to a case', () => {
  it.each<[string, Partial<Reply>, ReturnType<typeof onReply>]>([
    ['updates an open case', { status: 'open', closedAt: null }, 'update'],
    ['reopens a closed one', {}, 'reopen'],
    ['still reopens at the end of the thirtieth day', { arrivedAt: '2026-03-31T12:00:00Z' }, 'reopen'],
    ['opens a follow-up a second later', { arrivedAt: '2026-03-31T12:00:01Z' }, 'follow-up'],
    ['never reopens with thanks alone', { onlyThanks: true }, 'update'],
    ['never opens a follow-up with thanks alone', { onlyThanks: true, arrivedAt: '2027-01-01T00:00:00Z' }, 'update'],
    ['never reopens by a machine', { machine: true }, 'update'],
    ['reopens a third time a day', { reopensToday: 2 }, 'reopen'],
    ['does not reopen a fourth time a day', { reopensToday: 3 }, 'update'],
    ['stays closed where the contract has lapsed', { entitled: false }, 'update-lapsed'],
    [
      'opens no follow-up where the contract has lapsed',
      { entitled: false, arrivedAt: '2027-01-01T00:00:00Z' },
      'update-lapsed',
    ],
    ['asks for no letter about the contract by a machine', { entitled: false, machine: true }, 'update'],
    ['reopens where it arrived before a close that had not seen it', { arrivedAt: '2026-03-01T11:00:00Z' }, 'reopen'],
  ])('%s', (_, change, effect) => {
    expect(onReply({ ...closed, ...change }, policy)).toBe(effect);
  });

  it('follows the numbers of the policy', () => {
    expect(onReply(closed, { reopenDays: 5, maxReopensPerDay: 3 })).toBe('follow-up');
  });
});
