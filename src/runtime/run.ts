/** Runs a worker process: until SIGTERM, SIGINT or the end of its terminal (SIGHUP), then everything is closed within 25 s, or it ends all the same. */
import type { Log } from '../foundation/log.ts';
import { watchSessionLeader } from './session-leader.ts';

const graceMs = 25_000;

/**
 * `open` gets a function to call when the process is better started anew. Resolves with the exit code once all is closed;
 * a signal during the start counts as soon as the start is over.
 */
export async function runUntilStopped(
  log: Log,
  open: (gone: (why: string) => void) => Promise<{ close(): Promise<void> }>,
): Promise<number> {
  let code = 0;
  let stop: (why: string) => void = () => {};
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const onSignal = (signal: NodeJS.Signals) => stop(signal);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  const surprised = (error: unknown) => {
    // Nothing is known any more about what holds: the rows know, and the next start goes on from them.
    log.error(
      { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'an error nobody caught',
    );
    code = 1;
    stop('an error');
  };
  const session = watchSessionLeader(() => stop('the terminal session has ended'));
  process.on('uncaughtException', surprised).on('unhandledRejection', surprised);
  const opened = await open((why) => {
    log.error({ why }, 'this process is better started anew');
    code = 1;
    stop(why);
  });
  const why = await stopped;
  session.close();
  log.info({ why }, 'stopping');
  const hard = setTimeout(() => {
    log.error({}, 'not everything closed in time');
    process.exit(1);
  }, graceMs);
  await opened.close();
  clearTimeout(hard);
  process
    .off('SIGINT', onSignal)
    .off('SIGTERM', onSignal)
    .off('SIGHUP', onSignal)
    .off('uncaughtException', surprised)
    .off('unhandledRejection', surprised);
  return code;
}
