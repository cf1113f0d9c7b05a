import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../../src/mail/authenticity.ts';

const from = { kind: 'one', address: 'ann@sub.example.com', name: '' } as const;
const grade = (...values: string[]) =>
  gradeOf(
    from,
    values.map((value) => ({ name: 'authentication-results', value })),
    'mx.own.example',
  ).grade;

describe('the grade', () => {
  it.each([
    'mx.own.example; dmarc=pass header.from=sub.example.com',
    'MX.own.example 1; spf=fail; dmarc = pass (p=none) header.from=example.com',
    'mx.own.example; dkim=fail header.d=x.example; dkim=pass header.d=example.com',
    'mx.own.example; dkim=pass header.i=@sub.example.com',
  ])('is verified by %j', (value) => expect(grade(value)).toBe('verified'));
  it.each([
    'mx.other.example; dmarc=pass header.from=sub.example.com',
    'mx.own.example; spf=pass smtp.mailfrom=ann@sub.example.com',
    'mx.own.example; arc=pass header.d=example.com',
    'mx.own.example; dkim=pass header.d=com',
    'mx.own.example; dkim=pass header.d=evil.example',
    'mx.own.example; dkim=pass header.d=mail.sub.example.com',
    'mx.own.example; dkim=pass header.d=notsub.example.com.evil.example',
    'mx.own.example; dmarc=pass header.from=evil.example',
    'mx.own.example; dmarc=none (dmarc=pass header.from=example.com)',
    'mx.own.example; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.com"',
    'mx.own.example; dmarc=temperror; dkim=temperror header.d=example.com',
    'mx.own.example; dkim=pass header.d=evil.example header.d=example.com',
    'mx.own.example.evil.example; dmarc=pass',
    'mx.own.example; none',
    'mx.own.example; dmarc=pass "',
  ])('is unverified by %j', (value) => expect(grade(value)).toBe('unverified'));
  it('is failed by DMARC', () => {
    expect(grade('mx.own.example; dkim=pass header.d=example.com; dmarc=fail')).toBe('failed');
  });
  it('believes the topmost header of our server only', () => {
    const none = 'mx.own.example; dmarc=none';
    const pass = 'mx.own.example; dmarc=pass';
    expect(grade(none, pass)).toBe('unverified');
    expect(grade('mx.other.example; dmarc=fail', pass)).toBe('verified');
  });
  it('believes no header below one that cannot be read', () => {
    const pass = 'mx.own.example; dmarc=pass';
    expect(grade('mx.own.example; spf=fail smtp.mailfrom="', pass)).toBe('unverified');
    expect(grade('mx.own.example; spf=fail (', pass)).toBe('unverified');
  });
  it('is failed without one plain From, whatever the verdict', () => {
    const lines = [{ name: 'authentication-results', value: 'mx.own.example; dmarc=pass' }];
    expect(gradeOf({ kind: 'several' }, lines, 'mx.own.example').grade).toBe('failed');
  });
});
