import { describe, expect, it } from 'vitest';
import { isFresh, nextStep, retryAfter } from '../../../src/flows/mailboxes/mailbox-tokens/next-step.ts';
import { Failure } from '../../../src/foundation/failure.ts';

const row = {
  mailbox: 'support',
  account: 'desk at login.example by postern',
  refreshToken: null,
  accessToken: null,
  accessSeconds: 100,
  ageSeconds: 3_500,
  connectedAt: new Date(0),
  fence: '4',
  askingSeconds: 0,
  state: 'connected',
  failures: 0,
  failure: null,
  failingSeconds: 0,
  retrySeconds: 0,
} as const;
const given = {
  held: 'held',
  fresh: false,
  unsavedFence: null,
  refused: () => new Failure('token-refused', 'refused'),
};

describe('the next step for a token', () => {
  it('is the token that is there while it is fresh, whatever else the row says', () => {
    const dead = { ...row, state: 'dead', askingSeconds: 9, retrySeconds: 9 } as const;
    expect(nextStep(dead, { ...given, fresh: true })).toEqual({ kind: 'token', token: 'held' });
  });

  it('is to ask the server, with what is left of the old token in hand', () => {
    expect(nextStep(row, given)).toEqual({ kind: 'ask', held: 'held', claimed: false });
    expect(nextStep({ ...row, accessSeconds: 5 }, given)).toEqual({ kind: 'ask', held: null, claimed: false });
  });

  it('is to store first what the server gave and the database did not come to keep', () => {
    const waiting = { ...row, retrySeconds: 200, askingSeconds: 20 };
    expect(nextStep(waiting, { ...given, unsavedFence: '4' })).toEqual({ kind: 'ask', held: 'held', claimed: true });
    expect(nextStep(waiting, { ...given, unsavedFence: '3' })).toEqual({ kind: 'token', token: 'held' });
  });

  it('asks nobody while another process asks, while the server is given a rest, and after a sign-in has died', () => {
    const none = { ...given, held: null };
    expect(nextStep({ ...row, askingSeconds: 20 }, none)).toEqual({ kind: 'wait' });
    expect(nextStep({ ...row, retrySeconds: 20, failure: 'away' }, none)).toMatchObject({
      kind: 'failure',
      failure: { code: 'token-server-away', message: 'away' },
    });
    expect(nextStep({ ...row, state: 'dead', askingSeconds: 20 }, none)).toMatchObject({
      kind: 'failure',
      failure: { code: 'token-refused' },
    });
  });
});

describe('a token', () => {
  it('is fresh until a quarter of its life is left, at most the given seconds before its end, and never when too old', () => {
    expect(isFresh({ accessSeconds: 301, ageSeconds: 3_299 }, 9_999, 300)).toBe(true);
    expect(isFresh({ accessSeconds: 300, ageSeconds: 3_300 }, 9_999, 300)).toBe(false);
    expect(isFresh({ accessSeconds: 26, ageSeconds: 74 }, 9_999, 300)).toBe(true);
    expect(isFresh({ accessSeconds: 25, ageSeconds: 75 }, 9_999, 300)).toBe(false);
    expect(isFresh({ accessSeconds: 3_000, ageSeconds: 600 }, 600, 300)).toBe(false);
    expect(isFresh({ accessSeconds: null, ageSeconds: null }, 9_999, 300)).toBe(false);
  });

  it('is asked for again soon where the server is away, and seldom where it refuses', () => {
    expect([0, 1, 3, 30].map((failures) => retryAfter(false, failures, 300))).toEqual([5, 10, 40, 300]);
    expect(retryAfter(true, 0, 300)).toBe(300);
  });
});
