/** The steps of the ladder as they are kept, and which of them have become otherwise. */
import type { PlannedStep } from '../../changes/schedule/renewals.ts';
import type { LadderStep } from '../../notices/renewals/ladder.ts';
import type { RenewalSchedule, RenewalSite, RenewalStep } from './records.ts';
import { itemsOf, type Standing } from './standing.ts';

/** The same text is the same: what is kept as JSON comes back in an order of its own. */
const textOf = (one: PlannedStep | null): string =>
  JSON.stringify(
    one && [
      ...[one.group, one.step, one.day, one.dueAt, one.state, one.reason, one.settled],
      ...one.items.map((item) => [item.id, item.to, item.kind === 'support' ? item.quantity : 1]),
    ],
  );
const ofRow = ({ group, step, day, dueAt, items, state, reason, settledAt }: RenewalStep): PlannedStep => ({
  ...{ group, step, day, dueAt: instant(dueAt), items, state: state as PlannedStep['state'], reason },
  settled: settledAt !== null,
});
const instant = (at: string): string => Temporal.Instant.from(at).toString();

/** What was due while all of them were paused is not told for that reason, and not for a downtime. */
const reasonOf = (reason: string, schedule: RenewalSchedule): string =>
  schedule.pausedAt !== null && ['missed', 'too-late'].includes(reason) ? 'paused' : reason;

/** A step of the ladder as it is kept; what a person holds stays held as long as it may still go out. */
export function plannedStep(
  one: LadderStep,
  row: RenewalStep | undefined,
  schedule: RenewalSchedule,
  now: string,
): PlannedStep {
  const { group, step, day, dueAt } = one;
  // What is renewed names nothing any more; what it was about is kept.
  const items = one.items.length > 0 ? itemsOf(one.items) : (row?.items ?? []);
  const common = { group, step, day, dueAt: instant(dueAt), items };
  const held = row?.state === 'held';
  if (one.state !== 'skipped') return { ...common, state: held ? 'held' : 'planned', reason: null, settled: false };
  const over = Temporal.Instant.compare(dueAt, now) <= 0;
  // It stays in the list of accounts that were not told as what it is.
  if (held && over && one.reason !== 'renewed') return { ...common, state: 'held', reason: null, settled: true };
  return { ...common, state: 'skipped', reason: reasonOf(one.reason, schedule), settled: over };
}

/** A group that is there no more: all of it is renewed, has another earliest end, or is on record no longer. */
function withoutGroup(row: RenewalStep, { isRenewed }: Standing, now: string): PlannedStep {
  const { group, step, day, dueAt, items } = row;
  const renewed = items.length > 0 && items.every(isRenewed);
  const settled = Temporal.Instant.compare(dueAt, now) <= 0;
  return {
    ...{ group, step, day, dueAt: instant(dueAt), items, state: 'skipped', settled },
    reason: renewed ? 'renewed' : 'gone',
  };
}

/** How all steps that are not settled stand now, of which a row is otherwise or not there. */
export function stepsToWrite(
  site: RenewalSite,
  schedule: RenewalSchedule,
  standing: Standing,
  now: string,
): PlannedStep[] {
  const keyOf = ({ group, step }: { group: string; step: number }) => `${group} ${step}`;
  const rows = new Map(site.steps.map((one) => [keyOf(one), one]));
  const there = new Set(standing.steps.map(keyOf));
  const next = standing.steps.map((one) => plannedStep(one, rows.get(keyOf(one)), schedule, now));
  const gone = site.steps
    .filter((one) => one.settledAt === null && !there.has(keyOf(one)))
    .map((one) => withoutGroup(one, standing, now));
  return [...next, ...gone].filter((one) => {
    const row = rows.get(keyOf(one));
    return textOf(row ? ofRow(row) : null) !== textOf(one);
  });
}
