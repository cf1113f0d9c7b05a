/** The queues: what waits, and the switches of each: `postern queues`, `queues pause|resume|empty NAME`. */
import type { Command } from 'commander';
import { emptyQueue, failedCauses, pauseQueue, queueNamed, resumeQueue } from '../../flows/queues/queues.ts';
import { Failure } from '../../foundation/failure.ts';
import { queueNames } from '../../queues/definitions.ts';
import { lookAtRunning } from '../../store/overview/look-desk.ts';
import { causeWords } from '../../upkeep/overview/words.ts';
import { stopReasonOf } from '../../upkeep/stop-reason.ts';
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

const heard = (told: boolean): string =>
  told ? '' : ' The queues do not answer just now: it holds as soon as they do, within half a minute.';

async function pause(name: string, words: string[], options: Flags): Promise<void> {
  await withApp(async (app) => {
    const queue = queueNamed(name);
    const reason = words.join(' ');
    const why = stopReasonOf(reason);
    if ('fault' in why) throw new Failure('bad-input', why.fault);
    if (options.dryRun)
      return print(`Nothing was done. The queue ${queue} would hand nothing out until it is resumed.`);
    const { fresh, told } = await pauseQueue(app, queue, reason, by(options));
    print(
      `${
        fresh
          ? `The queue ${queue} is paused until: postern queues resume ${queue}`
          : 'It was paused already; the reason is the new one.'
      }${heard(told)}`,
    );
  });
}

async function resume(name: string, options: Flags): Promise<void> {
  await withApp(async (app) => {
    const queue = queueNamed(name);
    if (options.dryRun) return print(`Nothing was done. The queue ${queue} would go on.`);
    const { fresh, told } = await resumeQueue(app, queue, by(options));
    print(`${fresh ? `The queue ${queue} goes on.` : 'It was not paused.'}${heard(told)}`);
  });
}

async function empty(name: string, options: Flags): Promise<void> {
  await withApp(async (app) => {
    const queue = queueNamed(name);
    const waiting = (await app.queues.look()).find((one) => one.queue === queue)?.waiting ?? 0;
    if (options.dryRun)
      return print(`Nothing was done. ${waiting} jobs would be thrown away; the rows behind them are queued anew.`);
    const { thrown, left } = await emptyQueue(app, queue, by(options));
    print(`${thrown} jobs were thrown away; the rows behind them are queued anew within a minute.`);
    if (left === null) print('The queues stopped answering meanwhile, so it is not known what is left.');
    else if (left > 0) print(`${left} are left, for which there was no time: postern queues empty ${queue}`);
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
      .argument('<queue>', queueNames.join(' | '))
      .option('--as <address>', 'for whom of our people')
      .option('--dry-run', 'say what would be done, do nothing');
  turn('pause', 'hand nothing out until it is resumed; what waits keeps its place')
    .argument('<reason...>', 'why: everybody who looks reads it')
    .action(pause);
  turn('resume', 'go on').action(resume);
  turn('empty', 'throw jobs away; the mails and letters behind them are queued anew').action(empty);
}
