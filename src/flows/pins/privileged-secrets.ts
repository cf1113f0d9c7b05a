/** Generates and hashes privileged PINs: randomness and keys are kept out of the pure modules. */
import { randomInt } from 'node:crypto';
import { markedByDigit, privilegedPinOf, privilegedToCome } from '../../foundation/pin-form.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import type { Sealer } from '../../vault/seal.ts';

export const pinKind = 'privileged-pin';
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const hashOfPin = (vault: Pick<Sealer, 'hash'>, pin: string): string => vault.hash(pinKind, pin).toString('hex');

/** Under every key, so that a PIN stands a change of keys. */
export const hashesOfPin =
  (vault: Pick<Sealer, 'hashes'>) =>
  (pin: string): string[] =>
    vault.hashes(pinKind, pin).map((hash) => hash.toString('hex'));

/** Only such as are known for PINs wherever they are quoted, so that they can be masked there. */
function drawPin(): string {
  for (;;) {
    const pin = privilegedPinOf(Array.from({ length: 8 }, () => alphabet[randomInt(32)]).join(''));
    if (pin !== null && markedByDigit(pin)) return pin;
  }
}

export const withPins = (letters: readonly PlannedLetter[]): PlannedLetter[] =>
  letters.map((letter) =>
    letter.template === 'privileged-pin' && letter.values.pin === privilegedToCome
      ? { ...letter, values: { ...letter.values, pin: drawPin() } }
      : letter,
  );
