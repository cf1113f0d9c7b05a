import { type Clock, warnings } from '../../../cases/response-clock.ts';
import type { Given } from '../../act.ts';
import { toStaff } from '../case-letters.ts';
import { clockOf } from '../clock/clock-of.ts';
import { inCharge } from '../clock/told.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import type { CaseTimer } from './timer.ts';

const isOver = (at: string, { now }: Given): boolean => Temporal.Instant.compare(at, now) <= 0;

/** Null where nobody is to be hurried: a preview is best effort (§4.5). */
export function hurried(on: WorkedCase, given: Given): Clock | null {
  if (on.status === 'closed' || on.kind === 'preview' || on.answeredAt !== null) return null;
  const clock = clockOf(on, given);
  return clock?.state === 'running' && !clock.rating.bestEffort ? clock : null;
}

/** What had passed before somebody took it was told to those it was offered to. Of several that have passed the last is told. */
function next(on: WorkedCase, given: Given): { percent: number; at: string } | null {
  const clock = on.owner === null ? null : hurried(on, given);
  if (!clock?.due || isOver(clock.due, given)) return null;
  const taken = on.events.findLast(({ kind }) => kind === 'owner-set')?.at ?? on.openedAt;
  const told = on.events.filter(({ kind }) => kind === 'clock-warned').map(({ detail }) => Number(detail.percent));
  const still = warnings(clock, given.policy.publicHolidays, given.policy).filter(
    ({ percent, at }) => told.every((one) => percent > one) && Temporal.Instant.compare(at, taken) >= 0,
  );
  return still.findLast(({ at }) => isOver(at, given)) ?? still[0] ?? null;
}

/** POLICY §4.6: of a case that somebody has. One that nobody has taken is offered again. */
export const warningsTimer: CaseTimer = {
  name: 'warnings',
  gives: { changes: ['clock-warned'], letters: ['case-notice'] },
  dueAt: (on, given) => next(on, given)?.at ?? null,
  runOut(on, given) {
    const percent = next(on, given)?.percent ?? 0;
    return {
      changes: [{ kind: 'clock-warned', ...standing(on, given), percent }],
      letters: toStaff(on, { why: 'warning', percent }, inCharge(on, given), given),
    };
  },
};
