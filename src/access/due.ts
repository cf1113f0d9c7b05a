/** What is due on an access request, and when (POLICY §8.5, §8.6): one moment, at which the clock looks at it next. */
import { addBusinessDays, type WorkingCalendar } from '../calendar/working-time.ts';
import type { AccessPolicy } from './policy.ts';
import { type AccessRequest, decisionOf, firstGrantOf, type StepKind, stateOf, stepsSince } from './request.ts';

export type Due = {
  readonly at: string;
  readonly what: Extract<
    StepKind,
    'verify-sent' | 'deciders-asked' | 'second-asked' | 'reminded' | 'handed-over' | 'asker-told' | 'end-told' | 'ended'
  >;
};

const dayHours = 24;
const later = (at: string, time: { hours?: number; minutes?: number }): string =>
  Temporal.Instant.from(at).add(time).toString();

const latest = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);

/** §8.7: what its letters ask for can be answered until then, counted from the day it was asked for. */
export function tokensEnd(request: AccessRequest, { tokenDays }: AccessPolicy['access']): string {
  const asked = request.findLast(({ kind }) => kind === 'asked')?.at ?? request[0]?.at ?? '1970-01-01T00:00:00Z';
  return later(asked, { hours: tokenDays * dayHours });
}

/** The first moment of that day at the site. */
const beginOf = (day: Temporal.PlainDate, timezone: string): string =>
  day.toZonedDateTime(timezone).toInstant().toString();

/** Reminders that have gone out since it waits: a decision that was taken back begins none of them anew. */
const remindersOf = (request: AccessRequest): number => request.filter(({ kind }) => kind === 'reminded').length;

/** The letter that asks to verify has a pool of its own, so that it goes by the clock. */
function toVerify(request: AccessRequest, { access }: AccessPolicy): Due | null {
  const asked = request.findLast(({ kind }) => kind === 'asked');
  if (!asked) return null;
  if (asked.kind === 'asked' && asked.registers) return { at: asked.at, what: 'handed-over' };
  const sent = request.findLast(({ kind }) => kind === 'verify-sent');
  if (!sent) return { at: asked.at, what: 'verify-sent' };
  // Whoever asks again has it once a day (§3 "Letters, how many").
  return request.indexOf(sent) < request.indexOf(asked)
    ? { at: latest(asked.at, later(sent.at, { hours: access.verifyAgainHours })), what: 'verify-sent' }
    : { at: tokensEnd(request, access), what: 'ended' };
}

/** The others hear at once that one has granted it, and a second is missing. */
function toSecond(request: AccessRequest): Due | null {
  const first = firstGrantOf(request);
  if (!first || stepsSince(request, first).some(({ kind }) => kind === 'second-asked')) return null;
  return { at: first.at, what: 'second-asked' };
}

function whileWaiting(request: AccessRequest, calendar: WorkingCalendar, { access }: AccessPolicy): Due | null {
  const since = request.find(({ kind }) => kind === 'verified')?.at;
  if (since === undefined) return null;
  if (!request.some(({ kind }) => kind === 'deciders-asked')) return { at: since, what: 'deciders-asked' };
  const days = access.remindAfterBusinessDays.toSorted((a, b) => a - b)[remindersOf(request)];
  return days !== undefined && days < access.careAfterBusinessDays
    ? { at: addBusinessDays(calendar, since, days), what: 'reminded' }
    : { at: addBusinessDays(calendar, since, access.careAfterBusinessDays), what: 'handed-over' };
}

function onceDecided(request: AccessRequest, { timezone }: WorkingCalendar, { access }: AccessPolicy): Due | null {
  const decision = decisionOf(request);
  if (!decision) return null;
  const since = stepsSince(request, decision).map(({ kind }) => kind);
  if (!since.includes('asker-told')) {
    const { at } = decision;
    return { at: decision.atOnce ? at : later(at, { minutes: access.undoMinutes }), what: 'asker-told' };
  }
  if (decision.kind !== 'granted' || decision.until === null) return null;
  const lastDay = Temporal.PlainDate.from(decision.until);
  const ended = { at: beginOf(lastDay.add({ days: 1 }), timezone), what: 'ended' } as const;
  const told = beginOf(lastDay.subtract({ days: access.endsToldDays }), timezone);
  // The letter of the decision has named the day of an access that is shorter than that.
  const worthIt = Date.parse(told) > Date.parse(decision.at);
  return worthIt && !since.includes('end-told') ? { at: told, what: 'end-told' } : ended;
}

/** Null where nothing happens by itself: what is with client care has the clock of client care. `calendar` is that of the site. */
export function dueOf(request: AccessRequest, calendar: WorkingCalendar, policy: AccessPolicy): Due | null {
  const state = stateOf(request);
  switch (state) {
    case 'to-verify':
      return toVerify(request, policy);
    case 'waiting':
      return toSecond(request) ?? whileWaiting(request, calendar, policy);
    case 'granted':
    case 'denied':
      return onceDecided(request, calendar, policy);
    case 'with-client-care':
      return toSecond(request);
    case 'expired':
      return null;
    default:
      return state satisfies never;
  }
}
