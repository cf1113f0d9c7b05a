import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPlus, normaliseAddress, readFrom, readMailboxes } from '../../../src/mail/address.ts';

const same = (value: string) => value;
const from = (value: string) => readFrom([{ value, plain: true }], same);

describe('an address as an identity', () => {
  it('folds A to Z and nothing else', () => {
    expect(normaliseAddress('Ann@Example.COM')).toBe('ann@example.com');
    expect(normaliseAddress('\u212Ate@example.com')).toBe('\u212Ate@example.com');
    expect(normaliseAddress('ann@\u212Aelvin.com')).toBeNull();
  });
  it('keeps domains as A-labels', () => {
    expect(normaliseAddress('jörg@Bücher.example')).toBe('jörg@xn--bcher-kva.example');
  });
  it('takes quotes off where they were not needed', () => {
    expect(normaliseAddress('"Ann"@example.com')).toBe('ann@example.com');
    expect(normaliseAddress('"a b"@example.com')).toBe('"a b"@example.com');
  });
  it.each([
    'a@localhost',
    'a@[192.0.2.1]',
    'a@192.0.2.1',
    '@example.com',
    'a b@example.com',
    'a@@example.com',
    'a\u0000@example.com',
    `${'x'.repeat(65)}@example.com`,
    'a..b@example.com',
    'a\u00ad@example.com',
  ])('refuses %j', (value) => expect(normaliseAddress(value)).toBeNull());
  it('is settled after one pass, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.emailAddress()), (value) => {
        const once = normaliseAddress(value);
        if (once !== null) expect(normaliseAddress(once)).toBe(once);
      }),
    );
  });
  it('counts plus addresses together for rate limits only', () => {
    expect(foldPlus('a+x@b.example')).toBe('a@b.example');
    expect(foldPlus('a@b+c.example')).toBe('a@b+c.example');
  });
});

describe('the From of a mail', () => {
  it.each([
    ['Ann <ann@example.com>', 'Ann'],
    ['ann@example.com (Ann)', 'Ann'],
    ['"boss@corp.example" <ann@example.com>', 'boss@corp.example'],
    ['A. B. C <ann@example.com>', 'A. B. C'],
    ['Boss (boss@corp.example) <ann@example.com>', 'Boss'],
  ])('is the one address of %j', (value, name) => {
    expect(from(value)).toEqual({ kind: 'one', address: 'ann@example.com', name });
  });
  it.each([
    'admin@corp.example (x) @evil.example',
    'admin@corp.example <x@evil.example>',
    'group: ann@example.com;',
    '=?utf-8?B?YWRtaW5AY29ycA==?=',
    '<a@b.example> <c@d.example>',
    '<ann@example.com',
    '"ann <ann@example.com>',
    'ann @example.com',
    '<@relay.example:ann@example.com>',
    'ann@example.com\u0000',
  ])('is malformed in %j', (value) => expect(from(value)).toEqual({ kind: 'malformed' }));
  it('is several where a line names two, or there are two lines', () => {
    expect(from('a@b.example, c@d.example').kind).toBe('several');
    const line = { value: 'a@b.example', plain: true };
    expect(readFrom([line, line], same).kind).toBe('several');
  });
  it('is malformed where only some programs see the line', () => {
    expect(readFrom([{ value: 'a@b.example', plain: false }], same).kind).toBe('malformed');
  });
  it('is none without a line', () => expect(readFrom([], same).kind).toBe('none'));
});

describe('lists of addresses', () => {
  it('open groups and leave out what cannot be read', () => {
    expect(readMailboxes('team: a@b.example, x; "C, D" <c@d.example>, undisclosed:;', same)).toEqual([
      { address: 'a@b.example', name: '' },
      { address: 'c@d.example', name: 'C, D' },
    ]);
  });
  it('never throw', () => {
    fc.assert(fc.property(fc.string(), (value) => void readMailboxes(value, same)));
  });
});
