import { Failure } from '../foundation/failure.ts';
import type { WorkQueue } from './definitions.ts';
import { workKinds } from './definitions.ts';

/**
 * `<kind>-<row>-<fence>`. BullMQ ignores an id it has seen, in whatever state, so the fencing number is what lets the
 * sweeper's job run beside an older one that is completed or failed. Never a `:` (BullMQ parts its keys with it) and
 * never digits only (they are BullMQ's own ids): both are `bad-input`.
 */
export function jobId(queue: WorkQueue, row: string, fence: string): string {
  for (const part of [row, fence]) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(part))
      throw new Failure('bad-input', 'a job id is made of letters, digits, - and _');
  }
  return `${workKinds[queue]}-${row}-${fence}`;
}
