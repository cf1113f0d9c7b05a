/** The route table of the console: what changes something is closed to whoever is not signed in, may not, or comes from elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acts } from '../../../src/acts/list.ts';
import { createConsole } from '../../../src/web/console/console.ts';
import { consolePaths } from '../../../src/web/console/paths.ts';
import { openConsole } from '../../../workers/console.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

/** What anybody may who is signed in: it is about nothing but their own session, browser and lists. */
const own = [
  ...['/theme', '/sign-out', '/staff/passkeys/begin', '/staff/passkeys'],
  ...['/cases/views', '/cases/views/:id/name', '/cases/views/:id/drop'],
];
/** What is asked by a form because it is long, and writes nothing. */
const asking = ['/mails/:id/what-if', '/templates/:language/:name/preview', '/policy', '/policy/tried/:id/stop'];
/** What is written by whoever looks, or by a clock. */
const ofOthers = [
  'staff_sessions',
  'clock_runs',
  'retention_runs',
  'traffic_hours',
  'traffic_mark',
  'mailbox_days',
  'workers',
  'channels',
  'letter_rates',
  'letter_values',
  'case_search',
  'case_search_mark',
];
/** Handlers for every method: what they answer to others than GET they refuse themselves. */
const everyMethod: readonly string[] = [];
/** What needs no session, for it makes one. */
const before = /^\/sign-in(?:\/|$)/;

type Route = { readonly method: string; readonly path: string };

let postern: TestConsole;
let routes: readonly Route[];
let takesAll: readonly string[];
beforeAll(async () => {
  postern = await startConsole();
  // Number 1, which the paths below name.
  const { bulk } = openConsole(postern.app);
  await bulk.start({
    ...{ act: 'block-sender', says: 'Block', back: '/', staff: 'nia@desk.example' },
    items: [{ label: 'one', input: { sender: 'one@elsewhere.example' } }],
  });
  await bulk.settled();
  const console = await createConsole(openConsole(postern.app), new AbortController().signal);
  // What is registered for every method, and answers by itself, would stand beside the table.
  takesAll = console.routes
    .filter(({ method, handler, path }) => method === 'ALL' && handler.length < 2 && !path.startsWith('/queues/board'))
    .map(({ path }) => path);
  const all = console.routes.filter(({ method }) => method !== 'ALL');
  routes = [...new Map(all.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()];
});
afterAll(() => postern.stop());

const filled = (path: string): string =>
  path
    .replace(':act', 'block-sender')
    .replaceAll(/:\w+\??(?:\{[^}]*\})?/g, '1')
    .replace('*', 'x');
const changing = () => routes.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/queues/board'));
const closed = () => changing().filter(({ path }) => !before.test(path));
const rowsOfAll = async () => {
  const all = await postern.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'report%'",
  );
  const tables = all.filter(({ name }) => !ofOthers.includes(name));
  const counts: Record<string, string> = {};
  for (const { name } of tables)
    counts[name] =
      (
        await postern.query<{ n: string }>(
          `select concat(count(*), ' ', md5(string_agg(t::text, '' order by t::text))) as n from "${name}" t`,
        )
      )[0]?.n ?? '';
  return counts;
};

describe('the route table', () => {
  it('is read: there are routes that change something', () => {
    expect(changing().map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/do/:act', '/theme', '/sign-out', '/sign-in']),
    );
  });
  it('has every one of them: none answers to every method', () => {
    expect(takesAll).toEqual(everyMethod);
    // The board refuses whatever is no look, and is not in the table.
    expect([...new Set(changing().map(({ method }) => method))]).toEqual(['POST']);
  });
  it('has as many as stand in the source', () => {
    const web = join(import.meta.dirname, '..', '..', '..', 'src', 'web', 'console');
    const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
      // Those of passkeys are there where browsers know us by a name.
      (name) => name.endsWith('.ts') && !name.endsWith('passkey-routes.ts'),
    );
    const text = sources.map((name) => readFileSync(join(web, name), 'utf8')).join('\n');
    const written = text.match(/\bapp\.(?:post|put|patch|delete|on)\(/g) ?? [];
    expect(changing().length).toBeGreaterThanOrEqual(written.length);
  });
  it('begins with a path each that the server hands over', () => {
    const handed = consolePaths.map((path) => path.replace(/\/\*$/, ''));
    for (const { path } of routes)
      expect(
        handed.some((one) => path === one || (one !== '/' && path.startsWith(`${one}/`))),
        path,
      ).toBe(true);
  });
});

describe('every route that changes something', () => {
  it('is closed without a session', async () => {
    for (const { method, path } of closed()) {
      const answer = await postern.ask(filled(path), { method, headers: { origin: postern.address } });
      expect([answer.status, answer.headers.get('location')], path).toEqual([303, '/sign-in']);
    }
  });
  it('is closed from another origin, signed in or not', async () => {
    const nia = await postern.as('nia');
    const csrf = await nia.csrf();
    const written = await rowsOfAll();
    for (const { method, path } of changing())
      for (const headers of [
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'null' },
      ]) {
        const answer = await postern.ask(filled(path), {
          method,
          headers: { cookie: nia.cookie, 'x-csrf': csrf, ...(headers as Record<string, string>) },
          body: new URLSearchParams({ csrf, email: nia.email, sure: 'yes', input: '{"sender":"a@b.example"}' }),
        });
        expect(answer.status, `${method} ${path} with ${JSON.stringify(headers)}`).toBe(403);
      }
    expect(await rowsOfAll()).toEqual(written);
  });
  it('is closed without the token of this session', async () => {
    const [nia, kim] = [await postern.as('nia'), await postern.as('kim')];
    for (const { method, path } of closed())
      for (const csrf of ['', 'x', await kim.csrf()]) {
        const answer = await postern.ask(filled(path), {
          method,
          headers: { cookie: nia.cookie, origin: postern.address, 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams({ csrf, sure: 'yes', input: '{"sender":"a@b.example"}' }),
        });
        expect(answer.status, `${method} ${path} with ${csrf}`).toBe(403);
      }
  });
  it('is closed without the right', async () => {
    const vic = await postern.as('vic');
    const csrf = await vic.csrf();
    const written = await rowsOfAll();
    for (const { path } of closed().filter((one) => ![...own, ...asking].includes(one.path))) {
      const answer = await vic.post(filled(path), { csrf, sure: 'yes', input: '{"sender":"a@b.example"}' });
      expect(answer.status, path).toBe(403);
    }
    for (const { name, right } of acts) {
      const answer = await vic.act(name, {}, { csrf });
      // Ending one's own sessions is everybody's.
      if (right !== 'console: view') expect(answer.status, name).toBe(403);
    }
    expect(await rowsOfAll()).toEqual(written);
  });
});

describe('every page', () => {
  it('is closed without a session, and has the headers of the console', async () => {
    const nia = await postern.as('nia');
    const pages = routes.filter(
      ({ method, path }) => method === 'GET' && !before.test(path) && !/^\/(?:assets|live|queues\/board)/.test(path),
    );
    expect(pages.length).toBeGreaterThan(3);
    for (const { path } of pages) {
      const outside = await postern.ask(filled(path));
      expect(outside.status, path).toBe(303);
      const answer = await nia.get(filled(path));
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control'), path).toBe('no-store');
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
      await answer.arrayBuffer();
    }
  });
});
