/** What /proc tells of processes, and what this machine is. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** In megabytes; 0 once it is gone. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/** Fields of /proc/PID/stat behind the name, which may hold anything. */
const stat = (pid: number): string[] => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];

/** User and system time so far, in milliseconds, of a process and, where `family`, of all that descend from it. */
export function cpuMs(pid: number, family = false): number {
  const own = (one: number) => (Number(stat(one)[11] ?? 0) + Number(stat(one)[12] ?? 0)) * 10;
  if (!family) return own(pid);
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(stat(Number(name))[1]));
  const under = (one: number | undefined): boolean =>
    one !== undefined && one > 0 && (one === pid || under(parents.get(one)));
  return [...parents.keys()].filter(under).reduce((sum, one) => sum + own(one), 0);
}

/** Busy time of all cores so far, in milliseconds. */
export function busyMs(): number {
  const ticks = read('/proc/stat').split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
  return (ticks.reduce((a, b) => a + b, 0) - (ticks[3] ?? 0) - (ticks[4] ?? 0)) * 10;
}

const versionOf = (program: string): string => {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0] ?? '';
  } catch {
    return 'not here';
  }
};

export function machine(): string[] {
  const commit = (() => {
    try {
      return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    } catch {
      return 'unknown';
    }
  })();
  const model = cpus()[0]?.model ?? 'unknown';
  return [
    `${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()} ${arch()}`,
    `Node ${process.versions.node}, Postern at commit ${commit}`,
    `Dovecot ${versionOf('dovecot')}; ${versionOf('redis-server')}`,
  ];
}
