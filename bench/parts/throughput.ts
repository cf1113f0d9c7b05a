/** Mails a second, whole way, in rounds: the bare row, the bare row in batches, Postern, and again. Shares are taken within a round. */
import { median, spread } from '../lib/numbers.ts';
import type { Report } from '../lib/report.ts';
import type { Bench } from '../lib/world.ts';
import { type Run, runBare, runPostern, type Task } from './one-run.ts';

export type Contender = { readonly name: string; readonly processes?: readonly (readonly string[])[] };
export const one: Contender = { name: 'Postern, one process' };
export const two: Contender = { name: 'Postern, two processes (`start` twice)', processes: [['start'], ['start']] };

export const nameOf = (task: Task): string =>
  `${task.kind === 'small' ? 'small mails' : '143 KB mails'}, ${task.way === 'imap' ? 'IMAP' : 'LMTP'}, ${task.queues === 'redis' ? 'Redis' : 'PostgreSQL'} queue`;

export async function throughput(
  bench: Bench,
  report: Report,
  task: Task,
  runs: number,
  contenders: readonly Contender[] = [one],
): Promise<void> {
  const where = nameOf(task);
  const single: Run[] = [];
  const batched: Run[] = [];
  const ours = contenders.map((): Run[] => []);
  for (let round = 0; round < runs; round += 1) {
    report.progress(`${where}, round ${round + 1} of ${runs}`);
    single.push(await runBare(bench, task, false));
    batched.push(await runBare(bench, task, true));
    for (const [i, contender] of contenders.entries())
      ours[i]?.push(
        await runPostern(bench, { ...task, ...(contender.processes ? { processes: contender.processes } : {}) }),
      );
  }
  const each = (name: string, all: readonly Run[], shares: Record<string, number> = {}) =>
    report.add({
      part: 'throughput',
      what: `${where}: ${name}`,
      unit: 'mails/s',
      ...spread(all.map((run) => run.rate)),
      shares,
      more: {
        'own CPU ms a mail': median(all.map((run) => run.load.ownMs / task.mails)),
        'PostgreSQL CPU ms a mail': median(all.map((run) => run.load.postgresMs / task.mails)),
        'machine CPU ms a mail': median(all.map((run) => run.load.machineMs / task.mails)),
      },
    });
  each('bare row, a transaction a mail', single);
  each('bare row, 50 mails a transaction', batched);
  const share = (all: readonly Run[], of: readonly Run[]) =>
    median(all.map((run, i) => run.rate / (of[i]?.rate ?? Number.NaN)));
  for (const [i, contender] of contenders.entries()) {
    const all = ours[i] ?? [];
    each(contender.name, all, {
      'of the bare row': share(all, single),
      'of the bare row in batches': share(all, batched),
    });
    report.complaints(
      contender.name,
      all.flatMap((run) => run.complaints),
    );
    if (contender === one)
      report.add({
        part: 'memory',
        what: `${where}: Postern, one process, peak`,
        unit: 'MB',
        ...spread(all.map((run) => run.load.peakMb)),
        shares: {},
        more: {
          'at its start': median(all.map((run) => run.load.startMb)),
          'above its start': median(all.map((run) => run.load.peakMb - run.load.startMb)),
        },
      });
  }
}
