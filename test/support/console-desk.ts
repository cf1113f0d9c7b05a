/** The console as whoever is not signed in yet meets it, and visitors who keep cookies as browsers do. */
import { simpleParser } from 'mailparser';
import { findCodes } from '../../src/foundation/code-form.ts';
import { startConsole } from './console.ts';
import { freePort } from './process.ts';
import type { SinkLetter } from './servers/smtp-sink.ts';

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

/** The code that a letter tells; empty where it tells none. */
export async function codeIn(letter: SinkLetter | undefined): Promise<string> {
  const { text = '' } = await simpleParser(letter?.raw ?? '');
  return findCodes(text)[0] ?? '';
}

/** The people of `startConsole`, who sign in by themselves; browsers find it by a name, so that passkeys can be made. */
export async function startConsoleDesk(more: (url: string) => Promise<Record<string, string>> = async () => ({})) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const desk = await startConsole({ HTTP_LISTEN: `127.0.0.1:${port}`, PUBLIC_URL: url, ...(await more(url)) });
  const { sink } = desk;
  /** The code of the newest letter, once there are so many. */
  async function code(letters = 1): Promise<string> {
    await sink.waitFor(letters);
    return codeIn(sink.letters.at(-1));
  }
  return {
    ...desk,
    url,
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
      // Letters are written behind the answer.
      const open = `select (select count(*) from sign_in_attempts where way = 'code' and staff is not null)
        > (select count(*) from letters where template = 'sign-in-code') as open`;
      await desk.until('codes are on their way', async () => (await desk.query(open))[0]?.open === false);
      await desk.anew('');
    },
  };
}
export type ConsoleDesk = Awaited<ReturnType<typeof startConsoleDesk>>;
