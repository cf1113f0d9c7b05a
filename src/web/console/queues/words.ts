/** Queues in words: what each is for, and what it means when it stands. */
import type { Emptied, Switched } from '../../../flows/queues/queues.ts';
import { plural } from '../../../upkeep/overview/words.ts';

type Words = {
  readonly title: string;
  readonly purpose: string;
  /** One of what waits in it. */
  readonly one: string;
  readonly pausing: string;
  readonly emptying: string;
  /** Where what stands behind its jobs is seen. */
  readonly rows: { readonly href: string; readonly says: string } | null;
};

export const queueWords = {
  intake: {
    title: 'Deciding mail',
    purpose:
      'Each mail that was taken and stored waits here to be read and decided: it opens a case, joins one, is answered, or is held.',
    one: 'mail',
    pausing:
      'Mail is still taken and stored, and none is decided: no case is opened, and nobody is answered. Contract and clock count from the arrival all the same.',
    emptying:
      'The mails behind these jobs stay stored and undecided, and the sweeper queues each of them anew within a minute. To be rid of a mail, refuse it once it is held.',
    rows: { href: '/mails?q=is:new', says: 'Mails not decided' },
  },
  outbound: {
    title: 'Sending letters',
    purpose:
      'Each letter that was written waits here to be handed to the mail server: acknowledgements first, bulk last.',
    one: 'letter',
    pausing:
      'Letters are still written, and none is handed to the mail server. To stop letters alone and keep the queue, pause them under Letters.',
    emptying:
      'The letters behind these jobs stay written, and the sweeper queues each of them anew within a minute. To keep a letter from going out, suppress it under Letters.',
    rows: { href: '/letters?state=queued', says: 'Letters not sent' },
  },
  upkeep: {
    title: 'What is due by the clock',
    purpose:
      'Ticks come here every 5, 30 and 60 seconds: warnings and breaches of clocks, reminders, schedules, renewals, and the sweeper that brings back what was left.',
    one: 'tick',
    pausing:
      'Nothing that is due happens: no warning, no reminder, no renewal, and nothing that was left is brought back. It is made up for when the queue goes on.',
    emptying: 'Ticks carry nothing: what is due is found in rows with the next one.',
    rows: null,
  },
} as const satisfies Record<string, Words>;

export type NamedQueue = keyof typeof queueWords;
export const wordsOf = (queue: string): Words | null =>
  Object.hasOwn(queueWords, queue) ? queueWords[queue as NamedQueue] : null;

/** What each worker does, by the name it is started with. */
export const workerWords: Readonly<Record<string, string>> = {
  inbox: 'takes mail',
  intake: 'decides mail',
  outbound: 'sends letters',
  scheduler: 'the clock',
  web: 'pages and API',
};

/** What was turned, said once it stands in the database; `told`: the queue itself has heard of it. */
const heard = (told: boolean): string =>
  told ? '' : ' The queues do not answer just now: it holds as soon as they do, within half a minute.';
export const pausedSays = (queue: string, { fresh, told }: Switched): string =>
  `${fresh ? `The queue ${queue} is paused.` : `The queue ${queue} was paused already; your reason stands now.`}${heard(told)}`;
export const resumedSays = (queue: string, { told }: Switched): string =>
  `${wordsOf(queue)?.title ?? queue} goes on: the queue ${queue} is resumed.${heard(told)}`;
export function emptiedSays({ thrown, left }: Emptied): string {
  const gone = `${plural(thrown, 'job')} thrown away; the rows behind them are queued anew within a minute.`;
  if (left === 0) return gone;
  return left === null
    ? `${gone} The queues stopped answering meanwhile, so it is not known what is left.`
    : `${gone} ${plural(left, 'job')} ${left === 1 ? 'is' : 'are'} left, for which there was no time: empty it again.`;
}
