/** Where a request comes from: nobody says so of themselves who is not trusted. */
import { request } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import type { SignIn } from '../../../src/flows/sign-in/sign-in.ts';
import { callerReader, isOnThisMachine } from '../../../src/web/console/sign-in/caller.ts';
import { signedIn } from '../../../src/web/console/sign-in/session.ts';

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

describe('the demo, which signs in by itself', () => {
  const member = { ...{ email: 'nia@desk.example', name: 'Nia Vale', roles: ['admin'], hours: null }, absent: [] };
  const signIn = {
    demo: async () => 'x'.repeat(43),
    find: async () => ({ member, session: '1', form: 'y' }),
  } as unknown as SignIn;
  async function opened(): Promise<(headers?: Record<string, string>, method?: string) => Promise<boolean>> {
    const publicUrl = 'http://localhost:8025';
    const app = new Hono()
      .use('*', signedIn({ signIn, publicUrl, trustedProxies: [], zone: 'UTC' }))
      .all('/', (c) => c.text('in'));
    const { promise, resolve } = Promise.withResolvers<number>();
    servers.push(serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => resolve(port)));
    const port = await promise;
    // `fetch` sets Host and Sec-Fetch-Site itself.
    return (headers = {}, method = 'GET') =>
      new Promise((done, failed) => {
        const asked = request({ host: '127.0.0.1', port, method, headers: { host: `localhost:${port}`, ...headers } });
        asked.on('error', failed).on('response', (answer) => {
          answer.resume();
          done(answer.statusCode === 200 && (answer.headers['set-cookie']?.[0] ?? '').startsWith('postern=xxx'));
        });
        asked.end();
      });
  }
  it('lets in whoever types its address on this machine, or goes on within it', async () => {
    const isIn = await opened();
    expect(await isIn()).toBe(true);
    for (const site of ['none', 'same-origin']) expect(await isIn({ 'sec-fetch-site': site }), site).toBe(true);
    for (const host of ['127.0.0.1:80', '[::1]:8025', 'localhost']) expect(await isIn({ host }), host).toBe(true);
  });
  it('lets in nobody whom a page elsewhere sends, by whatever name it does', async () => {
    const isIn = await opened();
    for (const site of ['cross-site', 'same-site']) expect(await isIn({ 'sec-fetch-site': site }), site).toBe(false);
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'null'])
      expect(await isIn({ origin }), origin).toBe(false);
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example:80',
      'evil.example:8025',
      '0.0.0.0',
    ])
      expect(await isIn({ host }), host).toBe(false);
    expect(await isIn({ 'x-forwarded-host': 'evil.example' })).toBe(false);
    expect(await isIn({}, 'POST')).toBe(false);
  });
});
