import { letterSender } from '../src/flows/send-letter.ts';
import type { House } from '../src/runtime/house.ts';
import { sweepLetters } from '../src/store/letter-tries.ts';
import type { Gone, Worker } from './worker.ts';

/** Hands letters to the mail server; any number of them side by side. */
export async function startOutbound(house: House, gone: Gone): Promise<Worker> {
  if (house.settings.smtpUrl === null) {
    const problem = 'SMTP_URL is not set: letters are written and wait';
    house.log.warn({}, problem);
    return { name: 'outbound', problems: () => [problem], close: async () => {} };
  }
  const send = letterSender(house.outbound());
  let waking: NodeJS.Timeout | null = null;

  /** What the rate put off goes on with the minute, and not with the next round of the sweeper. */
  function wakeIn(seconds: number): void {
    if (waking) return;
    waking = setTimeout(
      () => {
        waking = null;
        sweepLetters(house.database).then(
          () => house.relay.ring(),
          (error: unknown) => house.log.warn({ error: String(error) }, 'letters over the rate wait for the sweeper'),
        );
      },
      seconds * 1000 + 200 * Math.random(),
    );
    waking.unref();
  }

  const consumer = house.queues.consume(
    'outbound',
    async (job) => {
      if (job.kind !== 'letter') house.relay.ring();
      else {
        const sent = await send(job);
        if (sent.kind === 'held' && sent.why === 'rate') wakeIn(sent.seconds ?? 60);
      }
      return 'done';
    },
    // With a pause between letters no more are taken in hand than one: the others would only wait here.
    { concurrency: house.settings.smtp.pause > 0 ? 1 : 16, onSilence: () => gone('the outbound queue is silent') },
  );
  const close = async () => {
    await consumer.close();
    if (waking) clearTimeout(waking);
  };
  return { name: 'outbound', problems: () => [], close };
}
