/** What people of the customer have written on a case, or said by a call that joined it (POLICY §4.4). */
import type { WorkedCase } from '../records.ts';

const written: readonly string[] = ['updated', 'reopened'];

/** Of its events from there on, in the order in which they were written: the times that its mails claim may be older. */
export function wordsFrom(on: WorkedCase, place: number): WorkedCase['events'] {
  const by = on.messages.flatMap(({ direction, automatic, mail }) =>
    direction === 'in' && !automatic && mail !== null ? [mail] : [],
  );
  return on.events.slice(Math.max(place, 0)).filter(({ kind, mail, detail }) => {
    if (!written.includes(kind)) return false;
    return detail.staff !== undefined || (mail != null && by.includes(mail));
  });
}
