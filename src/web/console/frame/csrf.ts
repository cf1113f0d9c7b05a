/** The token of a session in the forms of its pages. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { ConsoleContext } from '../viewer.ts';

const xor = (one: Buffer, other: Buffer): Buffer => Buffer.from(one.map((byte, i) => byte ^ (other[i] ?? 0)));

/** Otherwise on each page: what is compressed together with what others wrote could be guessed by its length (BREACH). */
export function maskedToken(token: string): string {
  const plain = Buffer.from(token);
  const pad = randomBytes(plain.length);
  return `${pad.toString('base64url')}.${xor(plain, pad).toString('base64url')}`;
}

function unmasked(given: string): string {
  const [pad, masked] = given.split('.').map((part) => Buffer.from(part, 'base64url'));
  return pad && masked && pad.length === masked.length ? xor(masked, pad).toString() : given;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** As it stands in a form, or bare in a header of a script of ours. */
export const isToken = (given: unknown, token: string): boolean =>
  typeof given === 'string' && token !== '' && (same(given, token) || same(unmasked(given), token));

/** In every form that changes something. */
export const csrfField = (c: ConsoleContext): Html =>
  html`<input type="hidden" name="csrf" value="${maskedToken(c.get('csrf'))}">`;
