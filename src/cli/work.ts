import type { Command } from 'commander';
import { startAll } from '../../workers/all.ts';
import { startInbox } from '../../workers/inbox.ts';
import { startIntake } from '../../workers/intake.ts';
import { startOutbound } from '../../workers/outbound.ts';
import { startScheduler } from '../../workers/scheduler.ts';
import { startWeb } from '../../workers/web.ts';
import type { Gone, Worker } from '../../workers/worker.ts';
import { Failure } from '../foundation/failure.ts';
import { listenFault } from '../foundation/outside-fault.ts';
import { showLife } from '../runtime/alive.ts';
import type { House } from '../runtime/house.ts';
import { runUntilStopped } from '../runtime/run.ts';
import { createMeter } from '../web/metrics.ts';
import { serveMetrics } from '../web/worker-metrics.ts';
import { openForWork, say } from './open.ts';
import { startWords } from './start-words.ts';
import { columns, wrap } from './terminal.ts';

type Metrics = ReturnType<typeof createMeter>;

const workers: Record<string, (house: House, gone: Gone, metrics: Metrics) => Promise<Worker>> = {
  inbox: (house) => startInbox(house),
  intake: startIntake,
  outbound: startOutbound,
  scheduler: startScheduler,
  web: (house, _, metrics) => startWeb(house, { metrics, others: () => [] }),
};

/** In words where somebody looks; elsewhere what is missing goes into the log, once. */
async function tell(house: House, name: string): Promise<void> {
  const lines = await startWords(house, name);
  if (!process.stderr.isTTY) {
    for (const [label, says] of lines) if (label === 'missing') house.log.warn({}, says);
    return;
  }
  say(`Postern ${name === 'all' ? 'runs' : `works: ${name}`}. Ctrl-C ends it.`);
  for (const [label, says] of lines)
    for (const [i, line] of wrap(says, columns() - 12).entries()) say(`  ${(i === 0 ? label : '').padEnd(8)}  ${line}`);
}

async function run(
  name: string,
  hold: 'start' | 'join',
  start: (house: House, gone: Gone, metrics: Metrics) => Promise<Worker>,
): Promise<void> {
  const metrics = createMeter();
  const house = await openForWork(name, hold === 'start' ? 'start' : 'work', hold, metrics);
  process.exitCode = await runUntilStopped(house.log, async (gone) => {
    let worker: Worker | null = null;
    let counters: Awaited<ReturnType<typeof serveMetrics>> | null = null;
    try {
      worker = await start(house, gone, metrics);
      const { metricsListen } = house.settings;
      // Where the web server is, they stand on its own page.
      if (metricsListen && name !== 'web' && name !== 'all')
        counters = await serveMetrics(metricsListen, metrics, house.log).catch((error: unknown) => {
          throw new Failure('settings-unusable', listenFault(error, 'METRICS_LISTEN', metricsListen));
        });
    } catch (error) {
      await worker?.close();
      await house.close();
      throw error;
    }
    const database = house.settings.databaseUrl ? 'given' : 'embedded';
    // Claims and leases name their process by this.
    house.log.info({ id: house.worker, database, queues: house.queues.kind }, 'ready');
    await tell(house, name);
    const life = showLife(name);
    return {
      async close() {
        life.close();
        await counters?.close();
        await worker?.close();
        await house.close();
      },
    };
  });
}

export function workCommands(program: Command): void {
  program
    .command('start')
    .description('every worker in one process')
    .action(() => run('all', 'start', (house, gone, metrics) => startAll(house, gone, { metrics })));
  program
    .command('work')
    .argument('<worker>', Object.keys(workers).join(' | '))
    .description('one worker a process, any number of each')
    .action(async (name: string, _options: unknown, command: Command) => {
      const start = Object.hasOwn(workers, name) ? workers[name] : undefined;
      if (!start) command.error(`error: there is no worker "${name}"; there are ${Object.keys(workers).join(', ')}`);
      else await run(name, 'join', start);
    });
}
