import { z } from 'zod';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { ScheduleChange, TurnResult, TurnTaken } from '../../changes/schedule/turns.ts';
import {
  isCareStep,
  isTooLate,
  nextTurn,
  stepAfter,
  type Turn,
  type TurnSchedule,
  turnSchedules,
} from '../../notices/turns.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { contactMay, mayOpenCases } from '../../registry/permissions.ts';
import { type Act, type ActLetter, type Given, type Judged, refused } from '../act.ts';
import type { PeopleRecord, Person } from '../contacts/records.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import type { TurnRecord } from './records.ts';
import { monthlyList, quarterlyQuestion } from './turn-letters.ts';

const input = z.strictObject({ kind: z.enum(turnSchedules), site: siteNumber });
type RunSchedule = z.infer<typeof input>;

type At = {
  readonly name: TurnSchedule;
  readonly record: PeopleRecord;
  readonly turn: TurnRecord;
  readonly given: Given;
};
const calendarOf = ({ record, given: { policy } }: At) => placeCalendar(record.site, policy, policy.publicHolidays);
const nextOf = (at: At): Turn | null => nextTurn(at.name, calendarOf(at), at.given.now, at.given.policy);

function taken(at: At, result: TurnResult, next: Turn | null, letters: readonly ActLetter[] = []): Judged {
  const { name, record, turn, given } = at;
  const change: TurnTaken = {
    ...{ kind: 'turn-taken', name, site: record.site.id, siteNumber: record.site.number },
    ...{ turn: { period: turn.period, step: turn.step }, result, to: letters.map(({ to }) => to), next },
    ...{ at: given.now, by: given.by },
  };
  return { kind: 'done', changes: [change], letters };
}

function listOfMonth(at: At): Judged {
  const { record, turn, given } = at;
  const [to] = addresseesOf('contacts-monthly', record.people, given.policy);
  if (!to) return taken(at, 'nobody', nextOf(at));
  return taken(at, 'sent', nextOf(at), [monthlyList({ record, to, period: turn.period }, given)]);
}

/** Everybody whose mail opens a case, but the reader, and the primary, who is changed by a hand-over. */
const askedAbout = ({ record, given }: At, reader: Person): Person[] =>
  record.people.filter(
    (one) =>
      one.id !== reader.id &&
      one.role !== 'primary' &&
      mayOpenCases(one.role) !== 'limited' &&
      contactMay('cases: update', one, given.policy),
  );

function quarter(at: At): Judged {
  const { record, turn, given } = at;
  const { policy, now } = given;
  const { period, step } = turn;
  const [to] = addresseesOf('contacts-quarterly', record.people, policy);
  if (!to) return taken(at, 'nobody', nextOf(at));
  const open = step === 0 ? askedAbout(at, to) : record.people.filter((one) => one.toAttest === period);
  if (open.length === 0) return taken(at, 'settled', nextOf(at));
  if (isCareStep(step, policy)) return taken(at, 'for-care', nextOf(at));
  const letter = quarterlyQuestion({ record, to, period, open, reminder: step }, given);
  const done = taken(at, step === 0 ? 'sent' : 'reminded', stepAfter(turn, calendarOf(at), now, policy), [letter]);
  if (done.kind === 'refused' || step > 0) return done;
  const { id: site, number } = record.site;
  const asked: ScheduleChange = {
    ...{ kind: 'attestation-asked', site, siteNumber: number, period, at: now, by: given.by },
    contacts: open.map(({ id }) => id),
  };
  return { ...done, changes: [...done.changes, asked] };
}

/** POLICY §8.10, §9: what is due at a site. A step of a quarter that was begun goes on however late; a letter of too long ago does not. */
export const runSchedule: Act<RunSchedule> = {
  name: 'run-schedule',
  input,
  right: 'none',
  does: 'sends a site the letter of its schedule that is due, or says why not',
  gives: { changes: ['turn-taken', 'attestation-asked'], letters: ['contacts-monthly', 'contacts-quarterly'] },
  byClock: ['schedules'],
  needs: ({ site, kind }) => ({ turn: { site, kind }, people: { site, seen: true } }),
  judge({ kind: name, site }, { turn, people: record }, given) {
    if (!turn || !record) return refused('not-found', `Nothing of ${name} is planned for site ${site}.`);
    const { dueAt } = turn;
    if (!turn.running || dueAt === null || Temporal.Instant.compare(dueAt, given.now) > 0)
      return { kind: 'done', changes: [], letters: [] };
    const at: At = { name, record, turn, given };
    if (turn.step === 0 && isTooLate(dueAt, given.now, given.policy)) return taken(at, 'skipped', nextOf(at));
    return name === 'contact-lists' ? listOfMonth(at) : quarter(at);
  },
};
