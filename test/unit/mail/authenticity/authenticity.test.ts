import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../../../src/mail/authenticity/authenticity.ts';

const from = { kind: 'one', address: 'ann@sub.example.com', name: '' } as const;
const grade = (...values: string[]) =>
  gradeOf(
    from,
    values.map((value) => ({ name: 'authentication-results', value })),
    'mx.own.example',
  ).grade;

const heard = (value: string) => gradeOf(from, [{ name: 'authentication-results', value }], 'mx.own.example');

describe('the grade', () => {
  it.each([
    'mx.own.example; dmarc=pass header.from=sub.example.com',
    'MX.own.example 1; spf=fail; dmarc = pass (p=none) header.from=example.com',
    'mx.own.example; dkim=fail header.d=x.example; dkim=pass header.d=example.com',
    'mx.own.example; dkim=pass header.i=@sub.example.com',
    'mx.own.example; dkim=pass header.d=mail.sub.example.com',
    'mx.own.example; dkim=pass header.d=other.example.com',
    '"mx.own.example" 1; dkim=pass header.d="example.com"',
    '(a (nested\\) comment)) mx.own.example (x); dkim/1 = pass (good) header (y) . i = @example.com; dmarc=pass',
    // Gmail
    'mx.own.example; dkim=pass header.i=@example.com header.s=s1 header.b=Yt3kPq; arc=pass (i=1 spf=pass); spf=pass (google.com: domain of a@example.com designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@example.com; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=sub.example.com',
    // Rspamd
    'mx.own.example;\tdkim=pass header.d=example.com header.s=s1 header.b=Yt3kPq;\tdmarc=pass (policy=none) header.from=sub.example.com;\tspf=pass (mx.own.example: domain of a@example.com designates 192.0.2.1) smtp.mailfrom=a@example.com',
    // OpenDKIM
    'mx.own.example;\tdkim=pass (2048-bit key; unprotected) header.d=example.com header.i=@example.com header.a=rsa-sha256 header.s=s1 header.b=Yt3kPq',
    // A list signed it anew, and the first signature broke.
    'mx.own.example; dkim=pass header.d=lists.example; dkim=fail (body hash did not verify) header.d=example.com; dkim=pass header.d=example.com',
  ])('is verified by %j', (value) => expect(grade(value)).toBe('verified'));
  it.each([
    'mx.other.example; dmarc=pass header.from=sub.example.com',
    'mx.own.example; spf=pass smtp.mailfrom=ann@sub.example.com',
    'mx.own.example; arc=pass header.d=example.com',
    'mx.own.example; dkim=pass header.d=com',
    'mx.own.example; dkim=pass header.d=evil.example',
    'mx.own.example; dkim=pass header.d=notsub.example.com.evil.example',
    'mx.own.example; dmarc=pass header.from=evil.example',
    'mx.own.example; dmarc=none (dmarc=pass header.from=example.com)',
    'mx.own.example; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.com"',
    'mx.own.example; dmarc=temperror; dkim=temperror header.d=example.com',
    'mx.own.example; dkim=pass header.d=evil.example header.d=example.com',
    'mx.own.example.evil.example; dmarc=pass',
    'mx.own.example; none',
    'mx.own.example 2; dmarc=pass',
    'mx.own.example 1 x; dmarc=pass',
    'mx.own.example.; dmarc=pass',
    'mx.own.example\\; dmarc=pass',
    'mx.own.exampl\u0435; dmarc=pass',
    'xmx.own.example; dmarc=pass',
    '(mx.own.example) mx.evil.example; dmarc=pass',
    'mx.own.example; spf=pass; arc=pass; dkim=fail header.d=example.com',
    'mx.own.example; dkim=permerror header.d=example.com; dmarc=permerror',
    'mx.own.example; dkim=neutral header.d=example.com; dmarc=none',
    'mx.own.example; dkim=policy header.d=example.com',
    'mx.own.example; dmarc=pass header.from=other.example.com',
    'mx.own.example; dmarc=pass header.from=sub.example.com; dmarc=none',
    'mx.own.example; dkim=pass reason="header.d=example.com" header.d=evil.example',
    'mx.own.example; dkim=pass header.i="a@example.com;"@evil.example',
    // Microsoft 365 writes no name.
    'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=pass (signature was verified) header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100',
    'mx.own.example; dmarc=pass "',
  ])('is unverified by %j', (value) => expect(grade(value)).toBe('unverified'));
  it.each([
    'mx.own.example; dkim=pass header.d=example.com; dmarc=fail (p=reject)',
    // Gmail; OpenDMARC; Yahoo; Cisco
    'mx.own.example; dmarc=fail (p=REJECT sp=REJECT dis=NONE) header.from=sub.example.com',
    'mx.own.example; dmarc=fail (p=quarantine dis=none) header.from=sub.example.com',
    'mx.own.example; dmarc=fail(p=REJECT,sp=REJECT) header.from=sub.example.com',
    'mx.own.example; dmarc=fail (p=reject dis=none) d=sub.example.com',
    // Rspamd
    'mx.own.example; dmarc=fail reason="SPF not aligned (relaxed), No valid DKIM" header.from=sub.example.com (policy=quarantine)',
    // Authentication Milter, with the policy for subdomains
    'mx.own.example; dmarc=fail policy.published-domain-policy=none policy.published-subdomain-policy=reject policy.applied-disposition=none policy.evaluated-disposition=reject (p=none,sp=reject,d=none,d.eval=reject,override=mailing_list) policy.policy-from=sp header.from=sub.example.com',
    'mx.own.example; dmarc=fail policy.published-domain-policy=none policy.published-subdomain-policy=quarantine policy.policy-from=sp header.from=sub.example.com',
    // RFC 9989
    'mx.own.example; dmarc=fail policy.dmarc=reject header.from=sub.example.com',
    // Microsoft behind a name
    'mx.own.example; spf=fail; dmarc=fail action=oreject header.from=sub.example.com;compauth=fail reason=000',
    'mx.own.example; dmarc=fail action=pct.quarantine header.from=sub.example.com',
    // Only the subdomains are protected, and it was done.
    'mx.own.example; dmarc=fail (p=NONE sp=QUARANTINE dis=QUARANTINE) header.from=sub.example.com',
    // Two verdicts: the strictest
    'mx.own.example; dmarc=fail (p=none); dmarc=fail (p=reject)',
    'mx.own.example; dmarc = fail ( P = reject ) (p=reject)',
  ])('is failed by %j', (value) => expect(grade(value)).toBe('failed'));
  it.each([
    'mx.own.example; dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=sub.example.com',
    'mx.own.example; dmarc=fail (p=none dis=none) header.from=sub.example.com',
    'mx.own.example; dmarc=fail(p=NONE) header.from=sub.example.com',
    'mx.own.example; dmarc=fail header.from=sub.example.com (policy=none)',
    'mx.own.example; dmarc=fail policy.published-domain-policy=none policy.applied-disposition=none policy.evaluated-disposition=none (p=none,d=none,d.eval=none) policy.policy-from=p header.from=sub.example.com',
    'mx.own.example; dmarc=fail policy.published-domain-policy=reject policy.published-subdomain-policy=none policy.policy-from=sp header.from=sub.example.com',
    'mx.own.example; dmarc=fail policy.dmarc=none header.from=sub.example.com',
    'mx.own.example; dmarc=fail action=none header.from=sub.example.com',
    'mx.own.example; dmarc=fail (dis=none) header.from=sub.example.com',
    'mx.own.example; dmarc=fail (p=unspecified dis=none) header.from=sub.example.com',
    // The signature that was good was none that the domain lets count.
    'mx.own.example; dkim=pass header.d=example.com; dmarc=fail (p=none) header.from=sub.example.com',
  ])('is unverified, and nobody asked, by %j', (value) => {
    const { grade: found, unjudged } = heard(value);
    expect({ found, unjudged }).toEqual({ found: 'unverified', unjudged: null });
  });
  it.each([
    'mx.own.example; dmarc=fail',
    'mx.own.example; dmarc=fail header.from=sub.example.com',
    'mx.own.example; dmarc=fail reason="p=reject" header.from=sub.example.com',
    'mx.own.example; dmarc=fail (no policy in it) header.from=sub.example.com',
    // That of the domain above, or that for what is below it? Nothing was done, for this reason or another.
    'mx.own.example; dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=sub.example.com',
    // Another domain's
    'mx.own.example; dmarc=fail (p=reject) header.from=evil.example',
    // Another method's
    'mx.own.example; dmarc=fail; spf=fail (p=reject) smtp.mailfrom=x@sub.example.com',
  ])('is asked of the name server by %j', (value) => {
    const { grade: found, unjudged } = heard(value);
    expect({ found, unjudged }).toEqual({ found: 'unverified', unjudged: 'policy' });
  });
  it('sees the difference between a suffix that many share and an organisation', () => {
    const of = (address: string, signer: string) =>
      gradeOf(
        { kind: 'one', address, name: '' },
        [{ name: 'authentication-results', value: `mx.own.example; dkim=pass header.d=${signer}` }],
        'mx.own.example',
      ).grade;
    expect(of('ann@ann.github.io', 'github.io')).toBe('unverified');
    expect(of('ann@ann.github.io', 'eve.github.io')).toBe('unverified');
    expect(of('ann@shop.co.uk', 'co.uk')).toBe('unverified');
    expect(of('ann@shop.co.uk', 'other.co.uk')).toBe('unverified');
    expect(of('ann@mail.shop.co.uk', 'news.shop.co.uk')).toBe('verified');
    expect(of('ann@b\u00fccher.example', 'xn--bcher-kva.example')).toBe('unverified');
    expect(of('ann@xn--bcher-kva.example', 'b\u00fccher.example')).toBe('verified');
  });
  it('says whether our mail server has spoken about DKIM or DMARC', () => {
    const judged = (value: string) =>
      gradeOf(
        from,
        [
          { name: 'authentication-results', value },
          { name: 'dkim-signature', value: 'v=1; d=example.com' },
        ],
        'mx.own.example',
      ).unjudged;
    expect(judged('mx.own.example; spf=fail')).toBe('signature');
    expect(judged('mx.own.example; spf=pass smtp.mailfrom=a@mail.example.com')).toBe('signature-beside-spf');
    expect(judged('mx.own.example; spf=pass smtp.mailfrom=a@evil.example')).toBe('signature');
    expect(judged('mx.other.example; dmarc=pass')).toBe('signature');
    expect(judged('mx.own.example; dkim=temperror')).toBe(null);
    expect(judged('mx.own.example; dmarc=none')).toBe(null);
    expect(judged('mx.own.example; dmarc=fail header.from=sub.example.com')).toBe('policy');
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
