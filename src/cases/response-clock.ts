/**
 * The clock of the first response as a list of events that only grows (POLICY §4.6). It counts by the rating in force; what it
 * has counted, and what it has waited for the customer, is kept by every change.
 */
import { inZone } from '../calendar/working-time.ts';
import type { CasesPolicy } from './policy.ts';
import { advance, between, counted, dueOf, type Holidays, type Rating, targetMinutes } from './rating.ts';
import { type RatedBy, ratingDiffers } from './rating-differs.ts';

export type ClockEvent =
  | { readonly type: 'started' | 're-rated'; readonly at: string; readonly rating: Rating }
  /** `paused` is for the customer; `stopped` for support that has ended, or a case that is closed without a response. */
  | { readonly type: 'paused' | 'stopped' | 'resumed' | 'met' | 'breached'; readonly at: string }
  /** Another case was merged into this one, with its deadline, where it had one; and taken out of it again. */
  | { readonly type: 'joined'; readonly at: string; readonly of: string; readonly due: string | null }
  | { readonly type: 'parted'; readonly at: string; readonly of: string };

/** Minutes from the start to `since`; together they are the time that has passed. */
type ClockTimes = {
  /** Counted by the ratings in force while they passed. */
  readonly elapsed: number;
  /** While running, outside of hours. */
  readonly outOfHours: number;
  readonly paused: number;
  readonly stopped: number;
};

export type Clock = ClockTimes & {
  readonly state: 'running' | 'paused' | 'stopped' | 'met';
  readonly rating: Rating;
  readonly startedAt: string;
  /** The deadline while running, and what it was when met; while paused or stopped null, for it moves. */
  readonly due: string | null;
  readonly since: string;
  /** The deadline that passed first, whether or not anybody saw it. */
  readonly breachedAt: string | null;
  readonly metAt: string | null;
  /** Each change of rating with the deadline before and after, null where the clock stood. */
  readonly changes: readonly {
    readonly at: string;
    readonly by: readonly RatedBy[];
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Minutes that each case merged into this one was ahead of it: the earlier deadline counts. */
  readonly ahead: Readonly<Record<string, number>>;
  /** While paused: the clock as if it had gone on. */
  readonly unpaused: Clock | null;
};

const isBefore = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) < 0;

/** A whole number of milliseconds, so that sums of minutes lose nothing. */
const exact = (minutes: number): number => Math.round(minutes * 60_000) / 60_000;

const start = (at: string, rating: Rating, holidays: Holidays): Clock => ({
  state: 'running',
  rating,
  startedAt: at,
  due: dueOf(rating, holidays, at),
  since: at,
  elapsed: 0,
  outOfHours: 0,
  paused: 0,
  stopped: 0,
  breachedAt: null,
  metAt: null,
  changes: [],
  ahead: {},
  unpaused: null,
});

/** The same clock at a later instant. */
function moved(clock: Clock, holidays: Holidays, at: string): Clock {
  const passed = between(clock.since, at);
  switch (clock.state) {
    case 'running': {
      const elapsed = counted(clock.rating, holidays, clock.since, at);
      const outOfHours = exact(clock.outOfHours + passed - elapsed);
      const { breachedAt, due } = clock;
      const found = breachedAt ?? (due !== null && isBefore(due, at) && !clock.rating.bestEffort ? due : null);
      return { ...clock, since: at, elapsed: exact(clock.elapsed + elapsed), outOfHours, breachedAt: found };
    }
    case 'paused':
    case 'stopped':
      return { ...clock, since: at, [clock.state]: exact(clock[clock.state] + passed) };
    case 'met':
      return clock;
    default:
      return clock.state satisfies never;
  }
}

/** What of the target is used up: counted, or by the case merged into this one that is furthest ahead. */
const usedUp = ({ elapsed, ahead }: Clock): number => elapsed + Math.max(0, ...Object.values(ahead));

/** Minutes still to be counted from `since` on; below 0 where the target is used up. */
export const minutesLeft = (clock: Clock, holidays: Holidays): number =>
  exact(targetMinutes(clock.rating, holidays, clock.startedAt) - usedUp(clock));

/** When that much is left; used up it is now. */
const after = ({ rating, since }: Clock, holidays: Holidays, left: number): string =>
  left > 0 ? advance(rating, holidays, since, left) : inZone(since, rating.timezone);

/** Where nothing was lost of it the first deadline stands: one business day may end as a day opens, and not as the last one closes. */
function dueNow(clock: Clock, holidays: Holidays): string {
  const { rating, since, startedAt } = clock;
  const first = dueOf(rating, holidays, startedAt);
  const left = minutesLeft(clock, holidays);
  const ahead = Temporal.Instant.compare(since, first) < 0;
  const stands = left >= 0 && ahead && exact(counted(rating, holidays, since, first)) === left;
  return stands ? first : after(clock, holidays, left);
}

const running = (clock: Clock, holidays: Holidays): Clock => ({
  ...clock,
  state: 'running',
  due: dueNow(clock, holidays),
  unpaused: null,
});

