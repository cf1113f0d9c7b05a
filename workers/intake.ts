import { processIntake } from '../src/flows/intake/process-intake.ts';
import type { App } from '../src/runtime/app.ts';
import type { Gone, Worker } from './worker.ts';

/** Reads and decides mails; any number of them side by side. */
export async function startIntake(app: App, gone: Gone): Promise<Worker> {
  const deps = app.intake();
  const consumer = app.queues.consume(
    'intake',
    async (job) => {
      if (job.kind === 'mail') return processIntake(deps, job);
      app.relay.wake();
      return 'done';
    },
    { concurrency: 48, onSilence: () => gone('the intake queue is silent') },
  );
  return { name: 'intake', problems: () => [], close: () => consumer.close() };
}
