/** How a case stands, as its customer sees it on a page: a state and its moments, and nothing of what was written. */
import type { CaseKind, CaseStatus } from '../case.ts';
import type { ClockShown } from '../clock-shown.ts';

/** Days after the close for which the page can be opened. */
export const casePageDays = 30;

export type StandingFacts = {
  readonly kind: CaseKind;
  readonly status: CaseStatus;
  readonly closedAt: string | null;
  /** When we answered first. */
  readonly answeredAt: string | null;
  /** Since when what should solve it waits for their word. */
  readonly proposedAt: string | null;
  readonly clock: Pick<ClockShown, 'state' | 'due' | 'breachedAt' | 'waiting'>;
};

export type Standing =
  | { readonly kind: 'promised' | 'late'; readonly due: string }
  /** Not answered, and nothing is promised: a preview, or a clock that stands still. */
  | { readonly kind: 'open' }
  | { readonly kind: 'answered'; readonly at: string }
  | { readonly kind: 'waits'; readonly since: string; readonly until: string | null; readonly answered: boolean }
  | { readonly kind: 'proposed'; readonly at: string }
  | { readonly kind: 'closed'; readonly at: string; readonly until: string };

/** Null: its time is over. */
export function standingOf(on: StandingFacts, now: string): Standing | null {
  const { clock, answeredAt, proposedAt, closedAt } = on;
  if (on.status === 'closed' && closedAt !== null) {
    const until = Temporal.Instant.from(closedAt).add({ hours: 24 * casePageDays });
    return Temporal.Instant.compare(now, until) > 0 ? null : { kind: 'closed', at: closedAt, until: until.toString() };
  }
  if (proposedAt !== null) return { kind: 'proposed', at: proposedAt };
  if (clock.waiting !== null) return { kind: 'waits', ...clock.waiting, answered: answeredAt !== null };
  if (answeredAt !== null) return { kind: 'answered', at: answeredAt };
  if (clock.state !== 'running' || clock.due === null || on.kind === 'preview') return { kind: 'open' };
  return clock.breachedAt === null ? { kind: 'promised', due: clock.due } : { kind: 'late', due: clock.breachedAt };
}
