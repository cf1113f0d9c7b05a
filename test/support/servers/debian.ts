import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from '../../../src/store/embedded/file-lock.ts';

/** Program to package. Looked for in the administrator's folders too, which an ordinary user has not in the path. */
const needed = {
  dovecot: 'dovecot-imapd',
  'redis-server': 'redis-server',
  'redis-cli': 'redis-tools',
  chromium: 'chromium',
  promtool: 'prometheus',
};

export function findProgram(name: string): string | null {
  for (const folder of [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/local/bin',
    '/usr/bin',
    '/bin',
  ]) {
    try {
      const file = join(folder, name);
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
}

const missing = (): string[] =>
  Object.entries(needed).flatMap(([program, name]) => (findProgram(program) ? [] : [name]));

/** The exact line that brings what is not there. */
export const lineToType = (packages: string[]): string =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;

const policy = '/usr/sbin/policy-rc.d';
const aside = '/usr/sbin/policy-rc.d.before-postern-tests';

/** Debian starts what it installs; a policy that says 101 keeps it from that. The machine's own policy comes back afterwards. */
function withoutServiceStarts(work: () => void): void {
  if (existsSync(policy) && !existsSync(aside)) renameSync(policy, aside);
  const putBack = () => {
    if (existsSync(aside)) renameSync(aside, policy);
    else rmSync(policy, { force: true });
  };
  try {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    work();
  } finally {
    putBack();
  }
}

function aptGet(...args: string[]): void {
  const { status, stderr } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${stderr}`);
}

/** Installs as root what the tests need from Debian; anybody else is told the line to type. Nothing is skipped in silence. */
export async function ensureDebianPackages(say: (line: string) => void): Promise<void> {
  if (missing().length === 0) return;
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new Error(`The tests need programs that are not here. Type:\n\n  ${lineToType(missing())}\n`);
  }
  const turn = await lock('/var/tmp/postern-tests-apt.lock', 'exclusive', 900_000);
  if (!turn) throw new Error('Another test run has been installing packages for 15 minutes');
  try {
    const packages = missing();
    if (packages.length === 0) return;
    say(`installing what the tests need: ${packages.join(' ')}`);
    withoutServiceStarts(() => {
      aptGet('update');
      aptGet('install', '-y', '--no-install-recommends', ...packages);
    });
    if (missing().length > 0) throw new Error(`still not there after installing: ${missing().join(' ')}`);
  } finally {
    turn.release();
  }
}
