import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atFirst,
  backOff,
  leaseNews,
  type WatchEvent,
  watched,
} from '../../../src/flows/mailboxes/watch-mailbox/watch-state.ts';

const stateAfter = (...events: WatchEvent[]) => events.reduce(watched, atFirst);
const away: WatchEvent = { kind: 'failed', problem: 'mailbox support: away' };
const connected: WatchEvent = { kind: 'connected', watermark: 7 };

describe('what is known of a watched mailbox', () => {
  it('counts failures until all that was new has been read', () => {
    expect(stateAfter(away, away).failures).toBe(2);
    expect(stateAfter(away, away, { kind: 'leased' }, connected).failures).toBe(2);
    expect(stateAfter(away, away, connected, { kind: 'all-read' }).failures).toBe(0);
    expect(stateAfter(away, { kind: 'others-read' }).failures).toBe(0);
  });

  it('shows a problem until the mailbox is open again, or another watcher has it', () => {
    expect(stateAfter(away).problem).toBe('mailbox support: away');
    expect(stateAfter(away, connected)).toMatchObject({ connected: true, problem: null, watermark: 7 });
    expect(stateAfter(away, { kind: 'standing-by' }).problem).toBeNull();
    expect(stateAfter(away, { kind: 'leased' }).problem).toBe('mailbox support: away');
    expect(stateAfter(connected, { kind: 'complained', problem: 'flags' }).problem).toBe('flags');
  });

  it('keeps its watermark over sessions', () => {
    const state = stateAfter({ kind: 'leased' }, connected, { kind: 'advanced', watermark: 9 }, { kind: 'ended' });
    expect(state).toEqual({ connected: false, leased: false, watermark: 9, problem: null, failures: 0 });
  });
});

describe('the next try', () => {
  const given = { chance: 0.5, refusedMs: 300_000 };

  it('is seldom after a refused login, soon after a lost lease, and never later than two seconds for the database', () => {
    expect(backOff('imap-login-refused', 1, given)).toBe(300_000);
    expect(backOff('lease-lost', 9, given)).toBe(200);
    expect(backOff('database-away', 9, given)).toBe(2_000);
  });

  it('waits longer each time, up to a minute, within a quarter of chance', () => {
    const waits = [1, 2, 3, 7, 20].map((failures) => backOff('imap-away', failures, given));
    expect(waits).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const wait = backOff('surprise', failures, { chance, refusedMs: 1 });
        const middle = Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 6));
        expect(wait).toBeGreaterThanOrEqual(middle * 0.75);
        expect(wait).toBeLessThanOrEqual(middle * 1.25);
      }),
    );
  });
});

describe('a lease', () => {
  it('is lost by an answer, and where no answer came for as long as it lasts', () => {
    expect(leaseNews(true, 0, 10_000)).toBe('kept');
    expect(leaseNews(null, 9_999, 10_000)).toBe('kept');
    expect(leaseNews(null, 10_001, 10_000)).toBe('not-renewed');
    expect(leaseNews(false, 0, 10_000)).toBe('lost');
  });
});
