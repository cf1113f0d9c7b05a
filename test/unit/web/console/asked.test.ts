/** What addresses of lists ask for; no address makes a page fail. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../src/audit/audit-words.ts';
import { askedOf as askedOfAudit } from '../../../../src/web/console/audit/asked.ts';
import { momentIn } from '../../../../src/web/console/frame/moments.ts';
import { askedOf as askedOfLetters } from '../../../../src/web/console/letters/asked.ts';

const tokyo = { zone: 'Asia/Tokyo' };
const from = (query: Record<string, string>) => (name: string) => query[name];

describe('a day or a time that is typed', () => {
  it('is that of the zone of whoever types it', () => {
    expect(momentIn('Asia/Tokyo', '2026-11-29')).toBe('2026-11-28T15:00:00Z');
    expect(momentIn('Asia/Tokyo', '2026-11-29 09:30')).toBe('2026-11-29T00:30:00Z');
    expect(momentIn('Asia/Tokyo', '2026-11-29T09:30:00Z')).toBe('2026-11-29T09:30:00Z');
    for (const wrong of ['', 'today', '2026-13-01', '29.11.2026']) expect(momentIn('Asia/Tokyo', wrong)).toBeNull();
  });
});

describe('the audit', () => {
  it('is asked for from the first day to the last, which is in it whole', () => {
    const { filter } = askedOfAudit(from({ from: '2026-11-28', to: '2026-11-29' }), tokyo);
    expect(filter).toMatchObject({ from: '2026-11-27T15:00:00Z', to: '2026-11-29T15:00:00Z' });
  });
  it('takes subjects and actors as people write them', () => {
    expect(subjectOf('case 100417')).toEqual({ subjectKind: 'case', subjectId: '100417' });
    expect(subjectOf('Letter:12')).toEqual({ subjectKind: 'letter', subjectId: '12' });
    expect(subjectOf('staff')).toEqual({ subjectKind: 'staff' });
    expect(subjectOf('100417')).toBeNull();
    const { filter } = askedOfAudit(from({ actor: 'mail 12', action: 'letter sent' }), tokyo);
    expect(filter).toMatchObject({ actor: 'mail:12', action: 'letter-sent' });
  });
  it('leaves out what cannot be used and says so', () => {
    const { filter, faults } = askedOfAudit(from({ from: 'yesterday', subject: '!!', before: 'x' }), tokyo);
    expect(filter).toEqual({ actor: undefined, action: undefined, from: undefined, to: undefined });
    expect(faults).toHaveLength(3);
  });
});

describe('the list of letters', () => {
  it('leaves out what cannot be used and says so', () => {
    const { asked, faults } = askedOfLetters(
      from({ state: 'blue', to: 'ada@@', case: '1', since: '2026-11-29' }),
      tokyo,
    );
    expect(asked).toMatchObject({ state: undefined, to: undefined, case: '1', since: '2026-11-29' });
    expect(faults).toHaveLength(2);
  });
});

it('never fails, whatever stands in the address', () => {
  const names = ['actor', 'subject', 'action', 'from', 'to', 'before', 'state', 'template', 'case', 'mail', 'since'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 60 })), (query) => {
      const ask = from(query);
      for (const text of Object.values({ ...askedOfAudit(ask, tokyo).filter, ...askedOfLetters(ask, tokyo).asked }))
        expect(text ?? '').not.toContain('\0');
    }),
  );
});
