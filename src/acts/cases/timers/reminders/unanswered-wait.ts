/** What the customer was asked for, and does not answer, while the case waits for them (POLICY §6.1): asked for again. */
import { maskSupportPins } from '../../../../foundation/pin-form.ts';
import { beginning, toPeople } from '../../case-letters.ts';
import { waitOf } from '../../clock/clock-of.ts';
import { standing } from '../../on-case.ts';
import type { CaseMessage, WorkedCase } from '../../records.ts';
import type { CaseTimer } from '../timer.ts';
import { later, nextOfSilence } from './silence.ts';

/** What a person of ours wrote to the customer last. */
const lastAsked = ({ messages }: WorkedCase): CaseMessage | undefined =>
  messages.findLast(({ direction, automatic }) => direction === 'out' && !automatic);

/** The last word of either side, or the wait itself; null where nothing is waited for, or until a time of our own, with which it is over. */
function silentSince(on: WorkedCase): string | null {
  const wait = on.status === 'open' && on.proposedAt === null ? waitOf(on) : null;
  if (wait === null || wait.until !== null) return null;
  const word = on.messages.findLast(({ direction, automatic }) => direction !== 'note' && !automatic);
  return word ? later(wait.since, word.at) : wait.since;
}

const most = { lines: 30, letters: 1500 };

export const unansweredWait: CaseTimer = {
  name: 'unanswered-wait',
  gives: { changes: ['wait-reminded'], letters: ['wait-reminder'] },
  dueAt(on, given) {
    const since = silentSince(on);
    if (since === null) return null;
    const asked = { by: 'clock-paused', again: 'wait-reminded', silentSince: since };
    return nextOfSilence(on, { ...asked, days: given.policy.waitReminderDays }, given)?.at ?? null;
  },
  runOut(on, given) {
    const { number, title, events } = on;
    const begun = events.findLastIndex(({ kind }) => kind === 'clock-paused');
    const time = events.slice(begun + 1).filter(({ kind }) => kind === 'wait-reminded').length + 1;
    const asked = lastAsked(on);
    const values = {
      number,
      title,
      since: asked?.at ?? waitOf(on)?.since ?? given.now,
      text: asked ? beginning(maskSupportPins(asked.text, on.pins), most) : null,
      name: given.desk.people.find(({ email }) => email === asked?.author)?.name ?? null,
      timezone: on.of.site.timezone,
    };
    return {
      changes: [{ kind: 'wait-reminded', ...standing(on, given), time }],
      letters: toPeople(on, { template: 'wait-reminder', values }, { matter: `waiting:${number}` }),
    };
  },
};
