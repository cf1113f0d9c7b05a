import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import { type FileLock, lock, tryLock } from './embedded/file-lock.ts';
import { findPlace, giveToOwner, type Place } from './embedded/place.ts';
import { ensureDatabase, ensureRunning, initialise, running, stopServer, urlOf } from './embedded/server.ts';

type EmbeddedOptions = {
  /** POSTERN_DATA; made where it is not there. */
  dataFolder: string;
  /** `start`: the one Postern of this folder. `join`: beside it, or on its own. */
  hold: 'start' | 'join';
  /** One line for the person who started us. */
  say: (line: string) => void;
  log: Log;
  /** Further PostgreSQL settings, for tests that need no durability. They count where the server is started here. */
  settings?: Record<string, string>;
};

export type Embedded = {
  url: string;
  /** False: it ran already, by another command or left over by a Postern that was killed. */
  startedHere: boolean;
  /** Folder below /var/tmp where the data folder is closed to the user PostgreSQL runs as. */
  movedTo: string | null;
  /** Stops the server unless somebody else still uses it. Call it last: whatever talks to the database is to be closed before. */
  close(): Promise<void>;
};

const turnMs = 90_000;
const watchMs = 1_000;

/** Starting and stopping happen one at a time; what a killed process was about to do, the next one finds out anew. */
async function inTurn<Result>(place: Place, work: () => Promise<Result>): Promise<Result> {
  const turn = await lock(join(place.folder, 'turn.lock'), 'exclusive', turnMs);
  if (!turn)
    throw new Failure(
      'database-held',
      `Another Postern has been starting or stopping the database in ${place.folder} for ${turnMs / 1000} s`,
    );
  try {
    return await work();
  } finally {
    turn.release();
  }
}

function takeHold(place: Place): FileLock {
  const hold = tryLock(join(place.folder, 'hold.lock'), 'exclusive');
  const holder = join(place.folder, 'holder');
  if (hold) {
    writeFileSync(holder, `${process.pid}\n`);
    giveToOwner(holder, place.folder);
    return hold;
  }
  let pid = 'unknown';
  try {
    pid = readFileSync(holder, 'utf8').trim();
  } catch {}
  throw new Failure(
    'database-held',
    `Postern already runs on ${place.folder} (process ${pid}). Stop it first, or set POSTERN_DATA to another folder.`,
  );
}

/**
 * The database that comes along. Whoever uses it holds a shared lock, and the last one out stops the server, so commands,
 * workers and `start` may come and go in any order; a server that a killed Postern left behind is simply joined.
 * Throws Failure: database-held (a second start), settings-unusable (folder, user, machine), database-away (does not start).
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const place = await findPlace(resolve(options.dataFolder));
  const extra = options.settings ?? {};
  for (const name of ['turn.lock', 'hold.lock', 'use.lock']) {
    tryLock(join(place.folder, name), 'shared')?.release();
    // Whoever may read a lock file may hold it.
    chmodSync(join(place.folder, name), 0o600);
    giveToOwner(join(place.folder, name), place.folder);
  }
  const hold = options.hold === 'start' ? takeHold(place) : null;
  if (place.movedTo)
    options.say(
      `PostgreSQL cannot enter ${resolve(options.dataFolder)} or its own binaries as another user than root: it lives in ${place.movedTo}`,
    );
  try {
    const useFile = join(place.folder, 'use.lock');
    const opened = await inTurn(place, async () => {
      const use = tryLock(useFile, 'shared');
      if (!use) throw new Failure('database-held', `${useFile} is locked by something that is not Postern`);
      try {
        initialise(place);
        const server = await ensureRunning(place, extra);
        await ensureDatabase(place, server.port);
        return { ...server, use };
      } catch (error) {
        use.release();
        throw error;
      }
    });
    options.log.info(
      { port: opened.port, started: opened.started, folder: place.folder },
      'embedded database is ready',
    );
    const guard = keepAlive(place, opened.port, extra, options.log);

    const leave = async () => {
      await guard.end();
      await inTurn(place, async () => {
        opened.use.release();
        const alone = tryLock(useFile, 'exclusive');
        if (!alone) return;
        try {
          if (!(await stopServer(place))) options.log.warn({ folder: place.folder }, 'embedded database does not stop');
        } finally {
          alone.release();
        }
      });
      hold?.release();
    };
    let closed: Promise<void> | null = null;
    return {
      url: urlOf(place, opened.port),
      startedHere: opened.started,
      movedTo: place.movedTo,
      close() {
        closed ??= leave();
        return closed;
      },
    };
  } catch (error) {
    hold?.release();
    throw error;
  }
}

/** A server that dies under us (out of memory, a stray kill) is started again on its port: every pool holds that address. */
function keepAlive(place: Place, port: number, extra: Record<string, string>, log: Log): { end(): Promise<void> } {
  let busy: Promise<void> | null = null;
  const look = async () => {
    const before = running(place);
    if (before?.port === port) return;
    await inTurn(place, async () => {
      const server = await ensureRunning(place, extra);
      if (server.port !== port)
        log.error({ port, now: server.port }, 'embedded database came back on another port: restart Postern');
      else if (server.started) log.warn({ port }, 'embedded database had died and was started again');
    });
  };
  const timer = setInterval(() => {
    busy ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'embedded database is gone and does not come back'))
      .finally(() => {
        busy = null;
      });
  }, watchMs);
  timer.unref();
  return {
    async end() {
      clearInterval(timer);
      await busy;
    },
  };
}
