import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Failure } from '../../foundation/failure.ts';
import { giveToOwner, type Place } from './place.ts';

const user = 'postern';
const logLimit = 10_000_000;

/** RELIABILITY asks for 200 connections; fsync and full_page_writes stay as PostgreSQL sets them, on. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  jit: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'postern',
};

const dataOf = (place: Place): string => join(place.folder, 'postgres');
const logOf = (place: Place): string => join(place.folder, 'postgres.log');
const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

export const urlOf = (place: Place, port: number, database = 'postern'): string =>
  `postgres://${user}:${readFileSync(join(place.folder, 'password'), 'utf8').trim()}@127.0.0.1:${port}/${database}`;

/** initdb into a folder of its own, renamed at the end: a start that is killed half way leaves no half database behind. */
export function initialise(place: Place): void {
  if (existsSync(join(dataOf(place), 'PG_VERSION'))) return;
  const fresh = mkdtempSync(join(place.folder, 'new-'));
  const data = join(fresh, 'postgres');
  const password = randomBytes(24).toString('base64url');
  const passwordForInitdb = join(fresh, 'password');
  try {
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(passwordForInitdb, `${password}\n`, { mode: 0o600 });
    if (place.runAs)
      for (const path of [fresh, data, passwordForInitdb]) chownSync(path, place.runAs.uid, place.runAs.gid);
    const flags = [
      '--pgdata',
      data,
      '--username',
      user,
      '--pwfile',
      passwordForInitdb,
      '--auth',
      'scram-sha-256',
      '--no-locale',
      '--encoding',
      'UTF8',
      '--no-instructions',
    ];
    const { status, stderr, error } = spawnSync(join(place.bin, 'initdb'), flags, {
      ...place.runAs,
      cwd: fresh,
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    });
    if (status !== 0)
      throw new Failure(
        'settings-unusable',
        `The embedded database could not be made in ${place.folder}: ${error?.message ?? stderr.trim()}`,
      );
    const kept = join(place.folder, 'password');
    writeFileSync(kept, `${password}\n`, { mode: 0o600 });
    chmodSync(kept, 0o600);
    giveToOwner(kept, place.folder);
    renameSync(data, dataOf(place));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** A process that ended and waits for its parent to notice counts as gone: in a container nobody may ever notice. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat === null || !/\) [ZX] /.test(stat);
}

/** The postmaster that has this data folder open, by its own lock file; `port` is null until it says that it is ready. */
export function running(place: Place): { pid: number; port: number | null } | null {
  const lines = readIfThere(join(dataOf(place), 'postmaster.pid'))?.split('\n') ?? [];
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid < 2 || !isAlive(pid)) return null;
  try {
    // The number may have gone to somebody else since a crash: a postmaster works in its data folder.
    if (readlinkSync(`/proc/${pid}/cwd`) !== dataOf(place)) return null;
  } catch {}
  return { pid, port: lines[7]?.trim() === 'ready' ? Number(lines[3]) : null };
}

async function freePort(wanted: number | null): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(null));
      probe.listen(port, '127.0.0.1', () => {
        const taken = (probe.address() as { port: number }).port;
        probe.close(() => resolve(taken));
      });
    });
  return (wanted ? await tryPort(wanted) : null) ?? (await tryPort(0)) ?? 0;
}

/** Waits for a starting server; null when it ended instead. */
async function untilReady(place: Place, ended: () => boolean, withinMs: number): Promise<number | null> {
  const end = performance.now() + withinMs;
  while (performance.now() < end && !ended()) {
    const port = running(place)?.port;
    if (port) return port;
    await sleep(20);
  }
  return null;
}

/** In a session of its own: Ctrl-C in the terminal must not reach it before our workers are done. Its output goes to a file, never to our pipes. */
function launch(place: Place, port: number, extra: Record<string, string>): () => boolean {
  const log = logOf(place);
  const output = openSync(log, existsSync(log) && statSync(log).size > logLimit ? 'w' : 'a', 0o600);
  giveToOwner(log, place.folder);
  const flags = Object.entries({ ...settings, ...extra, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(join(place.bin, 'postgres'), ['-D', dataOf(place), ...flags], {
    ...place.runAs,
    cwd: dataOf(place),
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(output);
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  return () => ended;
}

/**
 * Joins the server of this folder, or starts it: one that is just starting, recovering or stopping is waited for. Only to be
 * called by whoever has the turn. The port of the last time is taken again where it is free.
 */
export async function ensureRunning(
  place: Place,
  extra: Record<string, string>,
): Promise<{ port: number; started: boolean }> {
  const wanted = Number(readIfThere(join(place.folder, 'port'))) || null;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const there = running(place) && (await untilReady(place, () => running(place) === null, 60_000));
    if (there) return { port: there, started: false };
    if (running(place))
      throw new Failure(
        'database-away',
        `The embedded database in ${place.folder} does not become ready; its log is ${logOf(place)}`,
      );
    rmSync(join(dataOf(place), 'postmaster.pid'), { force: true });
    const port = await untilReady(place, launch(place, await freePort(wanted), extra), 60_000);
    if (port) {
      writeFileSync(join(place.folder, 'port'), `${port}\n`);
      giveToOwner(join(place.folder, 'port'), place.folder);
      return { port, started: true };
    }
    await sleep(100 * attempt);
  }
  const tail = readIfThere(logOf(place))?.trimEnd().split('\n').slice(-5).join('\n') ?? '';
  throw new Failure('database-away', `The embedded database in ${place.folder} does not start:\n${tail}`);
}

/** A database of our own beside the one initdb makes; a start killed before this makes up for it. */
export async function ensureDatabase(place: Place, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres'), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'postern'");
    if (rowCount === 0) await client.query('create database postern');
  } finally {
    await client.end();
  }
}

/** Fast shutdown (open transactions are rolled back); after 20 s the hard one, which costs a recovery at the next start. False: it still runs. */
export async function stopServer(place: Place): Promise<boolean> {
  for (const [signal, withinMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    const server = running(place);
    if (!server) return true;
    try {
      process.kill(server.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    const end = performance.now() + withinMs;
    while (performance.now() < end) {
      if (!isAlive(server.pid)) return true;
      await sleep(10);
    }
  }
  return running(place) === null;
}
