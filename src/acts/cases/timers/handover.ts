import { inZone } from '../../../calendar/working-time.ts';
import { absenceAt } from '../../../staff/on-duty.ts';
import type { Given } from '../../act.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { workersOn } from '../working/workers.ts';
import type { CaseTimer } from './timer.ts';

const isThere = ({ owner }: WorkedCase, { desk, now }: Given): boolean => {
  const member = desk.people.find(({ email }) => email === owner);
  return member !== undefined && absenceAt(member, now, desk) === null;
};

/** Looked at again with each day of its owner, so that an absence entered later counts from the day it begins on. */
function nextDay({ owner }: WorkedCase, { desk, now }: Given): string {
  const timezone = desk.people.find(({ email }) => email === owner)?.timezone ?? desk.timezone;
  const today = Temporal.PlainDate.from(inZone(now, timezone).slice(0, 10));
  return today.add({ days: 1 }).toZonedDateTime(timezone).toInstant().toString();
}

/**
 * POLICY §5.1: whoever has it owns it to the end. With the first day of an absence, or where its owner is none of our people any more,
 * it is nobody's, and goes to the queue again; it stays where nobody else could take it.
 */
export const handoverTimer: CaseTimer = {
  name: 'handover',
  gives: { changes: ['owner-set'], letters: [] },
  dueAt(on, given) {
    if (on.status === 'closed' || on.owner === null) return null;
    const others = workersOn(on, given).some(({ email }) => email !== on.owner);
    return isThere(on, given) || !others ? nextDay(on, given) : given.now;
  },
  runOut: (on, given) => ({
    changes: [{ kind: 'owner-set', ...standing(on, given), from: on.owner, to: null, how: 'handed-over' }],
    letters: [],
  }),
};
