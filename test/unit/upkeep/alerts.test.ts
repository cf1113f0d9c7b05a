/** When somebody is told of a trouble (POLICY §11.8): at its beginning, once an hour, and at its end. */
import { describe, expect, it } from 'vitest';
import {
  alertCauses,
  alertPolicySchema,
  type Check,
  type Episode,
  sayTrouble,
  silencesLetters,
  stepsOf,
} from '../../../src/upkeep/alerts.ts';

const policy = alertPolicySchema.parse({}).alerts;
const now = '2026-11-23T12:00:00Z';
const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const bad: Check = { cause: 'dead-mail', subject: '', trouble: { count: 2, why: null } };
const good: Check = { ...bad, trouble: null };
const episode = (more: Partial<Episode>): Episode => ({
  id: '7',
  cause: 'dead-mail',
  subject: '',
  since: ago(200),
  toldAt: null,
  lastToldAt: null,
  open: true,
  ...more,
});
const told = (minutes: number) => ({ toldAt: ago(minutes), lastToldAt: ago(minutes) });

describe('a cause', () => {
  it('is told when it begins', () => {
    expect(stepsOf([bad], [], now, policy)).toEqual([{ kind: 'open', check: bad, tell: true }]);
  });
  it.each([
    [10, null],
    [59, null],
    [60, 'goes-on'],
    [300, 'goes-on'],
  ] as const)('that was told %i minutes ago: %s', (minutes, tell) => {
    expect(stepsOf([bad], [episode(told(minutes))], now, policy)).toMatchObject([{ kind: 'keep', tell }]);
  });
  it('is told when it is over, where somebody had been told', () => {
    expect(stepsOf([good], [episode(told(5))], now, policy)).toMatchObject([{ kind: 'close', tell: true }]);
    expect(stepsOf([good], [episode({})], now, policy)).toMatchObject([{ kind: 'close', tell: false }]);
    expect(stepsOf([good], [episode({ ...told(5), open: false })], now, policy)).toEqual([]);
  });
  it('that comes and goes is told once an hour, and what was kept back once the hour is over', () => {
    const gone = episode({ ...told(20), open: false });
    expect(stepsOf([bad], [gone], now, policy)).toMatchObject([{ kind: 'open', tell: false }]);
    const quiet = episode({ id: '8', lastToldAt: ago(61) });
    expect(stepsOf([bad], [quiet], now, policy)).toMatchObject([{ kind: 'keep', tell: 'begun' }]);
  });
  it('of another mailbox is another cause, and what was not looked at stays as it is', () => {
    const of = (subject: string): Check => ({ cause: 'no-fetch', subject, trouble: { count: 12, why: null } });
    const known = episode({ cause: 'no-fetch', subject: 'a', ...told(5) });
    expect(stepsOf([of('b')], [known], now, policy)).toEqual([{ kind: 'open', check: of('b'), tell: true }]);
  });
});

describe('words', () => {
  it('there are for every cause', () => {
    for (const cause of alertCauses) {
      const says = sayTrouble({ cause, subject: 'x', trouble: { count: 1, why: 'because' } });
      expect(says).not.toMatch(/undefined|null|NaN|1 \w+s\b/);
    }
    expect(sayTrouble({ cause: 'certificate', subject: 'a:993', trouble: { count: -2, why: null } })).toBe(
      'the certificate of a:993 has ended',
    );
    expect(sayTrouble({ cause: 'certificate', subject: 'a:993', trouble: { count: 3, why: null } })).toBe(
      'the certificate of a:993 ends in 3 days',
    );
  });
  it('go by no letter where letters cannot leave', () => {
    const silent = alertCauses.filter((cause) => silencesLetters({ cause, subject: 'letters', trouble: null }));
    expect(silent).toEqual(['login-refused', 'letters-refused']);
    expect(silencesLetters({ cause: 'login-refused', subject: 'support', trouble: null })).toBe(false);
  });
});
