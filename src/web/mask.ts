/** Privileged PINs are shown masked wherever a mail or a letter is shown (RELIABILITY I9). */
import type { MiddlewareHandler } from 'hono';
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

/** Sent back by a form as it came, and seen by nobody: tokens and fingerprints, in which a PIN could only seem to stand. */
const sentBack = /(<input type="hidden"[^>]*>)/;

export function maskPage(page: string): string {
  if (maskPins(page) === page) return page;
  return page
    .split(sentBack)
    .map((part, i) => (i % 2 === 0 ? maskPins(part) : part))
    .join('');
}

/**
 * The one place for all pages and parts of them: what a mail, a letter, a cause or a name says is masked wherever a page shows it, whether
 * or not the page has thought of it.
 */
export const pagesMasked: MiddlewareHandler = async (c, next) => {
  await next();
  const { res } = c;
  if (!/^text\/(?:html|plain)\b/.test(res.headers.get('content-type') ?? '') || res.body === null) return;
  const { status, headers } = res;
  c.res = new Response(maskPage(await res.text()), { status, headers });
};
