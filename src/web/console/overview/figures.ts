/** The figures of the overview that are shown live, by name, and those of the menu. */
import type { DatabaseSeen, Look, QueueSeen } from '../../../upkeep/overview/look.ts';
import { differenceOf } from '../../../upkeep/overview/look.ts';
import { troublesOf } from '../../../upkeep/overview/troubles.ts';
import { between, counted, lasting } from '../../../upkeep/overview/words.ts';
import { countShown, type Figures } from '../live/figures.ts';

/** `0.9 s`, `12 s`, `3 min`: what a person compares with a goal. */
export const secondsShown = (seconds: number): string =>
  seconds < 9.95
    ? `${seconds.toFixed(1)} s`
    : seconds < 90
      ? `${Math.round(seconds)} s`
      : seconds < 5_400
        ? `${Math.round(seconds / 60)} min`
        : lasting(seconds * 1000);

export const sumHeld = (held: DatabaseSeen['held']): number =>
  held.reduce((sum, { reason, count }) => sum + (reason === 'spam' ? 0 : count), 0);

/** The job that has waited longest, over all queues; null where none waits. */
export const oldestJob = (queues: readonly QueueSeen[]): string | null =>
  queues.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null;

/** What the words of a queue depend on, besides its numbers: where it is another, they are drawn anew. */
export const stateOf = ({ paused, waiting, delayed }: QueueSeen): string =>
  [paused ? 'paused' : 'goes', waiting > 0 ? 'waits' : 'nothing', delayed].join(' ');

const ofQueues = (queues: readonly QueueSeen[], at: string): Figures =>
  Object.fromEntries(
    queues.flatMap((seen) => [
      [`queue.${seen.queue}.state`, stateOf(seen)],
      [`queue.${seen.queue}.waiting`, countShown(seen.waiting)],
      [`queue.${seen.queue}.active`, countShown(seen.active)],
      [`queue.${seen.queue}.failed`, countShown(seen.failed)],
      [`queue.${seen.queue}.oldest`, seen.oldest === null ? '' : between(seen.oldest, at)],
    ]),
  );

const ofDatabase = (seen: DatabaseSeen, at: string): Figures => {
  const last = seen.hours.at(-1);
  return {
    'overview.mails.hour': counted(last?.mails ?? 0),
    'overview.letters.hour': counted(last?.letters ?? 0),
    'overview.p95': seen.acknowledged === null ? '–' : secondsShown(seen.acknowledged.p95),
    'overview.clocks': counted(seen.clocks.length),
    'mails.waiting': counted(seen.mails.waiting),
    'letters.waiting': counted(seen.letters.waiting),
    ...Object.fromEntries(
      seen.mailboxes.map((box) => [
        `mailbox.${box.name}`,
        box.problem === null ? `read ${between(box.quietSince, at)} ago` : 'not read',
      ]),
    ),
    'overview.ledger': `${seen.mailboxes.reduce((sum, box) => sum + Math.abs(differenceOf(box.ledger)), 0)}`,
  };
};

/** What was seen last stands until it is seen again; what is away shows nothing that was long ago. */
export function figuresOf(look: Look): Figures {
  const { database, queues, at } = look;
  const troubles = troublesOf(look);
  const hot = troubles.filter(({ level }) => level === 'now').length;
  const oldest = queues.seen && queues.fault === null ? oldestJob(queues.seen) : null;
  return {
    'overview.troubles': `${troubles.length}`,
    'overview.hot': `${hot}`,
    // What is wrong, by name: the page says that there is news where it is another.
    'overview.state': troubles.map(({ key }) => key).join('|'),
    ...(database.seen && database.fault === null ? ofDatabase(database.seen, at) : {}),
    ...(queues.seen && queues.fault === null
      ? { ...ofQueues(queues.seen, at), 'overview.oldest': oldest === null ? 'none' : between(oldest, at) }
      : {}),
  };
}
