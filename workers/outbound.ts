import { sendLetter } from '../src/flows/send-letter.ts';
import type { House } from '../src/runtime/house.ts';
import type { Gone, Worker } from './worker.ts';

/** Hands letters to the mail server; any number of them side by side. */
export async function startOutbound(house: House, gone: Gone): Promise<Worker> {
  if (house.settings.smtpUrl === null) {
    const problem = 'SMTP_URL is not set: letters are written and wait';
    house.log.warn({}, problem);
    return { name: 'outbound', problems: () => [problem], close: async () => {} };
  }
  const deps = house.outbound();
  const consumer = house.queues.consume(
    'outbound',
    async (job) => {
      if (job.kind === 'letter') return sendLetter(deps, job);
      house.relay.ring();
      return 'done';
    },
    { concurrency: 8, onSilence: () => gone('the outbound queue is silent') },
  );
  return { name: 'outbound', problems: () => [], close: () => consumer.close() };
}
