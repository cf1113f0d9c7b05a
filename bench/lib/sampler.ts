import { busyMs, cpuMs, residentMb } from './machine.ts';
import { sleep } from './numbers.ts';

export type Load = {
  /** Of the processes under test together. */
  readonly startMb: number;
  readonly peakMb: number;
  /** Milliseconds of processor time: the processes under test, PostgreSQL, and the whole machine. */
  readonly ownMs: number;
  readonly postgresMs: number;
  readonly machineMs: number;
};

/** Watches processes from now until `stop`. */
export function watchLoad(pids: readonly number[], postgresPid: number): { stop(): Promise<Load> } {
  const total = (of: (pid: number) => number) => pids.reduce((sum, pid) => sum + of(pid), 0);
  const startMb = total(residentMb);
  let peakMb = startMb;
  const before = { own: total((pid) => cpuMs(pid)), postgres: cpuMs(postgresPid, true), machine: busyMs() };
  let on = true;
  const sampling = (async () => {
    while (on) {
      peakMb = Math.max(peakMb, total(residentMb));
      await sleep(100);
    }
  })();
  return {
    async stop() {
      on = false;
      await sampling;
      return {
        startMb,
        peakMb,
        ownMs: total((pid) => cpuMs(pid)) - before.own,
        postgresMs: cpuMs(postgresPid, true) - before.postgres,
        machineMs: busyMs() - before.machine,
      };
    },
  };
}
