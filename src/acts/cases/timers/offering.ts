import { warnings } from '../../../cases/response-clock.ts';
import { dutyOrAll } from '../../../staff/on-duty.ts';
import type { StaffMember } from '../../../staff/staff.ts';
import type { Given } from '../../act.ts';
import { toStaff } from '../case-letters.ts';
import { clockOf } from '../clock/clock-of.ts';
import { oneWith } from '../clock/told.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { deskTime, leastLoaded, workersOn } from '../working/workers.ts';
import type { CaseTimer } from './timer.ts';

type Event = WorkedCase['events'][number];

/** From here on it waits for somebody; for other people where it has come to licensing, or has left it. */
const frees = ({ kind, detail }: Event): boolean =>
  kind === 'opened' ||
  kind === 'reopened' ||
  (kind === 'owner-set' && detail.to === null) ||
  (kind === 'kind-set' && (detail.kind === 'licensing' || detail.was === 'licensing'));

/** How much of its time had passed when it was offered, the first time at 0; null: somebody has it, or nobody could. */
function next(on: WorkedCase, given: Given): { percent: number; at: string } | null {
  if (on.status === 'closed' || on.owner !== null || workersOn(on, given).length === 0) return null;
  const free = on.events.findLastIndex(frees);
  const offers = on.events.slice(free + 1).filter(({ kind }) => kind === 'offered');
  if (offers.length === 0) return { percent: 0, at: on.events[free]?.at ?? on.openedAt };
  // A preview is best effort (§4.5), and a case that is answered has nothing left to be late for.
  const clock = on.kind === 'preview' || on.answeredAt !== null ? null : clockOf(on, given);
  if (clock?.state !== 'running') return null;
  const { againAtPercent, managerAtPercent } = given.policy.untaken;
  const told = Math.max(...offers.map(({ detail }) => Number(detail.percent)));
  const still = warnings(clock, given.policy.publicHolidays, {
    warnAtPercent: [againAtPercent, managerAtPercent],
  }).filter(({ percent }) => percent > told);
  const over = still.findLast(({ at }) => Temporal.Instant.compare(at, given.now) <= 0);
  return over ?? still[0] ?? null;
}

/** Those on duty; where nobody is, all who are not absent: somebody has to know. */
const onCall = (on: WorkedCase, given: Given): readonly StaffMember[] =>
  dutyOrAll(workersOn(on, given), given.now, deskTime(given));

/** A manager; where there is none, those who were told before. */
function managerFor(on: WorkedCase, given: Given): readonly StaffMember[] {
  const manager = oneWith('manager', given);
  return manager.length > 0 ? manager : onCall(on, given);
}

/** POLICY §5.1: a case that nobody has is offered to all on duty, or given to the one with the fewest; untaken, it is told of again. */
export const offeringTimer: CaseTimer = {
  name: 'offering',
  gives: { changes: ['case-offered', 'owner-set'], letters: ['case-notice'] },
  dueAt: (on, given) => next(on, given)?.at ?? null,
  runOut(on, given) {
    const { policy } = given;
    const percent = next(on, given)?.percent ?? 0;
    const of = standing(on, given);
    const chosen = percent === 0 && policy.assignment === 'assigned' ? leastLoaded(onCall(on, given), on) : null;
    if (chosen)
      return {
        changes: [{ kind: 'owner-set', ...of, from: null, to: chosen.email, how: 'given' }],
        letters: toStaff({ ...on, owner: chosen.email }, { why: 'assigned' }, [chosen], given),
      };
    const told = percent >= policy.untaken.managerAtPercent ? managerFor(on, given) : onCall(on, given);
    const why = percent === 0 ? ({ why: 'offered' } as const) : ({ why: 'untaken', percent } as const);
    return {
      changes: [{ kind: 'case-offered', ...of, to: told.map(({ email }) => email), percent }],
      letters: toStaff(on, why, told, given),
    };
  },
};
