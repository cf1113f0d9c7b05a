/** Privileged PINs are shown masked wherever a mail or a letter is shown (RELIABILITY I9). */
import { maskPrivilegedPins } from '../foundation/pin-form.ts';

/** As long as it was, so that the lengths of a raw mail stay true. Any way of writing a PIN that would be taken counts. */
export const maskPins = maskPrivilegedPins;

export const maskBytes = (raw: Uint8Array): Buffer =>
  Buffer.from(maskPins(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')), 'latin1');

/** Every string within. */
export function maskWithin<T>(value: T): T {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return maskPins(one);
    if (Array.isArray(one)) return one.map(walk);
    if (one !== null && typeof one === 'object')
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
    return one;
  };
  return walk(value) as T;
}
