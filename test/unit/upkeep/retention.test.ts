import { describe, expect, it } from 'vitest';
import { erasedAddress, namePattern, namesToFind } from '../../../src/upkeep/erasure.ts';
import { periodOf, retentionKinds, retentionPolicySchema, sayPeriod, textKept } from '../../../src/upkeep/retention.ts';

const parse = (retention: object) => retentionPolicySchema.safeParse({ retention });
const { retention } = retentionPolicySchema.parse({});

describe('what is kept', () => {
  it('§11.5 raw mail and letters 24 months after the case closed, the audit 10 years', () => {
    expect(periodOf('mails', retention)).toBe('P24M');
    expect(periodOf('letters', retention)).toBe('P24M');
    expect(sayPeriod('mails', retention)).toBe('24 months after the close of the case');
    expect(periodOf('audit', retention)).toBe('P120M');
  });
  it('has a period of its own for every kind, and none where it is kept for ever', () => {
    for (const kind of retentionKinds) expect(periodOf(kind, retention), kind).toMatch(/^P\d+[MD]$/);
    const policy = { ...retention, mailMonths: 'forever' } as const;
    expect(periodOf('mails', policy)).toBeNull();
    expect(sayPeriod('mails', policy)).toBe('for ever');
    expect(periodOf('mails-without-case', policy)).toBe('P24M');
  });
  it('is no shorter than a case needs that may be reopened, and a guess that is counted', () => {
    expect(parse({ mailMonths: 2 }).success).toBe(false);
    expect(parse({ mailMonths: 3 }).success).toBe(true);
    expect(parse({ logDays: 7 }).success).toBe(false);
    expect(parse({ auditMonths: 'forever' }).success).toBe(true);
    expect(parse({ auditMonths: 'never' }).success).toBe(false);
    expect(parse({ audit: 12 }).success).toBe(false);
  });
});

describe('what a letter says', () => {
  const writtenAt = '2026-11-29T23:30:00Z';
  it('is kept from the day it was written, and on a case from its close', () => {
    expect(textKept({ onCase: false, writtenAt }, retention)).toEqual({ kind: 'until', at: '2028-11-29T23:30:00Z' });
    expect(textKept({ onCase: true, writtenAt }, retention)).toEqual({ kind: 'after-close', months: 24 });
  });
  it('each by its own period, and for ever where that is so', () => {
    const own = { mailMonths: 'forever', mailWithoutCaseMonths: 3 } as const;
    expect(textKept({ onCase: true, writtenAt }, own)).toEqual({ kind: 'forever' });
    expect(textKept({ onCase: false, writtenAt }, own)).toEqual({ kind: 'until', at: '2027-02-28T23:30:00Z' });
  });
});

describe('the name of a person', () => {
  it('is looked for as it is on record, and the other way round', () => {
    expect(namesToFind(['Ada Byron'])).toEqual(['Ada Byron', 'Byron, Ada']);
    expect(namesToFind(['Byron, Ada'])).toEqual(['Byron, Ada', 'Ada Byron']);
    expect(namesToFind(['山田太郎'])).toEqual(['山田太郎']);
  });
  it.each(['Ada', 'Max', ' ', '', 'A B', '山田'])('is not looked for where it may be a word of others: %j', (name) => {
    expect(namePattern(name)).toBeNull();
  });
  it('leaves addresses apart, which are keys', () => {
    expect(erasedAddress('12', 0)).toBe('erased-12-1@erased.invalid');
    expect(erasedAddress('12', 1)).not.toBe(erasedAddress('12', 0));
  });
});
