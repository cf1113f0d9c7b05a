import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/foundation/failure.ts';
import { sealer, sealOverhead } from '../../../src/vault/seal.ts';

const older = 'the older of two keys, long enough for it';
const newer = 'the newer of two keys, long enough for it';
const plain = Buffer.from('refresh token');
const failing = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return isFailure(error) ? error.code : error;
  }
  return 'nothing';
};

const secret = fc.string({ minLength: 32, maxLength: 80 });
const place = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' });
const bytes = fc.uint8Array({ maxLength: 300 });

describe('a sealed secret', () => {
  it('opens under every key and for what it belongs to, and for nothing else', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(secret, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        bytes,
        place,
        place,
        (keys, at, given, one, other) => {
          const mine = keys[at % keys.length] ?? '';
          const sealed = sealer([mine]).seal(given, one);
          expect(sealed).toHaveLength(given.length + sealOverhead);
          expect(sealer(keys).open(sealed, one)).toEqual(Buffer.from(given));
          if (!Buffer.from(one).equals(Buffer.from(other)))
            expect(failing(() => sealer(keys).open(sealed, other))).toBe('seal-broken');
        },
      ),
    );
  });

  it('does not open when any bit of it is flipped, or when it is cut anywhere', () => {
    const vault = sealer([newer, older]);
    const sealed = vault.seal(plain, 'a/1');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(failing(() => vault.open(changed, 'a/1'))).toMatch(/^seal-/);
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(failing(() => vault.open(sealed.subarray(0, length), 'a/1'))).toBe('seal-broken');
    expect(failing(() => vault.open(Buffer.concat([sealed, Buffer.from([0])]), 'a/1'))).toBe('seal-broken');
  });

  it('shows neither the secret nor that two secrets are the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 60 }), (given) => {
        const vault = sealer([newer]);
        const [one, two] = [vault.seal(given, 'a/1'), vault.seal(given, 'a/1')];
        expect(one.includes(given)).toBe(false);
        expect(one.equals(two)).toBe(false);
      }),
    );
  });

  it('says what to do where its key is gone', () => {
    const sealed = sealer([older]).seal(plain, 'mailboxes/support');
    expect(() => sealer([newer]).open(sealed, 'mailboxes/support')).toThrow(
      /mailboxes\/support was sealed with a SECRET_KEY that is not set any more: put the older key back behind the new one/,
    );
    expect(failing(() => sealer([newer]).open(sealed, 'mailboxes/support'))).toBe('seal-key-missing');
    expect(sealer([newer, older]).open(sealed, 'mailboxes/support')).toEqual(plain);
  });

  it('is sealed anew under the first key once, and opens without the older one then', () => {
    const sealed = sealer([older]).seal(plain, 'a/1');
    const again = sealer([newer, older]).reseal(sealed, 'a/1');
    expect(again).not.toBeNull();
    expect(sealer([newer]).open(again ?? Buffer.alloc(0), 'a/1')).toEqual(plain);
    expect(sealer([newer, older]).reseal(again ?? Buffer.alloc(0), 'a/1')).toBeNull();
    expect(failing(() => sealer([newer, older]).reseal(sealed, 'a/2'))).toBe('seal-broken');
  });

  it('needs a key, and something that it belongs to', () => {
    expect(failing(() => sealer([]).seal(plain, 'a/1'))).toBe('settings-unusable');
    expect(failing(() => sealer([]).hash('pin', 'p1'))).toBe('settings-unusable');
    expect(failing(() => sealer([newer]).seal(plain, ''))).toBeInstanceOf(TypeError);
  });
});

describe('a keyed hash', () => {
  it('is the same for the same value only, and differs by kind and key', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const vault = sealer([newer]);
        expect(vault.hash('pin', one)).toEqual(sealer([newer, older]).hash('pin', one));
        expect(vault.hash('pin', one).equals(vault.hash('pin', other))).toBe(
          one.toWellFormed() === other.toWellFormed(),
        );
        expect(vault.hash('pin', one).equals(vault.hash('code', one))).toBe(false);
        expect(vault.hash('pin', one).equals(sealer([older]).hash('pin', one))).toBe(false);
      }),
    );
  });

  it('that was stored under an older key is among those to look for', () => {
    expect(sealer([newer, older]).hashes('pin', 'p123')).toEqual([
      sealer([newer]).hash('pin', 'p123'),
      sealer([older]).hash('pin', 'p123'),
    ]);
  });
});
