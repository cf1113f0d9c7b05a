import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isSupportPin,
  normalisePrivilegedPin,
  privilegedCheck,
  privilegedPinOf,
} from '../../../src/foundation/pin-form.ts';

const body = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8}$/);

it('a privileged PIN that is issued reads as itself, in any case', () => {
  fc.assert(
    fc.property(body, (eight) => {
      const pin = privilegedPinOf(eight);
      fc.pre(pin !== null);
      expect(normalisePrivilegedPin(pin)).toBe(pin);
      expect(normalisePrivilegedPin(pin.toLowerCase())).toBe(pin);
    }),
  );
});

it('one wrong character is always noticed', () => {
  fc.assert(
    fc.property(body, fc.nat(7), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (eight, at, other) => {
      const pin = privilegedPinOf(eight);
      fc.pre(pin !== null && eight[at] !== other);
      expect(normalisePrivilegedPin(`p${eight.slice(0, at)}${other}${eight.slice(at + 1)}${pin.at(-1)}`)).toBeNull();
    }),
  );
});

it('no PIN is issued where the check would be one of Crockford’s five signs', () => {
  // 32 mod 37 stands for `*`.
  expect(privilegedCheck('00000010')).toBeNull();
  expect(privilegedCheck('00000001')).toBe('1');
});

it('a support PIN has 3 to 10 digits', () => {
  expect(['12', '123', '1234567890', '12345678901', '12a'].map(isSupportPin)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});
