/** pino bound to the type every room knows. Secrets never get here; what looks like one by its name is cut all the same (RELIABILITY I9). */
import { pino } from 'pino';
import type { Log } from '../foundation/log.ts';

const secret = [
  'password',
  'pass',
  'token',
  'secret',
  'authorization',
  'raw',
  'body',
  'text',
  'pin',
  '*.password',
  '*.token',
  '*.pin',
];

/** Lines of JSON to standard error, so that what a command prints stays clean. */
export function openLog(level: string, name: string): Log & { flush(): void } {
  const log = pino(
    { level, base: { worker: name, pid: process.pid }, redact: { paths: secret, censor: '[cut]' } },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    flush: () => log.flush(),
  };
}
