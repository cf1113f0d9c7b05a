/** Privileged PINs are shown masked wherever a mail or a letter is shown (RELIABILITY I9). */
import { normalisePrivilegedPin } from '../foundation/pin-form.ts';

const candidate = /(?<![0-9A-Za-z])[pP][0-9A-Za-z]{9}(?![0-9A-Za-z])/g;

/** As long as it was, so that the lengths of a raw mail stay true. Any way of writing a PIN that would be taken counts. */
export const maskPins = (text: string): string =>
  text.replace(candidate, (found) => (normalisePrivilegedPin(found) === null ? found : 'p*********'));

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