function rerated(before: Clock, rating: Rating, holidays: Holidays): Clock {
  const clock = { ...before, rating };
  const due = before.state === 'running' ? dueNow(clock, holidays) : null;
  const change = { at: before.since, by: ratingDiffers(before.rating, rating), before: before.due, after: due };
  return { ...clock, due, changes: [...before.changes, change] };
}

const redated = (clock: Clock, holidays: Holidays): Clock =>
  clock.state === 'running' ? { ...clock, due: dueNow(clock, holidays) } : clock;

/** The deadline of a case that is merged into this one stays, where it is the earlier one; also while this one stands. */
function joined(clock: Clock, { of, due }: Extract<ClockEvent, { type: 'joined' }>, holidays: Holidays): Clock {
  if (due === null) return clock;
  const { rating, since, startedAt, elapsed } = clock;
  const left = counted(rating, holidays, since, due);
  const ahead = exact(targetMinutes(rating, holidays, startedAt) - elapsed - left);
  return ahead > 0 ? redated({ ...clock, ahead: { ...clock.ahead, [of]: ahead } }, holidays) : clock;
}

function parted(clock: Clock, of: string, holidays: Holidays): Clock {
  const { [of]: gone, ...ahead } = clock.ahead;
  return gone === undefined ? clock : redated({ ...clock, ahead }, holidays);
}

/**
 * One event more. Resumed: what was left when it was paused. Re-rated: the new target less what is already counted, from
 * that moment on; where nothing is left it is due at once. An event that does not fit (paused twice) changes nothing, for
 * two workers may write the same; one that claims to be older than the last counts as of the last.
 */
function step(clock: Clock | null, event: ClockEvent, holidays: Holidays): Clock | null {
  if (clock === null) return event.type === 'started' ? start(event.at, event.rating, holidays) : null;
  if (clock.state === 'met') return clock;
  const at = isBefore(event.at, clock.since) ? clock.since : event.at;
  const now = moved(clock, holidays, at);
  const unpaused = clock.unpaused && step(clock.unpaused, event, holidays);
  switch (event.type) {
    case 'started':
      return clock;
    case 'paused':
      return clock.state === 'running' ? { ...now, state: 'paused', due: null, unpaused: now } : clock;
    case 'stopped':
      return clock.state === 'stopped' ? clock : { ...now, state: 'stopped', due: null, unpaused: null };
    case 'resumed':
      return clock.state === 'running' ? clock : running(now, holidays);
    case 're-rated':
      return { ...rerated(now, event.rating, holidays), unpaused };
    case 'met':
      // Straight from a pause, the pause counts: nobody waited for the customer.
      return unpaused ?? { ...now, state: 'met', metAt: at };
    case 'breached':
      if (clock.state !== 'running' || clock.rating.bestEffort) return clock;
      return { ...clock, breachedAt: now.breachedAt ?? at };
    case 'joined':
    case 'parted': {
      const next = event.type === 'joined' ? joined(now, event, holidays) : parted(now, event.of, holidays);
      return { ...(next === now ? clock : next), unpaused };
    }
    default:
      return event satisfies never;
  }
}

/** What it runs by may have been written behind other events of it (§11.6): it started before them all the same. */
function inOrder(events: readonly ClockEvent[]): readonly ClockEvent[] {
  const started = events.findIndex(({ type }) => type === 'started');
  const [first] = events.slice(Math.max(started, 0));
  return started > 0 && first ? [first, ...events.toSpliced(started, 1)] : events;
}

/** The clock after its events in the order they were written; null where it never started. */
export const foldClock = (events: readonly ClockEvent[], holidays: Holidays): Clock | null =>
  inOrder(events).reduce<Clock | null>((clock, event) => step(clock, event, holidays), null);

/** The clock behind each of its events, in that order; events before it started are left out. */
export function clockSteps(
  events: readonly ClockEvent[],
  holidays: Holidays,
): { readonly event: ClockEvent; readonly clock: Clock }[] {
  let clock: Clock | null = null;
  return inOrder(events).flatMap((event) => {
    clock = step(clock, event, holidays);
    return clock === null ? [] : [{ event, clock }];
  });
}

/** What has passed until an instant; what comes after it was met is no part of it. */
export function timesAt(clock: Clock, holidays: Holidays, at: string): ClockTimes {
  const { elapsed, outOfHours, paused, stopped } = moved(clock, holidays, at);
  return { elapsed, outOfHours, paused, stopped };
}

/** The moments at which a running clock warns (§4.6), in order; one that has passed already stands at `since`. */
export function warnings(
  clock: Clock,
  holidays: Holidays,
  policy: Pick<CasesPolicy, 'warnAtPercent'>,
): { percent: number; at: string }[] {
  if (clock.state !== 'running' || clock.rating.bestEffort) return [];
  const total = targetMinutes(clock.rating, holidays, clock.startedAt);
  return [...policy.warnAtPercent]
    .sort((a, b) => a - b)
    .map((percent) => ({ percent, at: after(clock, holidays, (total * percent) / 100 - usedUp(clock)) }));
}
