/** Whether letters go out, and what follows from stopping them and letting them go, in sentences. */

export type SendingState = {
  /** A person has stopped them; null: nobody has. */
  readonly stopped: { readonly at: string; readonly by: string; readonly reason: string } | null;
  /** A person has paused the queue that hands them over; null: nobody has. */
  readonly queueStopped: SendingState['stopped'];
  /** The mail server did not serve us: for so long nothing is tried. */
  readonly restSeconds: number;
  readonly restReason: string | null;
  /** Written and not yet out, of which `held` wait for the pause, a rest or the rate. */
  readonly queued: number;
  readonly held: number;
  /** Until a person releases them. */
  readonly waiting: number;
};

const letters = (count: number): string => (count === 1 ? '1 letter' : `${count} letters`);
const are = (count: number, one: string, many: string): string => `${letters(count)} ${count === 1 ? one : many}`;

/** One sentence for the top of a page. */
export function sendingSays({ stopped, queueStopped, restSeconds, restReason, queued }: SendingState): string {
  const wait = queued === 0 ? '' : ` ${are(queued, 'waits', 'wait')}.`;
  if (stopped) return `No letter goes out: paused by ${stopped.by}, ${stopped.reason || 'without a reason'}.${wait}`;
  if (queueStopped)
    return `No letter goes out: the queue outbound is paused by ${queueStopped.by}, ${queueStopped.reason || 'without a reason'}.${wait}`;
  if (restSeconds > 0)
    return `The way out rests for another ${Math.ceil(restSeconds)} seconds: ${restReason ?? 'the mail server does not serve us'}.${wait}`;
  return queued === 0 ? 'Letters go out; none waits.' : `Letters go out; ${are(queued, 'is', 'are')} on the way.`;
}

/** Before it is done. */
export const pauseFollows = ({ stopped, queued }: SendingState): readonly string[] => [
  stopped ? `They are paused since ${stopped.at} by ${stopped.by}; the new reason counts.` : 'No letter goes out.',
  `Mails are read and decided as ever; their letters are written and wait${queued > 0 ? ` with the ${letters(queued)} that are not out yet` : ''}.`,
  'What is being handed over at this moment is finished. Nothing is lost and no letter is given up for it within its time.',
  'Codes for signing in to this console go out all the same.',
  'They go on when somebody lets them.',
];

export const resumeFollows = ({ stopped, queued }: SendingState): readonly string[] =>
  stopped
    ? [
        queued === 0
          ? 'Letters go out again; none waits.'
          : `Letters go out again, ${letters(queued)} that wait first.`,
        'They go no faster than the rate of letters a minute, answers before notices.',
      ]
    : ['They are not paused: nothing changes.'];
