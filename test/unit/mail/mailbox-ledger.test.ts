import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, batches, isPassedOver, type MailboxMark, mustWait, sight } from '../../../src/mail/mailbox-ledger.ts';

const now = new Date('2026-03-01T12:00:00Z');
const mark: MailboxMark = { epoch: 1, uidValidity: '7', watermark: 40, firstSeenAt: now, since: null };

describe('the mailbox ledger', () => {
  it('starts behind what is there at the first sight', () => {
    expect(sight(null, { uidValidity: '7', uidNext: 41 }, now, null)).toEqual({ kind: 'first', mark });
  });
  it('starts before all mail where a date is named', () => {
    const seen = sight(null, { uidValidity: '7', uidNext: 41 }, now, new Date(0));
    expect(seen).toMatchObject({ kind: 'first', mark: { watermark: 0 } });
  });
  it('stays in its epoch while UIDVALIDITY stays and UIDNEXT is above the watermark', () => {
    expect(sight(mark, { uidValidity: '7', uidNext: 41 }, now, null).kind).toBe('same');
  });
  it('begins an epoch when UIDVALIDITY changes or UIDNEXT falls below the watermark, and keeps the first sight', () => {
    const later = new Date('2027-01-01T00:00:00Z');
    const changed = sight(mark, { uidValidity: '8', uidNext: 99 }, later, null);
    expect(changed).toMatchObject({ because: 'uid-validity', mark: { epoch: 2, watermark: 0, firstSeenAt: now } });
    expect(sight(mark, { uidValidity: '7', uidNext: 40 }, later, null)).toMatchObject({ because: 'uid-next' });
  });
  it('passes over what arrived before the first sight, or before the date named', () => {
    expect(isPassedOver(mark, new Date(now.getTime() - 1))).toBe(true);
    expect(isPassedOver(mark, now)).toBe(false);
    expect(isPassedOver({ ...mark, since: new Date(0) }, new Date(1))).toBe(false);
  });
  it('lets letters wait for mail more than 48 hours old', () => {
    expect(mustWait(new Date(now.getTime() - 48 * 3_600_000), now)).toBe(false);
    expect(mustWait(new Date(now.getTime() - 48 * 3_600_000 - 1), now)).toBe(true);
  });
  it('never passes a UID that is on the server and not settled, and never moves back', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(uids, uids, fc.integer({ min: 0, max: 60 }), (listed, settled, from) => {
        const to = advance(from, listed, new Set(settled), 60);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(listed.some((uid) => uid > from && uid <= to && !settled.includes(uid))).toBe(false);
      }),
    );
  });
  it('keeps order and bounds in batches, and sends a mail too large for one alone', () => {
    const sizes = [5, 5, 1, 30, 2, 2, 2, 2].map((size) => ({ size }));
    expect(batches(sizes, 3, 10).map((batch) => batch.map((mail) => mail.size))).toEqual([
      [5, 5],
      [1],
      [30],
      [2, 2, 2],
      [2],
    ]);
  });
});
