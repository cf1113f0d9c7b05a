import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { remove, scratch } from '../../support/process.ts';
import { leftovers } from '../../support/processes/leftovers.ts';

type Told = {
  url: string;
  startedHere: boolean;
  movedTo: string | null;
  said: string[];
  code?: string;
  message?: string;
};
type Holder = Told & { child: ChildProcess; close(): Promise<void>; kill(): Promise<void> };
type Who = { uid: number; gid: number } | null;

const asRoot = process.getuid?.() === 0;
const program = fileURLToPath(new URL('../../support/servers/embedded-holder.ts', import.meta.url));
const holders: Holder[] = [];
const folders: string[] = [];

async function holder(folder: string, hold: 'start' | 'join', who: Who = null): Promise<Holder> {
  const child = spawn(process.execPath, [program, folder, hold], {
    ...who,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const gone = once(child, 'exit');
  const ended = async (act: () => void) => {
    if (child.exitCode === null && child.signalCode === null) act();
    await gone;
  };
  const one: Holder = {
    ...(JSON.parse(line) as Told),
    child,
    close: () => ended(() => child.stdin.end()),
    kill: () => ended(() => child.kill('SIGKILL')),
  };
  holders.push(one);
  return one;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
const answers = (url: string): Promise<boolean> =>
  ask(url, 'select 1').then(
    () => true,
    () => false,
  );

/** An open folder of the user; `closed` lies below one of mode 0700, as a fresh `mktemp -d` does. */
function dataFolder(who: Who, closed = false): string {
  const top = closed ? mkdtempSync(join(tmpdir(), 'postern-closed-')) : scratch('embedded');
  if (who) chownSync(top, who.uid, who.gid);
  folders.push(top);
  return join(top, 'data');
}

/** A folder in which the database has been made and stopped: making it is looked at where a test begins with an empty one. */
let made: Promise<string> | null = null;
async function madeFolder(who: Who = null): Promise<string> {
  made ??= (async () => {
    const folder = join(scratch('embedded-made'), 'data');
    await (await holder(folder, 'start')).close();
    return folder;
  })();
  const folder = dataFolder(who);
  execFileSync('cp', ['-a', await made, folder]);
  if (who) execFileSync('chown', ['-R', `${who.uid}:${who.gid}`, folder]);
  return folder;
}
afterAll(async () => {
  if (made) remove(dirname(await made));
});

afterEach(async () => {
  for (const one of holders.splice(0)) await one.close();
  for (const folder of folders.splice(0)) {
    const moved = join(folder, 'data', 'moved-to');
    if (existsSync(moved)) remove(readFileSync(moved, 'utf8').trim());
    expect(leftovers(folder)).toEqual([]);
    remove(folder);
  }
});

const nobody = (): Who => ({
  uid: Number(execFileSync('id', ['-u', 'nobody'])),
  gid: Number(execFileSync('id', ['-g', 'nobody'])),
});
/** Where the tests run as root both are tried; anybody else tries their own case, and the titles say which. */
const everybody: [string, Who][] = asRoot
  ? [
      ['root', null],
      ['an ordinary user', nobody()],
    ]
  : [['this ordinary user (run the tests as root for the other case)', null]];

describe.each(everybody)('the embedded database as %s', (_, who) => {
  test('keeps its data and its address between starts, and leaves no process', async () => {
    const folder = dataFolder(who);
    const first = await holder(folder, 'start', who);
    expect(first).toMatchObject({ startedHere: true, movedTo: null, said: [] });
    await ask(first.url, 'create table kept as select 7 as n');
    await first.close();
    expect(await answers(first.url)).toBe(false);
    expect(leftovers(folder)).toEqual([]);
    const second = await holder(folder, 'start', who);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('writes to disk before it says so, and takes 200 connections', async () => {
    const { url } = await holder(await madeFolder(who), 'start', who);
    expect(
      await ask(url, "select current_setting('fsync') as fsync, current_setting('max_connections') as most"),
    ).toEqual([{ fsync: 'on', most: '200' }]);
    expect(
      await ask(
        url,
        'select pg_encoding_to_char(encoding) as encoding, datcollate from pg_database where datname = current_database()',
      ),
    ).toEqual([{ encoding: 'UTF8', datcollate: 'C' }]);
  });

  test('is refused to a second start, which names the first', async () => {
    const folder = await madeFolder(who);
    const first = await holder(folder, 'start', who);
    const second = await holder(folder, 'start', who);
    expect(second.code).toBe('database-held');
    expect(second.message).toContain(`process ${first.child.pid}`);
    expect(await answers(first.url)).toBe(true);
  });

  test('is taken over with its data after a kill -9 of Postern', async () => {
    const folder = await madeFolder(who);
    const first = await holder(folder, 'start', who);
    await ask(first.url, 'create table kept as select 7 as n');
    await first.kill();
    expect(await answers(first.url)).toBe(true);
    const second = await holder(folder, 'start', who);
    expect(second).toMatchObject({ startedHere: false, url: first.url });
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.close();
    expect(leftovers(folder)).toEqual([]);
  });

  test('works below a closed folder, and says where it lives if that is elsewhere', async () => {
    const folder = dataFolder(who, true);
    const first = await holder(folder, 'start', who);
    await ask(first.url, 'create table kept as select 7 as n');
    if (asRoot && !who) {
      expect(first.movedTo).toMatch(/^\/var\/tmp\/postern-[0-9a-f]+$/);
      expect(first.said.join()).toContain(first.movedTo);
    } else expect(first.movedTo).toBe(null);
    await first.close();
    const second = await holder(folder, 'join', who);
    expect(second.movedTo).toBe(first.movedTo);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.close();
    expect(leftovers(first.movedTo ?? folder)).toEqual([]);
  });
});

test('a command joins a running Postern and leaves it running', async () => {
  const folder = await madeFolder();
  const first = await holder(folder, 'start');
  const command = await holder(folder, 'join');
  expect(command).toMatchObject({ startedHere: false, url: first.url });
  await command.close();
  expect(await answers(first.url)).toBe(true);
});

test('a command on its own starts the database and stops it', async () => {
  const folder = await madeFolder();
  const command = await holder(folder, 'join');
  expect(command.startedHere).toBe(true);
  await command.close();
  expect(await answers(command.url)).toBe(false);
  expect(leftovers(folder)).toEqual([]);
});

test('the last one out stops it, whoever started it', async () => {
  const folder = await madeFolder();
  const start = await holder(folder, 'start');
  const worker = await holder(folder, 'join');
  await start.close();
  expect(await answers(worker.url)).toBe(true);
  await worker.close();
  expect(await answers(worker.url)).toBe(false);
});

test('several first commands at once make one database', async () => {
  const folder = dataFolder(null);
  const all = await Promise.all([1, 2, 3].map(() => holder(folder, 'join')));
  expect(new Set(all.map((one) => one.url)).size).toBe(1);
  expect(all.filter((one) => one.startedHere)).toHaveLength(1);
});

test('a server that was killed under us comes back on its address with what was committed', async () => {
  const folder = await madeFolder();
  const { url } = await holder(folder, 'start');
  await ask(url, 'create table kept as select 7 as n');
  process.kill(Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await expect
    .poll(() => ask(url, 'select n from kept').catch(() => null), { timeout: 15_000, interval: 100 })
    .toEqual([{ n: 7 }]);
});

test('a folder of somebody else is refused with the reason', async () => {
  // Whoever is not root cannot make one, and takes one that is root's on every machine.
  const folder = asRoot ? dataFolder(null) : '/usr';
  if (asRoot) {
    mkdirSync(folder);
    chmodSync(dirname(folder), 0o755);
    chmodSync(folder, 0o777);
  }
  const stranger = await holder(folder, 'start', asRoot ? nobody() : null);
  expect(stranger).toMatchObject({ code: 'settings-unusable' });
  expect(stranger.message).toContain('belongs to another user');
});
