/** The queues: what waits, and the switches of each: `postern queues`, `queues pause|resume|empty NAME`. */
import type { Command } from 'commander';
import { emptyQueue, failedCauses, pauseQueue, resumeQueue } from '../../flows/queues/queues.ts';
import { lookAtRunning } from '../../store/overview/look-desk.ts';
import { causeWords } from '../../upkeep/overview/words.ts';
import { withApp } from '../open.ts';
import { print, printJson, table } from '../output/terminal.ts';
import { readableTimes } from '../output/times.ts';

type Flags = { json?: boolean; dryRun?: boolean; as?: string };

const by = ({ as }: Flags) => ({ kind: 'command', staff: as ?? null }) as const;

async function list({ json }: Flags): Promise<void> {
  await withApp(async (app) => {
    const queues = await app.queues.look();
    const { paused } = await lookAtRunning(app.database);
    const pausedBy = new Map(paused.map((one) => [one.queue, one]));
    const all = await Promise.all(
      queues.map(async (one) => ({
        ...one,
        pausedBy: pausedBy.get(one.queue) ?? null,
        causes: one.failed === 0 ? [] : await failedCauses(app, one.queue),
      })),
    );
    if (json) {
      for (const one of all) printJson(one);
      return;
    }
    const rows = all.map(({ queue, waiting, oldest, active, delayed, failed, paused: stands }) => [
      queue,
      stands ? 'paused' : 'goes',
      `${waiting}`,
      oldest === null ? '' : readableTimes(oldest),
      `${active}`,
      `${delayed}`,
      `${failed}`,
    ]);
    print(table(['queue', 'state', 'waiting', 'oldest', 'in hand', 'put off', 'failed'], rows));
    for (const { queue, pausedBy: who, causes } of all) {
      if (who)
        print(readableTimes(`${queue} is paused since ${who.at} by ${who.by}: ${who.reason || 'no reason given'}`));
      for (const { cause, jobs, last } of causes)
        print(readableTimes(`${queue}: ${jobs} failed, the last ${last}: ${causeWords(cause)}`));
    }
  });
}

async function pause(name: string, reason: string[], options: Flags): Promise<void> {
  await withApp(async (app) => {
    if (options.dryRun) return print(`Nothing was done. The queue ${name} would hand nothing out until it is resumed.`);
    const fresh = await pauseQueue(app, name, reason.join(' '), by(options));
    print(
      fresh
        ? `The queue ${name} is paused until: postern queues resume ${name}`
        : 'It was paused already; the reason is the new one.',
    );
  });
}

async function resume(name: string, options: Flags): Promise<void> {
  await withApp(async (app) => {
    if (options.dryRun) return print(`Nothing was done. The queue ${name} would go on.`);
    print((await resumeQueue(app, name, by(options))) ? `The queue ${name} goes on.` : 'It was not paused.');
  });
}

async function empty(name: string, options: Flags): Promise<void> {
  await withApp(async (app) => {
    const waiting = (await app.queues.look()).find(({ queue }) => queue === name)?.waiting ?? 0;
    if (options.dryRun)
      return print(`Nothing was done. ${waiting} jobs would be thrown away; the rows behind them are queued anew.`);
    const jobs = await emptyQueue(app, name, by(options));
    print(`${jobs} jobs were thrown away; the rows behind them are queued anew within a minute.`);
  });
}

export function queueCommands(program: Command): void {
  const queues = program.command('queues').description('what waits in the queues, and whether they go');
  queues
    .command('status', { isDefault: true })
    .description('what waits, since when, and what failed')
    .option('--json', 'one line of JSON a queue')
    .action(list);
  const turn = (word: string, description: string): Command =>
    queues
      .command(word)
      .description(description)
      .argument('<queue>', 'intake | outbound | upkeep')
      .option('--as <address>', 'for whom of our people')
      .option('--dry-run', 'say what would be done, do nothing');
  turn('pause', 'hand nothing out until it is resumed; what waits keeps its place')
    .argument('[reason...]')
    .action(pause);
  turn('resume', 'go on').action(resume);
  turn('empty', 'throw jobs away; the mails and letters behind them are queued anew').action(empty);
}
