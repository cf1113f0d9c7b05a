/** How long a large registry takes by the command line, and how much memory: 20,000 sites, 100,000 contacts, 40,000 licences. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { remove, scratch } from '../support/process.ts';
import { freshDatabase } from '../support/servers/postgres.ts';

const home = resolve(import.meta.dirname, '..', '..');
const folder = scratch('registry-size');
const sites = 20_000;
const contactsEach = 5;

function tables(): string[] {
  const number = (at: number) => String(1_000_000 + at);
  const each = (row: (at: number) => string[]) => Array.from({ length: sites }, (_, at) => row(at)).flat();
  const files: Record<string, string[]> = {
    products: ['name', 'Vault'],
    sites: [
      'number,name,country,timezone,language,pin',
      ...each((at) => [`${number(at)},Customer ${at},GB,Europe/London,en,${String(at).padStart(6, '0')}`]),
    ],
    contacts: [
      'site,name,email,aliases,phone,role,types',
      ...each((at) =>
        Array.from(
          { length: contactsEach },
          (_, one) =>
            `${number(at)},Person ${at} ${one},p${one}@c${at}.example,p${one}@old${at}.example,'+44 20 ${at},${one === 0 ? 'primary,primary|renewal' : 'authorized user,'}`,
        ),
      ),
    ],
    licences: [
      'site,number,product,kind,quantity,from,to',
      ...each((at) => [
        `${number(at)},U-${at},Vault,user,50,2026-01-01,2027-12-31`,
        `${number(at)},S-${at},Vault,support,50,2026-06-01,`,
      ]),
    ],
    plans: ['site,kind,from,to', ...each((at) => [`${number(at)},standard,2026-01-01,2026-12-31`])],
  };
  return Object.entries(files).map(([name, lines]) => {
    const file = join(folder, `${name}.csv`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  });
}

/** The most memory a process has had, as the kernel counts it, looked at while it runs. */
const peakOf = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

async function timed(url: string, args: string[]): Promise<{ seconds: number; megabytes: number; out: string }> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), 'registry', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATABASE_URL: url, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid as number));
  }, 20);
  const out: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => out.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearInterval(watch);
  expect(code).toBe(0);
  return { seconds: (performance.now() - start) / 1000, megabytes, out: out.join('') };
}

test('20,000 sites with 100,000 contacts are imported within two minutes and 500 MB, twice, and exported', async () => {
  const database = await freshDatabase();
  try {
    const files = tables();
    const first = await timed(database.url, ['import', ...files]);
    const again = await timed(database.url, ['import', ...files]);
    const csv = await timed(database.url, ['export', '--csv', 'out']);
    const said = (what: string, run: typeof first) =>
      `${what} ${run.seconds.toFixed(1)} s, ${run.megabytes.toFixed(0)} MB`;
    console.log([said('import', first), said('the same again', again), said('export --csv', csv)].join(' · '));
    expect(first.out).toMatch(/^180001 changes\.$/m);
    expect(again.out).toBe('Nothing changes: the registry says the same.\n');
    for (const run of [first, again, csv]) {
      expect(run.seconds).toBeLessThan(120);
      expect(run.megabytes).toBeLessThan(500);
    }
  } finally {
    await database.drop();
    remove(folder);
  }
});
