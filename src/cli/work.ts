import type { Command } from 'commander';
import { startAll } from '../../workers/all.ts';
import { startInbox } from '../../workers/inbox.ts';
import { startIntake } from '../../workers/intake.ts';
import { startOutbound } from '../../workers/outbound.ts';
import { startScheduler } from '../../workers/scheduler.ts';
import { startWeb } from '../../workers/web.ts';
import type { Gone, Worker } from '../../workers/worker.ts';
import { Failure } from '../foundation/failure.ts';
import { listenFault } from '../foundation/faults/outside-fault.ts';
import type { App } from '../runtime/app.ts';
import { tellHere } from '../runtime/here.ts';
import { keepLivenessFile } from '../runtime/liveness-file.ts';
import { runUntilStopped } from '../runtime/run.ts';
import { createMeter } from '../web/metrics.ts';
import { serveMetrics } from '../web/worker-metrics.ts';
import { openForWork, say } from './open.ts';
import { terminalColumns, wrap } from './output/terminal.ts';
import { startWords } from './start-words.ts';

type Metrics = ReturnType<typeof createMeter>;

const workers: Record<string, (app: App, gone: Gone, metrics: Metrics) => Promise<Worker>> = {
  inbox: (app) => startInbox(app),
  intake: startIntake,
  outbound: startOutbound,
  scheduler: startScheduler,
  web: (app, _, metrics) => startWeb(app, { metrics, others: () => [] }),
};

/** In words where somebody looks; elsewhere what is missing goes into the log, once. */
async function tell(app: App, name: string): Promise<void> {
  const lines = await startWords(app, name);
  if (!process.stderr.isTTY) {
    for (const [label, says] of lines) if (label === 'missing') app.log.warn({}, says);
    return;
  }
  say(`Postern ${name === 'all' ? 'runs' : `works: ${name}`}. Ctrl-C ends it.`);
  for (const [label, says] of lines)
    for (const [i, line] of wrap(says, terminalColumns() - 12).entries())
      say(`  ${(i === 0 ? label : '').padEnd(8)}  ${line}`);
}

async function run(
  name: string,
  hold: 'start' | 'join',
  start: (app: App, gone: Gone, metrics: Metrics) => Promise<Worker>,
): Promise<void> {
  const metrics = createMeter();
  const app = await openForWork(name, hold === 'start' ? 'start' : 'work', hold, metrics);
  process.exitCode = await runUntilStopped(app.log, async (gone) => {
    let worker: Worker | null = null;
    let counters: Awaited<ReturnType<typeof serveMetrics>> | null = null;
    try {
      worker = await start(app, gone, metrics);
      const { metricsListen } = app.settings;
      // Where the web server is, they stand on its own page.
      if (metricsListen && name !== 'web' && name !== 'all')
        counters = await serveMetrics(metricsListen, metrics, app.log).catch((error: unknown) => {
          throw new Failure('settings-unusable', listenFault(error, 'METRICS_LISTEN', metricsListen));
        });
    } catch (error) {
      await worker?.close();
      await app.close();
      throw error;
    }
    const database = app.settings.databaseUrl ? 'given' : 'embedded';
    // Claims and leases name their process by this.
    app.log.info({ id: app.worker, database, queues: app.queues.kind }, 'ready');
    await tell(app, name);
    const life = keepLivenessFile(name);
    const here = tellHere(app, name);
    return {
      async close() {
        life.close();
        await here.close();
        await counters?.close();
        await worker?.close();
        await app.close();
      },
    };
  });
}

export function workCommands(program: Command): void {
  program
    .command('start')
    .description('every worker in one process')
    .action(() => run('all', 'start', (app, gone, metrics) => startAll(app, gone, { metrics })));
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
