/**
 * The second clock of severity 1 (POLICY §4.3): until a fix or workaround is given the customer hears from us again and again,
 * and where nobody can be reached there, a change to severity 2 is proposed. It counts as the clock of the case does: by the
 * same rating, round the clock or in hours. Waiting for the customer does not stop it.
 */
import { inZone } from '../calendar/working-time.ts';
import type { CasesPolicy } from './policy.ts';
import { advance, counted, type Holidays, type Rating } from './rating.ts';
import type { ClockEvent } from './response-clock.ts';

/**
 * Beside the events of the first clock, of which `met` tells the customer something, `paused` waits for somebody there and
 * `resumed` has heard from them: in between nobody there is reachable.
 */
export type UpdateEvent =
  | ClockEvent
  /** `told`: words of a person went to the customer. `relieved`: a fix or workaround was given; `relapsed`: it did not do. */
  | { readonly type: 'told' | 'reached' | 'relieved' | 'relapsed'; readonly at: string };

/** Minutes counted until an instant. */
type Stretch = { readonly since: string; readonly elapsed: number };

export type UpdateClock = {
  readonly rating: Rating;
  /** The latest of its events; one that claims to be older counts as of it. */
  readonly at: string;
  /** Since the customer last heard from us; null where it is owed nothing: another severity, relieved, or stopped. */
  readonly silent: Stretch | null;
  /** Since nobody could be reached there; null where somebody was. */
  readonly unreachable: Stretch | null;
  readonly relieved: boolean;
  readonly stopped: boolean;
};

const from = (at: string): Stretch => ({ since: at, elapsed: 0 });

function step(before: UpdateClock | null, event: UpdateEvent, holidays: Holidays): UpdateClock | null {
  if (before === null) {
    if (event.type !== 'started') return null;
    const { rating, at } = event;
    const silent = rating.severity === 1 ? from(at) : null;
    return { rating, at, silent, unreachable: null, relieved: false, stopped: false };
  }
  const at = Temporal.Instant.compare(event.at, before.at) < 0 ? before.at : event.at;
  const clock = { ...before, at };
  const owed = clock.silent !== null;
  switch (event.type) {
    case 'started':
    case 'breached':
    case 'joined':
    case 'parted':
      return clock;
    case 'met':
    case 'told':
      return owed ? { ...clock, silent: from(at) } : clock;
    case 'paused':
      return owed && clock.unreachable === null ? { ...clock, unreachable: from(at) } : clock;
    case 'reached':
      return { ...clock, unreachable: null };
    case 'resumed': {
      const silent = clock.stopped && !clock.relieved && clock.rating.severity === 1 ? from(at) : clock.silent;
      return { ...clock, silent, unreachable: null, stopped: false };
    }
    case 'stopped':
      return { ...clock, silent: null, unreachable: null, stopped: true };
    case 'relieved':
      return { ...clock, silent: null, unreachable: null, relieved: true };
    case 'relapsed': {
      const again = clock.relieved && !clock.stopped && clock.rating.severity === 1;
      return { ...clock, silent: again ? from(at) : clock.silent, relieved: false };
    }
    case 're-rated': {
      const { rating } = event;
      const carried = (one: Stretch | null): Stretch | null =>
        one && { since: at, elapsed: one.elapsed + counted(clock.rating, holidays, one.since, at) };
      if (rating.severity !== 1) return { ...clock, rating, silent: null, unreachable: null, relieved: false };
      if (clock.rating.severity === 1)
        return { ...clock, rating, silent: carried(clock.silent), unreachable: carried(clock.unreachable) };
      return { ...clock, rating, silent: clock.stopped ? null : from(at) };
    }
    default:
      return event satisfies never;
  }
}

/** The second clock after the events of a case in the order they were written; null where no clock ever started. */
export const foldUpdates = (events: readonly UpdateEvent[], holidays: Holidays): UpdateClock | null =>
  events.reduce<UpdateClock | null>((clock, event) => step(clock, event, holidays), null);

function reaches(rating: Rating, stretch: Stretch | null, minutes: number, holidays: Holidays): string | null {
  if (stretch === null) return null;
  const left = minutes - stretch.elapsed;
  return left > 0 ? advance(rating, holidays, stretch.since, left) : inZone(stretch.since, rating.timezone);
}

/** When the customer has to have heard from us again, ISO 8601 in the site's zone; null where nothing is owed. */
export const nextUpdateDue = (
  { rating, silent }: UpdateClock,
  holidays: Holidays,
  policy: Pick<CasesPolicy, 'criticalUpdateMinutes'>,
): string | null => reaches(rating, silent, policy.criticalUpdateMinutes, holidays);

/** When a change to severity 2 is to be proposed, should nobody be reached until then; null where somebody is. */
export const proposalDue = (
  { rating, unreachable }: UpdateClock,
  holidays: Holidays,
  policy: Pick<CasesPolicy, 'criticalUnreachableMinutes'>,
): string | null => reaches(rating, unreachable, policy.criticalUnreachableMinutes, holidays);
