/** What is measured of the console: the time of each page, what it weighs, memory over many requests. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { residentMb } from '../lib/machine.ts';
import { quantile } from '../lib/numbers.ts';
import { type Browser, type Got, openBrowser } from './browser.ts';
import type { Desk } from './desk.ts';
import { type Asked, pages } from './pages.ts';
import type { Scale } from './rows.ts';

export type Timed = {
  readonly what: string;
  readonly status: number;
  readonly p50: number;
  readonly p95: number;
  readonly firstByteP95: number;
  /** The page alone, and with every style and script that it names, as they go over the wire. */
  readonly kb: number;
  readonly wholeKb: number;
};

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** Another row each time, over all of them. */
function filled({ path }: Asked, round: number, { mails, cases, sites }: Scale): string {
  const part = ((round * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
  const of = (most: number): number => 1 + Math.floor(part * most);
  const site = Math.floor(part * sites);
  const values: Readonly<Record<string, string>> = {
    mail: String(of(mails)),
    held: String(Math.floor(mails * 0.97) + of(mails * 0.03)),
    case: String(100_000 + of(cases)),
    letter: String(of(cases * 2)),
    address: `ada${site}@customer${site}.example`,
    staff: `engineer${of(20)}@desk.example`,
    month: day(30),
    old: day(730),
    years: day(1_090),
    site: String(3_000_000 + of(sites)),
  };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

const readable = ({ body, headers }: Got): string => {
  const encoding = headers['content-encoding'];
  return (encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body).toString();
};

/** With an empty cache. */
async function weightOf(browser: Browser, page: Got): Promise<number> {
  const names = [...readable(page).matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)];
  let bytes = page.bytes;
  for (const [, path = ''] of names) bytes += (await browser.get(path)).bytes;
  return bytes;
}

export async function timeOf(desk: Desk, asked: Asked, scale: Scale, rounds: number): Promise<Timed> {
  const browser = openBrowser(desk.running.httpPort, desk.cookie);
  const got: Got[] = [];
  // Plans, threads of compression and the like are there from the second on.
  for (let round = -3; round < rounds; round += 1) {
    const one = await browser.get(filled(asked, round + 4, scale));
    if (round >= 0) got.push(one);
  }
  const times = got.map(({ ms }) => ms);
  const last = got.at(-1) as Got;
  return {
    what: asked.what,
    status: Math.max(...got.map(({ status }) => status)),
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    firstByteP95: quantile(
      got.map(({ firstMs }) => firstMs),
      0.95,
    ),
    kb: last.bytes / 1024,
    wholeKb: (await weightOf(browser, last)) / 1024,
  };
}

export type Memory = { readonly requests: number; readonly mb: number };

/** Every page in turn, four at a time, as often as it takes; the resident set of the process at each tenth. */
export async function memoryOver(
  desk: Desk,
  scale: Scale,
  requests: number,
  there: readonly Asked[],
): Promise<Memory[]> {
  const [pid = 0] = desk.running.pids;
  const seen: Memory[] = [{ requests: 0, mb: residentMb(pid) }];
  const lanes = Array.from({ length: 4 }, () => openBrowser(desk.running.httpPort, desk.cookie));
  const step = requests / 10;
  for (let done = 0; done < requests; done += step) {
    await Promise.all(
      lanes.map(async (browser, lane) => {
        for (let i = lane; i < step; i += lanes.length) {
          const asked = there[(done + i) % there.length] as Asked;
          await browser.get(filled(asked, done + i, scale));
        }
      }),
    );
    seen.push({ requests: done + step, mb: residentMb(pid) });
  }
  return seen;
}

/** Ten people, each opening a page every ten seconds and holding one stream. */
export function peopleLooking(desk: Desk, scale: Scale, there: readonly Asked[]): { stop(): Promise<number> } {
  const on = new AbortController();
  let opened = 0;
  const each = Array.from({ length: 10 }, async (_, person) => {
    const browser = openBrowser(desk.running.httpPort, desk.cookie);
    const stream = browser.stream('/live');
    await new Promise((done) => setTimeout(done, person * 1_000));
    while (!on.signal.aborted) {
      await browser.get(filled(there[(opened + person * 7) % there.length] as Asked, opened, scale)).catch(() => {});
      opened += 1;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 10_000);
        on.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          done();
        });
      });
    }
    stream.close();
  });
  return {
    async stop() {
      on.abort();
      await Promise.all(each);
      return opened;
    },
  };
}

/** Those that are there; a page that nobody has built yet answers 404. */
export async function pagesThere(desk: Desk, scale: Scale): Promise<readonly Asked[]> {
  const browser = openBrowser(desk.running.httpPort, desk.cookie);
  const there: Asked[] = [];
  for (const asked of pages) if ((await browser.get(filled(asked, 1, scale))).status === 200) there.push(asked);
  return there;
}
