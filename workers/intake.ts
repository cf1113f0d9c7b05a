import { processIntake } from '../src/flows/process-intake.ts';
import type { House } from '../src/runtime/house.ts';
import type { Gone, Worker } from './worker.ts';

/** Reads and decides mails; any number of them side by side. */
export async function startIntake(house: House, gone: Gone): Promise<Worker> {
  const deps = house.intake();
  const consumer = house.queues.consume(
    'intake',
    async (job) => {
      if (job.kind === 'mail') return processIntake(deps, job);
      house.relay.ring();
      return 'done';
    },
    { concurrency: 48, onSilence: () => gone('the intake queue is silent') },
  );
  return { name: 'intake', problems: () => [], close: () => consumer.close() };
}
