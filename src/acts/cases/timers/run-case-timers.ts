import { z } from 'zod';
import { type Act, refused } from '../../act.ts';
import { caseTimers } from './list.ts';
import type { CaseTimer } from './timer.ts';

const input = z.strictObject({ case: z.string() });
type RunCaseTimers = z.infer<typeof input>;

const isOver = (at: string, now: string): boolean => Temporal.Instant.compare(at, now) <= 0;
const earliest = (moments: readonly string[]): string | null =>
  moments.toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null;

/** Runs what is due on a case, and says when to look again: at once where something was done, for it may have moved another. */
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
    const { by, now } = given;
    const due = timers.flatMap((timer) => {
      const at = timer.dueAt(on, given);
      return at === null ? [] : [{ timer, at }];
    });
    const over = due.filter(({ at }) => isOver(at, now));
    const done = over.map(({ timer }) => timer.runOut(on, given));
    const timerAt = over.length > 0 ? now : earliest(due.map(({ at }) => at));
    const { id, number, versionNo } = on;
    const set = { kind: 'timer-set', case: number, id, versionNo, at: now, by, timerAt } as const;
    return {
      kind: 'done',
      changes: [...done.flatMap(({ changes }) => changes), set],
      letters: done.flatMap(({ letters }) => letters),
    };
  },
});

export const runCaseTimers = caseTimersAct(caseTimers);
