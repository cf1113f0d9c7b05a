/** The clock of a case as a line in time (POLICY §4.6): what it counted, what it waited for, what was promised when, and how it ended. */
import type { Holidays, Rating } from '../rating.ts';
import { type Clock, type ClockEvent, clockSteps, timesAt } from '../response-clock.ts';

/** `late`: it counts, and the deadline has passed. */
export type SpanKind = 'counting' | 'late' | 'paused' | 'stopped';
export type ClockSpan = { readonly kind: SpanKind; readonly from: string; readonly to: string };

export type ClockMark = {
  readonly type: ClockEvent['type'];
  readonly at: string;
  /** What is promised from then on; null where the clock stands. */
  readonly due: string | null;
  /** What was promised until then, where that was something else. */
  readonly before: string | null;
  /** The case that was merged into it, or taken out of it. */
  readonly of: string | null;
};

export type ClockLine = {
  readonly from: string;
  readonly to: string;
  /** One behind the other, without a gap: together they are the time from the start until the clock ended, or now. */
  readonly spans: readonly ClockSpan[];
  readonly marks: readonly ClockMark[];
  readonly state: Clock['state'];
  /** The deadline that counts, or that counted when it was met; null while the clock stands. */
  readonly due: string | null;
  readonly metAt: string | null;
  readonly breachedAt: string | null;
  readonly rating: Rating;
  /** Whole minutes. */
  readonly counted: number;
  readonly paused: number;
  readonly outOfHours: number;
  /** Where the line ends for now; null where the clock has ended. */
  readonly now: string | null;
};

const epoch = (at: string): number => Temporal.Instant.from(at).epochMilliseconds;
const isBefore = (a: string, b: string): boolean => epoch(a) < epoch(b);
const same = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : epoch(a) === epoch(b);
const later = (a: string, b: string): string => (isBefore(a, b) ? b : a);

const kinds = { running: 'counting', paused: 'paused', stopped: 'stopped' } as const;

/** Those of one kind that touch are one. */
function joined(spans: readonly ClockSpan[]): ClockSpan[] {
  const all: ClockSpan[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (!isBefore(span.from, span.to)) continue;
    if (last?.kind === span.kind) all[all.length - 1] = { ...last, to: span.to };
    else all.push(span);
  }
  return all;
}

/** What counts behind the deadline that passed is late. */
const withLate = (spans: readonly ClockSpan[], breachedAt: string | null): ClockSpan[] =>
  spans.flatMap((span): ClockSpan[] => {
    if (breachedAt === null || span.kind !== 'counting' || !isBefore(breachedAt, span.to)) return [span];
    const at = later(span.from, breachedAt);
    return [
      { ...span, to: at },
      { kind: 'late', from: at, to: span.to },
    ];
  });

type Steps = ReturnType<typeof clockSteps>;

function spansOf(steps: Steps, end: string | null): ClockSpan[] {
  const spans: ClockSpan[] = [];
  let before: Clock | null = null;
  for (const { event, clock } of steps) {
    if (before !== null && clock !== before && before.state !== 'met') {
      // Answered straight from a pause: nobody waited for the customer.
      if (event.type === 'met' && before.unpaused)
        for (let i = spans.length - 1; spans[i]?.kind === 'paused'; i -= 1)
          spans[i] = { ...(spans[i] as ClockSpan), kind: 'counting' };
      const kind = event.type === 'met' && before.unpaused ? 'counting' : kinds[before.state];
      spans.push({ kind, from: before.since, to: clock.since });
    }
    before = clock;
  }
  if (before !== null && before.state !== 'met' && end !== null)
    spans.push({ kind: kinds[before.state], from: before.since, to: end });
  return spans;
}

/** What has changed nothing is not told; a deadline that was only told again is none. */
function marksOf(steps: Steps): ClockMark[] {
  const marks: ClockMark[] = [];
  let before: Clock | null = null;
  let promised: string | null = null;
  for (const { event, clock } of steps) {
    if (clock !== before) {
      const { due } = clock;
      // Where a merge has moved no deadline the clock stands where it was before, and the mark is of the merge.
      const joins = event.type === 'joined' || event.type === 'parted';
      const at =
        event.type === 'met' ? (clock.metAt ?? clock.since) : joins ? later(clock.since, event.at) : clock.since;
      const moved = promised !== null && due !== null && !same(promised, due);
      marks.push({ type: event.type, at, due, before: moved ? promised : null, of: 'of' in event ? event.of : null });
      promised = due ?? promised;
    }
    before = clock;
  }
  return marks;
}

/** Null where the clock never started. A clock that is stopped for good ends there: `ended` says so. */
export function clockLine(
  events: readonly ClockEvent[],
  { now, ended = false }: { readonly now: string; readonly ended?: boolean },
  holidays: Holidays,
): ClockLine | null {
  const steps = clockSteps(events, holidays);
  const clock = steps.at(-1)?.clock;
  if (!clock) return null;
  const goesOn = clock.state !== 'met' && !(ended && clock.state === 'stopped');
  const end = goesOn ? later(clock.since, now) : null;
  const overdue =
    clock.state === 'running' && !clock.rating.bestEffort && clock.due !== null && isBefore(clock.due, now);
  const breachedAt = clock.breachedAt ?? (overdue ? clock.due : null);
  const spans = joined(withLate(joined(spansOf(steps, end)), breachedAt));
  const until = end ?? clock.metAt ?? clock.since;
  const times = timesAt(clock, holidays, until);
  const whole = (minutes: number): number => Math.floor(minutes);
  return {
    from: clock.startedAt,
    to: clock.due === null ? until : later(until, clock.due),
    spans,
    marks: marksOf(steps),
    state: clock.state,
    due: clock.due,
    metAt: clock.metAt,
    breachedAt,
    rating: clock.rating,
    counted: whole(times.elapsed),
    paused: whole(times.paused),
    outOfHours: whole(times.outOfHours),
    now: end,
  };
}
