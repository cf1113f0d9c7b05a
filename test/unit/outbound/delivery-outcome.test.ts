import { describe, expect, it } from 'vitest';
import { giveUpHours, nextStep, type SendOutcome } from '../../../src/outbound/delivery-outcome.ts';
import { defaultLetterPolicy } from '../../support/default-policies.ts';

const now = '2026-11-23T12:00:00Z';
const step = (outcome: SendOutcome, attempts = 1, giveUpAt = '2026-11-24T12:00:00Z') =>
  nextStep({ outcome, attempts, now, giveUpAt }, defaultLetterPolicy);
const later: SendOutcome = { kind: 'recipient-refused', code: 451, permanent: false, response: '451 later' };

describe('what follows a try', () => {
  it('taken: sent, with what the server said', () => {
    expect(step({ kind: 'sent', response: '250 ok' })).toEqual({ state: 'sent', response: '250 ok' });
  });

  it('4xx: again after 1, 5, 15, 30 and 60 minutes, then hourly', () => {
    const waits = [1, 2, 3, 4, 5, 6, 40].map((attempts) => step(later, attempts));
    expect(waits.map((wait) => ('waitSeconds' in wait ? wait.waitSeconds / 60 : null))).toEqual([
      1, 5, 15, 30, 60, 60, 60,
    ]);
    expect(waits.every((wait) => wait.state === 'again' && wait.counts)).toBe(true);
  });

  it('4xx when its time is over: failed', () => {
    expect(step(later, 50, now)).toMatchObject({ state: 'failed', response: '451 later' });
  });

  it('5xx for the recipient: failed at once', () => {
    expect(step({ kind: 'recipient-refused', code: 550, permanent: true, response: '550 no' }).state).toBe('failed');
  });

  it.each<SendOutcome>([
    { kind: 'session-refused', code: 421, response: '421 busy' },
    { kind: 'session-refused', code: 554, response: '554 not you' },
    { kind: 'connection', response: 'refused' },
  ])('$kind $code: the channel waits, not the letter, which is never given up for it', (outcome) => {
    expect(step(outcome, 1, now)).toMatchObject({ state: 'again', counts: false });
  });

  it('cut after DATA: unknown, the same bytes again after 5 minutes', () => {
    expect(step({ kind: 'unknown', response: 'cut' })).toMatchObject({ state: 'unknown', waitSeconds: 300 });
    expect(step({ kind: 'unknown', response: 'cut' }, 9, now).state).toBe('failed');
  });

  it('answers are given up after 48 hours, notices after 5 days', () => {
    expect(giveUpHours('answer', defaultLetterPolicy)).toBe(48);
    expect(giveUpHours('notice', defaultLetterPolicy)).toBe(120);
  });
});
