import { z } from 'zod';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import { nextTurn, scheduleKinds, type TurnSchedule } from '../../notices/turns.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { type Act, type Given, refused } from '../act.ts';
import { firstRenewals } from '../renewals/first-round.ts';
import type { ScheduleRecord } from './records.ts';

export const scheduleInput = z.strictObject({ kind: z.enum(scheduleKinds) });
export type OfSchedule = z.infer<typeof scheduleInput>;

/** So many are named; the rest is counted. */
const mostNamed = 5;

/** Who gets the letter of the first round, and when: by what stands on record now. */
function firstRound(kind: TurnSchedule, { sites }: ScheduleRecord, { now, policy }: Given) {
  const letter = kind === 'contact-lists' ? 'contacts-monthly' : 'contacts-quarterly';
  return sites.map(({ number: site, place, people }) => {
    const [to] = addresseesOf(letter, people, policy);
    const turn = nextTurn(kind, placeCalendar(place, policy, policy.publicHolidays), now, policy);
    return to && turn ? { site, to: to.email, dueAt: turn.dueAt } : null;
  });
}

/** POLICY §11.6: it stands still until somebody has seen how many letters go to whom. Nothing of the past goes out. */
export const startSchedule: Act<OfSchedule> = {
  name: 'start-schedule',
  input: scheduleInput,
  right: 'schedule: update',
  does: 'lets a kind of letters on a schedule go out; says first how many go to whom',
  gives: { changes: ['schedule-started'], letters: [] },
  needs: ({ kind }) =>
    kind === 'renewals'
      ? { schedule: { kind, sites: false }, renewalSites: true }
      : { schedule: { kind, sites: true } },
  judge({ kind: name }, { schedule, renewalSites = [] }, given) {
    if (!schedule) throw new Error('the schedule was not loaded');
    if (schedule.running) return refused('conflict', `${name} was started at ${schedule.since}, and goes on.`);
    const round = name === 'renewals' ? firstRenewals(renewalSites, given) : firstRound(name, schedule, given);
    const letters = round
      .filter((one) => one !== null)
      .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt) || (a.site < b.site ? -1 : 1));
    const { now: at, by } = given;
    const told = { letters: letters.length, nobody: round.length - letters.length, first: letters[0]?.dueAt ?? null };
    const started = { kind: 'schedule-started', name, ...told, some: letters.slice(0, mostNamed), at, by } as const;
    return { kind: 'done', changes: [started], letters: [] };
  },
};
