import { type Act, refused } from '../act.ts';
import { type OfSchedule, scheduleInput } from './start-schedule.ts';

/** What was asked before may still be answered. */
export const stopSchedule: Act<OfSchedule> = {
  name: 'stop-schedule',
  input: scheduleInput,
  right: 'schedule: update',
  does: 'lets a kind of letters on a schedule stand still, reminders too',
  gives: { changes: ['schedule-stopped'], letters: [] },
  needs: ({ kind }) => ({ schedule: { kind, sites: false } }),
  judge({ kind: name }, { schedule }, { now: at, by }) {
    if (!schedule?.running) return refused('conflict', `${name} stands still already.`);
    return { kind: 'done', changes: [{ kind: 'schedule-stopped', name, at, by }], letters: [] };
  },
};
