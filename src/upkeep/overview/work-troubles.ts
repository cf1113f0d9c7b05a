/** Troubles of the work itself: mails that are not decided, letters that do not leave, queues, workers and jobs of the clock. */
import type { CauseCount, DatabaseSeen, Look, QueueSeen, WorkerSeen } from './look.ts';
import { act, page, sentence, stoppedBy, type Trouble, words } from './trouble.ts';
import { between, causeWords, plural } from './words.ts';

/** What has waited for so long is told of; a letter or a job that is younger is only on its way. `soonMs`: a page shows that it is slow. */
export const patience = { mailMs: 2 * 60_000, jobMs: 5 * 60_000, soonMs: 60_000, workerMs: 60_000 } as const;

const older = (since: string | null, at: string, ms: number): since is string =>
  since !== null && Date.parse(at) - Date.parse(since) > ms;

const givenUp = ({ cause, count, since }: CauseCount): Trouble => ({
  key: `given-up ${cause}`,
  level: 'now',
  says: `${plural(count, 'mail')} could not be decided and ${count === 1 ? 'was' : 'were'} given up.`,
  because: sentence(`The last time: ${causeWords(cause)}`),
  meanwhile: 'They are kept as they came; their senders have heard nothing.',
  since,
  way: act('retry-mails', { cause }, count === 1 ? 'Try it again' : 'Try all of them again'),
});

const again = ({ cause, count, since }: CauseCount): Trouble => ({
  key: `mails-again ${cause}`,
  level: 'soon',
  says: `${plural(count, 'mail')} could not be decided yet.`,
  because: sentence(`The last time: ${causeWords(cause)}`),
  meanwhile: 'Each is tried again by itself, less and less often.',
  since,
  way: act('retry-mails', { cause }, 'Try now'),
});

export function mailsOf({ mails, paused }: DatabaseSeen, at: string): Trouble[] {
  const stands = paused.some(({ queue }) => queue === 'intake');
  const waits: Trouble[] =
    older(mails.oldest, at, patience.mailMs) && mails.again.length === 0 && !stands
      ? [
          {
            key: 'mails-wait',
            level: 'now',
            says: `${plural(mails.waiting, 'mail')} ${mails.waiting === 1 ? 'waits' : 'wait'} to be decided, the oldest for ${between(mails.oldest, at)}.`,
            because: null,
            meanwhile: 'They are stored and keep their order; contract and clock count from their arrival.',
            since: mails.oldest,
            way: page('/queues', 'Who works on them'),
          },
        ]
      : [];
  return [...mails.givenUp.map(givenUp), ...mails.again.map(again), ...waits];
}

export function lettersOf({ letters, alerts }: DatabaseSeen, at: string): Trouble[] {
  const { stopped, rests } = letters;
  const wait = `${plural(letters.waiting, 'letter')} ${letters.waiting === 1 ? 'waits' : 'wait'}`;
  if (stopped)
    return [
      {
        key: 'letters-paused',
        level: 'now',
        says: `Letters have been paused for ${between(stopped.at, at)}; ${wait}.`,
        because: stoppedBy(stopped),
        meanwhile: 'Mail is taken and decided; letters keep their order and go when they are resumed.',
        since: stopped.at,
        way: page('/letters/sending', 'Resume letters'),
      },
    ];
  const found: Trouble[] = [];
  if (rests)
    found.push({
      key: 'letters-rest',
      level: 'now',
      says: rests.loginRefused
        ? `The mail server for letters refuses our login; ${wait}.`
        : `The mail server for letters does not serve us; ${wait}.`,
      because: sentence(rests.why),
      meanwhile: `It is asked again in ${between(at, rests.until)}; no letter is lost.`,
      since: null,
      way: page('/letters', 'Letters that wait'),
    });
  const failing = alerts.find(({ cause }) => cause === 'letters-failing');
  if (failing)
    found.push({
      key: 'letters-failing',
      level: 'soon',
      says: `${plural(failing.count, 'letter')} bounced or failed within the last hour.`,
      because: failing.why === null ? null : sentence(`The last one: ${failing.why}`),
      meanwhile: 'Others go out. Whoever was not reached is marked on record.',
      since: failing.since,
      way: page('/letters?state=not-arrived', 'Letters that did not arrive'),
    });
  if (letters.forPerson > 0)
    found.push({
      key: 'letters-for-person',
      level: 'soon',
      says: `${plural(letters.forPerson, 'letter')} to mail that was old when it was first seen ${letters.forPerson === 1 ? 'waits' : 'wait'} for a person.`,
      because: 'An answer days late may be worse than none.',
      meanwhile: 'Nothing of it goes out by itself.',
      since: null,
      way: page('/letters?state=waiting', 'Let out or keep back'),
    });
  return found;
}

const does = { intake: 'Mail is not decided', outbound: 'Letters do not leave', upkeep: 'Nothing that is due happens' };
const worker = { intake: 'intake', outbound: 'outbound', upkeep: 'scheduler' };
type Named = keyof typeof does;

const seenFor = (workers: readonly WorkerSeen[], queue: Named, at: string): boolean =>
  workers.some(
    (one) => one.does.includes(worker[queue]) && Date.parse(at) - Date.parse(one.seenAt) < patience.workerMs,
  );

export function queuesOf({ workers, paused }: DatabaseSeen, queues: readonly QueueSeen[], at: string): Trouble[] {
  return queues.flatMap(({ queue, waiting, oldest, paused: stands }): Trouble[] => {
    const name = queue as Named;
    const way = page('/queues', 'Queues');
    const asked = paused.find((one) => one.queue === queue);
    if (stands)
      return [
        {
          key: `queue-paused ${queue}`,
          level: 'now',
          says: `${does[name]}: the queue ${queue} ${asked ? `has been paused for ${between(asked.at, at)}` : 'is paused'}; ${plural(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}.`,
          because: asked ? stoppedBy(asked) : null,
          meanwhile: 'Nothing is lost: what waits keeps its place.',
          since: asked?.at ?? null,
          way,
        },
      ];
    if (workers.length > 0 && !seenFor(workers, name, at))
      return [
        {
          key: `no-worker ${queue}`,
          level: 'now',
          says: `${does[name]}: no ${worker[name]} worker is running.`,
          because: null,
          meanwhile: 'What waits is kept and goes on as soon as one runs.',
          since: null,
          way: words(`Start one: npx postern work ${worker[name]}`),
        },
      ];
    if (waiting > 0 && older(oldest, at, patience.jobMs))
      return [
        {
          key: `queue-stands ${queue}`,
          level: 'now',
          says: `The queue ${queue} does not move: the oldest of ${plural(waiting, 'job')} has waited for ${between(oldest, at)}.`,
          because: null,
          meanwhile: 'What waits is kept; jobs are only pointers to rows of the database.',
          since: oldest,
          way,
        },
      ];
    return [];
  });
}

export const clockOf = ({ clockFaults }: DatabaseSeen): Trouble[] =>
  clockFaults.map(({ job, failure, at }) => ({
    key: `clock ${job}`,
    level: 'soon',
    says: `The job ${job} failed when it last ran.`,
    because: sentence(`It said: ${causeWords(failure)}`),
    meanwhile: 'It comes again with its next tick; what it finds due it finds again.',
    since: at,
    way: page('/queues#clock', 'Jobs of the clock'),
  }));

export const workOf = (look: Look, seen: DatabaseSeen): Trouble[] => [
  ...mailsOf(seen, look.at),
  ...lettersOf(seen, look.at),
  ...queuesOf(seen, look.queues.fault === null ? (look.queues.seen ?? []) : [], look.at),
  ...clockOf(seen),
];
