/**
 * Arms the crash points (RELIABILITY "Faults"): `POSTERN_CRASH=after commit@2` kills this process with -9 when it passes that
 * point for the second time, `stop after commit@2` stops it there as SIGSTOP does. For tests; the settings hand it in only where it is set.
 */
import { armCrashPoints } from '../foundation/crash-point.ts';

export function armCrash(order: string | null): void {
  if (order === null) return;
  const [named = '', times = '1'] = order.split('@');
  const point = named.replace(/^stop /, '');
  const signal = named === point ? 'SIGKILL' : 'SIGSTOP';
  let left = Number(times);
  armCrashPoints((passed) => {
    if (passed === point && --left === 0) process.kill(process.pid, signal);
  });
}
