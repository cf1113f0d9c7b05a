import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPlus, normaliseAddress, readFrom, readMailboxes } from '../../../../src/mail/address/address.ts';

const same = (value: string) => value;
const from = (value: string) => readFrom([{ value, plain: true }], same);

describe('an address as an identity', () => {
  it('folds A to Z and nothing else', () => {
    expect(normaliseAddress('Ann@Example.COM')).toBe('ann@example.com');
    expect(normaliseAddress('\u212Ate@example.com')).toBe('\u212Ate@example.com');
    expect(normaliseAddress('ann@\u212Aelvin.com')).toBeNull();
    expect(normaliseAddress('ann@example\u3002com')).toBeNull();
    expect(normaliseAddress('ann@exam\u034fple.com')).toBeNull();
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
  it('is a contact only for whoever writes it in the same letters, whatever else looks like them', () => {
    const contact = 'kim.oster@sun-kiosk.example';
    const alike = fc.mixedCase(fc.constant(contact));
    fc.assert(fc.property(alike, (value) => normaliseAddress(value) === contact));
    const place = fc.nat({ max: contact.length });
    const beyond = fc
      .oneof(
        fc.constantFrom(
          ...'\u212a\u017f\u0131\u0130\uff4b\u043a\u043e\u0455\u3002\uff0e\u00ad\u200b\u034f\ufe0f\u1e9e\u2024',
        ),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      )
      .filter((one) => [...one].some((letter) => letter > '\u007f'));
    fc.assert(
      fc.property(beyond, place, fc.boolean(), (one, at, instead) => {
        const value = contact.slice(0, at) + one + contact.slice(at + (instead ? 1 : 0));
        // White space around an address is no part of it.
        if (value.trim() !== contact) expect(normaliseAddress(value)).not.toBe(contact);
      }),
      { numRuns: 2000 },
    );
  });
  it('keeps the form that the database checks', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })).map(([a, b]) => `${a}@${b}.example`),
    );
    fc.assert(
      fc.property(any, (value) => {
        const address = normaliseAddress(value);
        if (address === null) return;
        expect(address).toMatch(/@[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+$/);
        expect(address).not.toMatch(/[A-Z\p{Cc}]/u);
        expect(Buffer.byteLength(address)).toBeLessThanOrEqual(254);
      }),
      { numRuns: 1000 },
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
