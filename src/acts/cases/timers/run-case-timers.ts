import { z } from 'zod';
import { type Act, type Given, refused } from '../../act.ts';
import { clockOf } from '../clock/clock-of.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { caseTimers } from './list.ts';
import type { CaseTimer } from './timer.ts';

const input = z.strictObject({ case: z.string() });
type RunCaseTimers = z.infer<typeof input>;

const isOver = (at: string, now: string): boolean => Temporal.Instant.compare(at, now) <= 0;

/** The deadline that its clock comes to, where the row says otherwise: whatever reopens a case leaves that to the look that follows. */
function dueOf(on: WorkedCase, given: Given): { readonly due?: string | null } {
  const clock = on.status === 'open' && on.answeredAt === null ? clockOf(on, given) : null;
  const moment = (at: string | null) => (at === null ? null : Temporal.Instant.from(at).epochMilliseconds);
  return clock === null || moment(clock.due) === moment(on.due) ? {} : { due: clock.due };
}

/** Runs what is longest due on a case, and says when to look again: at once where something was done, for it may have moved the others. */
export const caseTimersAct = (timers: readonly CaseTimer[]): Act<RunCaseTimers> => ({
  name: 'run-case-timers',
  input,
  right: 'none',
  does: 'does what has become due on a case',
  gives: {
    changes: [...new Set([...timers.flatMap(({ gives }) => gives.changes), 'timer-set' as const])],
    letters: [...new Set(timers.flatMap(({ gives }) => gives.letters))],
  },
  byClock: ['case-timers'],
  needs: (asked) => ({ worked: [asked.case] }),
  judge(asked, { worked = [] }, given) {
    const on = worked.find((one) => one.number === asked.case);
    if (!on) return refused('not-found', `There is no case ${asked.case}.`);
    const { now } = given;
    const [next] = timers
      .flatMap((timer) => {
        const at = timer.dueAt(on, given);
        return at === null ? [] : [{ timer, at }];
      })
      .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
    const set = { kind: 'timer-set', ...standing(on, given) } as const;
    if (!next || !isOver(next.at, now)) {
      const waits = { ...set, timerAt: next?.at ?? null, ...dueOf(on, given) };
      return { kind: 'done', changes: [waits], letters: [] };
    }
    const { changes, letters } = next.timer.runOut(on, given);
    const silent = on.silentUntil !== null && isOver(next.at, on.silentUntil);
    return { kind: 'done', changes: [...changes, { ...set, timerAt: now }], letters: silent ? [] : letters };
  },
});

export const runCaseTimers = caseTimersAct(caseTimers);
