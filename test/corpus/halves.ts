/**
 * The corpus in two halves: rules are written while looking at the first and measured on both. Nobody who writes a rule opens a file of
 * the second; its labels come from somebody who has not seen the rules. Which half a file is in follows from its bytes alone, so that
 * a file that is moved or renamed stays where it is.
 */
import { createHash } from 'node:crypto';

export type Half = 'worked' | 'kept';

/** The half of a file, by the first bit of the SHA-256 of its bytes. */
export const halfOf = (bytes: Uint8Array): Half =>
  ((createHash('sha256').update(bytes).digest()[0] ?? 0) & 0x80) === 0 ? 'worked' : 'kept';
