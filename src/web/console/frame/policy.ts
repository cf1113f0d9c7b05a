/** Headers of the pages of the console: nothing from elsewhere, no script and no style that stands in a page. */
import type { MiddlewareHandler } from 'hono';

const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of somebody else's HTML, which stands in a frame by a route of its own. */
const foreignPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'sandbox',
  "frame-ancestors 'self'",
].join('; ');

/** For the route behind `<iframe sandbox>`; `html` has been sanitised before. */
export const foreignHtml = (html: string): Response =>
  new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': foreignPolicy,
      'x-frame-options': 'SAMEORIGIN',
      'cache-control': 'no-store',
    },
  });

/** Where a route has said otherwise, that stands. */
export const consoleHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  const unlessSaid = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  unlessSaid('content-security-policy', consolePolicy);
  unlessSaid('cache-control', 'no-store');
  // With `no-referrer` browsers send forms with `Origin: null`, by which nobody can tell where they come from.
  unlessSaid('referrer-policy', 'same-origin');
};
