/** Tokens and codes of the sign-in: drawn here, and known to the database by their hash alone. */
import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { codeOf } from '../../foundation/code-form.ts';
import type { Sealer } from '../../vault/seal.ts';

export type Hashing = Pick<Sealer, 'hash' | 'hashes'>;

/** Each kind is found as itself alone. */
type Kind =
  | 'console session'
  | 'console form'
  | 'sign-in attempt'
  | 'sign-in code'
  | 'sign-in account'
  | 'sign-in network';

/** 256 bits: no more than its hash is needed to know it again. */
export const drawToken = (): string => randomBytes(32).toString('base64url');

export function drawSignInCode(): string {
  for (;;) {
    const code = codeOf(Array.from({ length: 8 }, () => randomInt(32)));
    if (code !== null) return code;
  }
}

export const hashOf = (vault: Hashing, kind: Kind, value: string): Buffer => vault.hash(kind, value);
/** Under every key, so that nobody is signed out by a change of keys. */
export const hashesOf = (vault: Hashing, kind: Kind, value: string): readonly Buffer[] => vault.hashes(kind, value);

/** A code is good for what it was asked for, and for nothing else. */
export const codeFor = (token: string, code: string): string => `${token}\0${code}`;

export const isOneOf = (given: Buffer, hashes: readonly Buffer[]): boolean =>
  hashes.filter((one) => one.length === given.length && timingSafeEqual(one, given)).length > 0;

/** A token of the web comes back as it was given out, or is none. */
export const isTokenForm = (given: unknown): given is string =>
  typeof given === 'string' && /^[A-Za-z0-9_-]{43}$/.test(given);
