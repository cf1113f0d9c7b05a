/** A whole desk with its console, on real servers, and visitors who keep cookies as browsers do. */
import { startWeb } from '../../workers/web.ts';
import { createMeter } from '../../src/web/metrics.ts';
import { startApp } from './app.ts';
import { freePort } from './process.ts';

type Sent = {
  readonly form?: Record<string, string>;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly method?: string;
};

/** Follows nothing by itself. Forms come from `url`, unless their headers say otherwise. */
export function visitorAt(url: string) {
  const cookies = new Map<string, string>();
  async function ask(path: string, { form, json, headers = {}, method }: Sent = {}): Promise<Response> {
    const sends = form !== undefined || json !== undefined;
    const answer = await fetch(`${url}${path}`, {
      redirect: 'manual',
      method: method ?? (sends ? 'POST' : 'GET'),
      headers: {
        accept: 'text/html',
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(sends && { origin: url }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form) }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }
  const page = async (path: string): Promise<string> => (await ask(path)).text();
  return {
    ask,
    page,
    cookies,
    /** Of the forms of this session. */
    async csrf(): Promise<string> {
      return /name="csrf" value="([^"]+)"/.exec(await page('/keys'))?.[1] ?? '';
    },
  };
}
export type Visitor = ReturnType<typeof visitorAt>;

export const apiToken = 'a-token-of-the-tests';

/** Nia is an admin, Kim an engineer, Vic a viewer: all were added. */
type Extra = Record<string, string>;

/** `on`: a database that is there; it is dropped in the end. */
export async function startConsoleDesk(
  extra: Extra | ((url: string) => Promise<Extra>) = {},
  on?: Parameters<typeof startApp>[1],
) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const desk = await startApp(
    {
      ...{ HTTP_LISTEN: `127.0.0.1:${port}`, PUBLIC_URL: url, API_TOKEN: apiToken },
      ...(typeof extra === 'function' ? await extra(url) : extra),
    },
    on,
  );
  const { app, sink, query } = desk;
  const web = await startWeb(app, { metrics: createMeter(), others: () => [] });
  async function add(name: string, email: string, roles: readonly string[]): Promise<void> {
    const person = { name, email, roles, hours: null, timezone: null, absent: [], products: [] };
    await query(
      'insert into staff (email, person) values ($1, $2) on conflict (email) do update set person = excluded.person',
      [email, JSON.stringify(person)],
    );
    await app.refreshStaff();
  }
  /** The code of the newest letter, once there are so many. */
  async function code(letters = 1): Promise<string> {
    await sink.waitFor(letters);
    const text = sink.letters.at(-1)?.raw.toString() ?? '';
    return /[^\w-]([0-9A-Z]{4}-[0-9A-Z]{4})[^\w-]/.exec(text)?.[1] ?? '';
  }
  return {
    ...desk,
    url,
    port,
    add,
    code,
    visitor: () => visitorAt(url),
    /** Somebody who has signed in by a code. */
    async signedIn(email: string): Promise<Visitor> {
      const visitor = visitorAt(url);
      const before = sink.letters.length;
      await visitor.ask('/sign-in', { form: { email, to: '/' } });
      await visitor.ask('/sign-in/code', { form: { code: await code(before + 1), to: '/' } });
      return visitor;
    },
    async anew(): Promise<void> {
      await desk.anew('');
      await add('Nia Vale', 'nia@desk.example', ['admin']);
      await add('Kim Oster', 'kim@desk.example', ['engineer']);
      await add('Vic Ray', 'vic@desk.example', ['viewer']);
    },
    async stop(): Promise<void> {
      await web.close();
      await desk.stop();
    },
  };
}
export type ConsoleDesk = Awaited<ReturnType<typeof startConsoleDesk>>;
