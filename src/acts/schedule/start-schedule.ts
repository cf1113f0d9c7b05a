import { z } from 'zod';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { ScheduleStarted } from '../../changes/schedule/turns.ts';
import { nextTurn, scheduleKinds, type TurnSchedule } from '../../notices/turns.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { type Act, type Given, refused } from '../act.ts';
import type { SupportEndsRecord } from '../announcements/records.ts';
import { firstSupportEnds } from '../announcements/support-ends.ts';
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

type Round = Pick<ScheduleStarted, 'letters' | 'nobody' | 'first' | 'some'>;

const byMoment = (a: { dueAt: string; site?: string }, b: { dueAt: string; site?: string }): number =>
  Temporal.Instant.compare(a.dueAt, b.dueAt) || ((a.site ?? '') < (b.site ?? '') ? -1 : 1);

/** One letter a site; null: nobody there can be written to. */
function roundOfSites(round: readonly (Round['some'][number] | null)[]): Round {
  const letters = round.filter((one) => one !== null).toSorted(byMoment);
  const some = letters.slice(0, mostNamed);
  return { letters: letters.length, nobody: round.length - letters.length, first: letters[0]?.dueAt ?? null, some };
}

/** Letters that go to many. */
function roundOfVersions(supportEnds: SupportEndsRecord, given: Given): Round {
  const round = firstSupportEnds(supportEnds, given).toSorted(byMoment);
  const letters = round.reduce((all, one) => all + one.letters, 0);
  const some = round.flatMap((one) => one.some).slice(0, mostNamed);
  return { letters, nobody: 0, first: round[0]?.dueAt ?? null, some };
}

/** POLICY §11.6: it stands still until somebody has seen how many letters go to whom. Nothing of the past goes out. */
export const startSchedule: Act<OfSchedule> = {
  name: 'start-schedule',
  input: scheduleInput,
  right: 'schedule: update',
  does: 'lets a kind of letters on a schedule go out; says first how many go to whom',
  gives: { changes: ['schedule-started'], letters: [] },
  needs: ({ kind }) =>
    kind === 'renewals' || kind === 'end-of-support'
      ? {
          schedule: { kind, sites: false },
          ...(kind === 'renewals' ? { renewalSites: true } : { supportEnds: 'audiences' }),
        }
      : { schedule: { kind, sites: true } },
  judge({ kind: name }, { schedule, supportEnds, renewalSites = [] }, given) {
    if (!schedule) throw new Error('the schedule was not loaded');
    if (schedule.running) return refused('conflict', `${name} was started at ${schedule.since}, and goes on.`);
    const { now: at, by } = given;
    const round = () => {
      if (name === 'renewals') return roundOfSites(firstRenewals(renewalSites, given));
      if (name !== 'end-of-support') return roundOfSites(firstRound(name, schedule, given));
      if (!supportEnds) throw new Error('the versions were not loaded');
      return roundOfVersions(supportEnds, given);
    };
    return { kind: 'done', changes: [{ kind: 'schedule-started', name, ...round(), at, by }], letters: [] };
  },
};
