/** The console of a whole Postern, with people who are signed in: by requests, and in Debian's Chromium. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { beginSession } from '../../src/flows/sign-in/sessions.ts';
import type { StaffRole } from '../../src/staff/staff.ts';
import { createMeter } from '../../src/web/metrics.ts';
import { startWeb } from '../../workers/web.ts';
import { startApp } from './app.ts';
import { freePort } from './process.ts';
import { findProgram } from './servers/debian.ts';

/** One of each kind of hands; `add` brings more. */
export const people = {
  nia: { name: 'Nia Vale', email: 'nia@desk.example', roles: ['admin'] },
  kim: { name: 'Kim Oster', email: 'kim@desk.example', roles: ['engineer'] },
  robin: { name: 'Robin Hale', email: 'robin@desk.example', roles: ['renewal representative'] },
  vic: { name: 'Vic Ray', email: 'vic@desk.example', roles: ['viewer'] },
} as const satisfies Record<string, { name: string; email: string; roles: readonly StaffRole[] }>;
export type Somebody = keyof typeof people;

type Fields = Readonly<Record<string, string | readonly string[]>>;

const formOf = (fields: Fields): URLSearchParams => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  return form;
};

const tokenIn = (page: string): string => /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';

/** `on`: a database that is there; it is dropped in the end. */
export async function startConsole(extra: Record<string, string> = {}, on?: Parameters<typeof startApp>[1]) {
  const postern = await startApp({ HTTP_LISTEN: `127.0.0.1:${await freePort()}`, ...extra }, on);
  const { app, query } = postern;
  const web = await startWeb(app, { metrics: createMeter(), others: () => [] });
  const address = `http://127.0.0.1:${web.port}`;
  const add = async (name: string, email: string, roles: readonly StaffRole[]) => {
    const person = { name, email, roles, hours: null, timezone: null, absent: [], products: [] };
    await query(
      'insert into staff (email, person) values ($1, $2) on conflict (email) do update set person = excluded.person',
      [email, JSON.stringify(person)],
    );
    await app.refreshStaff();
  };
  const ask = (path: string, init: RequestInit = {}) => fetch(`${address}${path}`, { redirect: 'manual', ...init });

  const addAll = async () => {
    for (const { name, email, roles } of Object.values(people)) await add(name, email, roles);
  };
  await addAll();

  /** Signed in as if by a link. */
  async function as(who: Somebody | { readonly email: string }) {
    const { email } = typeof who === 'string' ? people[who] : who;
    const caller = { address: '127.0.0.1', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' };
    const deps = { ...app, publicUrl: address, provider: null, sendNow: async () => {} };
    const session = await beginSession(deps, email, { way: 'link', caller }, async () => true);
    if (session === null) throw new Error(`${email} is none of our people`);
    const cookie = `postern=${session}`;
    const get = (path: string, headers: Record<string, string> = {}) => ask(path, { headers: { cookie, ...headers } });
    const page = async (path: string): Promise<string> => {
      const answer = await get(path);
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
      return answer.text();
    };
    const csrf = async () => tokenIn(await page('/keys'));
    const post = async (path: string, fields: Fields, headers: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        headers: { cookie, origin: address, 'sec-fetch-site': 'same-origin', ...headers },
        body: formOf('csrf' in fields ? fields : { csrf: await csrf(), ...fields }),
      });
    return {
      email,
      session,
      cookie,
      get,
      page,
      csrf,
      post,
      /** The form behind a button; with `sure` nobody has to see first what follows. */
      act: (name: string, input: unknown, fields: Fields = {}, headers: Record<string, string> = {}) =>
        post(`/do/${name}`, { input: JSON.stringify(input), sure: 'yes', back: '/', ...fields }, headers),
      /** The page after a form: where it leads, with what it tells. */
      async after(answer: Response): Promise<string> {
        const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
        return (
          await ask(answer.headers.get('location') ?? '/', { headers: { cookie: [cookie, ...cookies].join('; ') } })
        ).text();
      },
    };
  }

  let browser: Browser | null = null;
  const contexts: BrowserContext[] = [];
  /** A window of somebody signed in. */
  async function open(
    who: Somebody | { readonly email: string },
    { path = '/', dark = false, width = 1280, height = 900, scripts = true } = {},
  ): Promise<Page> {
    const executablePath = findProgram('chromium');
    if (!executablePath) throw new Error('there is no Chromium');
    browser ??= await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    });
    const { session } = await as(who);
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: scripts,
      ...(width < 500 ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
    });
    contexts.push(context);
    await context.addCookies([{ name: 'postern', value: session, url: address, httpOnly: true, sameSite: 'Lax' }]);
    const page = await context.newPage();
    await page.goto(`${address}${path}`);
    return page;
  }

  return {
    ...postern,
    web,
    address,
    ask,
    add,
    as,
    open,
    /** As it was when it started, for the next test of a file; everybody is signed out. */
    async anew(registry?: string) {
      for (const context of contexts.splice(0)) await context.close();
      await postern.anew(registry);
      await addAll();
    },
    async stop() {
      await browser?.close();
      await web.close();
      await postern.stop();
    },
  };
}
export type TestConsole = Awaited<ReturnType<typeof startConsole>>;
