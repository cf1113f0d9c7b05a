import { letterSender } from '../src/flows/letters/send-letter.ts';
import type { App } from '../src/runtime/app.ts';
import { sweepLetters } from '../src/store/letters/delivery-attempts.ts';
import type { Gone, Worker } from './worker.ts';

/** Hands letters to the mail server; any number of them side by side. */
export async function startOutbound(app: App, gone: Gone): Promise<Worker> {
  if (app.settings.smtpUrl === null) {
    const problem = 'SMTP_URL is not set: letters are written and wait';
    app.log.warn({}, problem);
    return { name: 'outbound', problems: () => [problem], close: async () => {} };
  }
  const send = letterSender(app.outbound());
  let waking: NodeJS.Timeout | null = null;

  /** What the rate put off goes on with the minute, and not with the next round of the sweeper. */
  function wakeIn(seconds: number): void {
    if (waking) return;
    waking = setTimeout(
      () => {
        waking = null;
        sweepLetters(app.database).then(
          () => app.relay.wake(),
          (error: unknown) => app.log.warn({ error: String(error) }, 'letters over the rate wait for the sweeper'),
        );
      },
      seconds * 1000 + 200 * Math.random(),
    );
    waking.unref();
  }

  const consumer = app.queues.consume(
    'outbound',
    async (job) => {
      if (job.kind !== 'letter') app.relay.wake();
      else {
        const sent = await send(job);
        if (sent.kind === 'held' && sent.why === 'rate') wakeIn(sent.seconds ?? 60);
      }
      return 'done';
    },
    // With a pause between letters no more are taken in hand than one: the others would only wait here.
    { concurrency: app.settings.smtp.pause > 0 ? 1 : 16, onSilence: () => gone('the outbound queue is silent') },
  );
  const close = async () => {
    await consumer.close();
    if (waking) clearTimeout(waking);
  };
  return { name: 'outbound', problems: () => [], close };
}
