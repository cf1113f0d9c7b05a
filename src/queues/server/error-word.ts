import { isFailure } from '../../foundation/failure.ts';

/**
 * A failure's code, a system's or PostgreSQL's error code, or the error's class. Never its message: that may quote
 * what was worked on, and neither logs nor queues may hold it (RELIABILITY I9).
 */
export function errorWord(error: unknown): string {
  if (isFailure(error)) return error.code;
  if (!(error instanceof Error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : error.name;
}

/** Where it happened: the stack without its first lines, which are the message. */
export function errorPlace(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
}
