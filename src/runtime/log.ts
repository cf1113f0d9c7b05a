/** pino bound to the type `Log` of every module. Secrets never get here; what looks like one by its name is cut all the same (RELIABILITY I9). */
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

const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: '',
  40: 'warning',
  50: 'error',
  60: 'fatal',
};

/** `12:03:11  warning  the mailbox is out of reach (mailbox support, code imap-away)`: a line of JSON for somebody who looks at it. */
export function inWords(line: string): string {
  const { level, time, msg, worker: _worker, pid: _pid, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const at = new Date(Number(time)).toTimeString().slice(0, 8);
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
  return `${at}  ${[levels[Number(level)], msg].filter(Boolean).join('  ')}${rest ? ` (${rest})` : ''}\n`;
}

/**
 * To standard error, so that what a command prints stays clean: JSON, a line each, or `words` for a terminal.
 */
export function openLog(level: string, name: string, as: 'json' | 'words' = 'json'): Log & { flush(): void } {
  const options = { level, base: { worker: name, pid: process.pid }, redact: { paths: secret, censor: '[cut]' } };
  const log =
    as === 'json'
      ? pino(options, pino.destination({ fd: 2, sync: true }))
      : pino(options, { write: (line: string) => void process.stderr.write(inWords(line)) });
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    flush: () => log.flush(),
  };
}
