/** Where a request comes from: nobody says so of themselves who is not trusted. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { callerReader, isOnThisMachine } from '../../../src/web/console/sign-in/caller.ts';

const servers: { close(): void }[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
async function at(proxies: readonly string[]): Promise<(headers?: Record<string, string>) => Promise<unknown>> {
  const callerOf = callerReader(proxies);
  const app = new Hono().get('/', (c) => c.json([callerOf(c).address, isOnThisMachine(c)]));
  const { promise, resolve } = Promise.withResolvers<number>();
  servers.push(serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => resolve(port)));
  const port = await promise;
  return async (headers = {}) => (await fetch(`http://127.0.0.1:${port}/`, { headers })).json();
}

describe('the address of a request', () => {
  it('is that of its connection, whatever it says of itself', async () => {
    const ask = await at([]);
    expect(await ask()).toEqual(['127.0.0.1', true]);
    expect(await ask({ 'x-forwarded-for': '192.0.2.7' })).toEqual(['127.0.0.1', false]);
  });
  it('is what a trusted proxy was asked from, the last one that is none of them', async () => {
    const ask = await at(['127.0.0.0/8', '10.1.2.3', '2001:db8::/32']);
    for (const [said, address] of [
      ['192.0.2.7', '192.0.2.7'],
      ['198.51.100.1, 192.0.2.7', '192.0.2.7'],
      ['192.0.2.7, 10.1.2.3', '192.0.2.7'],
      ['::ffff:192.0.2.7,2001:db8::5', '192.0.2.7'],
      ['2001:db9::7', '2001:db9::7'],
      ['no address', '127.0.0.1'],
      ['10.1.2.3', '127.0.0.1'],
    ] as const)
      expect(await ask({ 'x-forwarded-for': said }), said).toEqual([address, false]);
    expect(await ask()).toEqual(['127.0.0.1', true]);
  });
  it('is unknown where a program hands the request in by itself, which is no machine of the demo', async () => {
    const app = new Hono().get('/', (c) => c.json([callerReader(['127.0.0.1'])(c).address, isOnThisMachine(c)]));
    expect(await (await app.request('http://127.0.0.1/', { headers: { host: '127.0.0.1' } })).json()).toEqual([
      null,
      false,
    ]);
  });
});
