import type { Context } from 'hono';

/** Whether the browser speaks TLS to us, or to a proxy before us. */
export const overTls = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
