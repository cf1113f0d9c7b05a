import { z } from 'zod';
import type { PlannedStep, RenewalChange, RenewalContract, RenewalsPlanned } from '../../changes/schedule/renewals.ts';
import type { LadderStep } from '../../notices/renewals/ladder.ts';
import { type Act, type ActLetter, type Given, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import type { RenewalSchedule, RenewalSite, RenewalStep } from './records.ts';
import { settledNotice } from './renewal-letters.ts';
import { itemsOf, keyOfEnd, type Standing, standingOf } from './standing.ts';

const input = z.strictObject({ site: siteNumber });

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
  const common = { group, step, day, dueAt: instant(dueAt), items: itemsOf(one.items) };
  const held = row?.state === 'held';
  if (one.state !== 'skipped')
    return { ...common, state: held ? 'held' : 'planned', reason: null, settled: false };
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

type Judging = {
  readonly site: RenewalSite;
  readonly schedule: RenewalSchedule;
  readonly standing: Standing;
  readonly given: Given;
};

export const ofStep = ({ site: { of }, given: { now: at, by } }: Pick<Judging, 'site' | 'given'>, step: RenewalStep) =>
  ({
    ...{ site: of.site.id, siteNumber: of.site.number, at, by },
    ...{ renewal: step.id, versionNo: step.version, group: step.group, step: step.step },
  }) as const;

/** Letters that name what is renewed, and have not left yet. */
function stopped(judging: Judging): RenewalChange[] {
  const { site, standing } = judging;
  return site.steps.flatMap((step): RenewalChange[] => {
    const letters = step.letters.filter(({ role, state, claimed }) => role !== 'settled' && state === 'queued' && !claimed);
    if (step.state !== 'sent' || letters.length === 0 || step.items.every(standing.isOpen)) return [];
    const again = step.items.some(standing.isOpen);
    return [{ kind: 'renewal-stopped', ...ofStep(judging, step), letters: letters.map(({ id }) => id), again }];
  });
}

/** It has reached them, as far as is known. */
const wentOut: readonly string[] = ['sent', 'unknown'];
/** Behind the end of a group for so many days somebody is still told that it was renewed. */
const toldDays = 60;

/** Of groups of which nothing ends any more: whoever has had a letter hears it once. */
function settled(judging: Judging): { changes: RenewalChange[]; letters: ActLetter[] } {
  const { site, schedule, standing, given } = judging;
  const none = { changes: [], letters: [] };
  if (!schedule.running || schedule.pausedAt !== null) return none;
  const groups = Map.groupBy(site.steps, ({ group }) => group);
  const told = [...groups].flatMap(([group, steps]) => {
    const letters = steps.flatMap((one) => one.letters);
    const went = letters.filter(({ role, state }) => role === 'notice' && wentOut.includes(state));
    const step = steps.findLast((one) => one.letters.some((letter) => went.includes(letter)));
    const over = Temporal.PlainDate.from(group).add({ days: toldDays }).toString() < standing.today;
    if (!step || over || letters.some(({ role }) => role === 'settled')) return [];
    if (step.items.length === 0 || !step.items.every(standing.isRenewed)) return [];
    const reached = site.people.filter((one) => !one.unreachable && went.some(({ to }) => to === one.email));
    if (reached.length === 0) return [];
    const until = (item: RenewalContract) => endOf(item, standing);
    const sent = reached.map(({ email }) => {
      const calendar = went.some(({ to, sequence }) => to === email && sequence !== null);
      return settledNotice(site, { step, items: step.items, until, calendar }, email, given);
    });
    const change: RenewalChange = {
      ...{ kind: 'renewal-settled', ...ofStep(judging, step), to: reached.map(({ email }) => email) },
      sequence: sent.find((one) => one.calendar)?.calendar?.sequence ?? 0,
    };
    return [{ change, sent }];
  });
  return { changes: told.map(({ change }) => change), letters: told.flatMap(({ sent }) => sent) };
}

/** Until when that is covered now: by the contract itself, or by the one in its place; null: not known. */
function endOf(item: RenewalContract, { contracts }: Standing): string | null {
  const same = contracts.ending.filter((one) =>
    item.kind === 'plan' ? one.kind === 'plan' && one.plan === item.plan : one.kind === 'support' && one.product === item.product,
  );
  return same.map(({ to }) => to).filter((to) => to > item.to).toSorted().at(-1) ?? null;
}

/**
 * POLICY §10.1–3: what goes out at a site, planned anew whenever its contracts have changed, and once a day. What is renewed is dropped,
 * with the letters that have not left yet.
 */
export const planRenewals: Act<z.infer<typeof input>> = {
  name: 'plan-renewals',
  input,
  right: 'none',
  does: 'plans the letters about what ends at a site, and drops those about what is renewed',
  gives: { changes: ['renewals-planned', 'renewal-stopped', 'renewal-settled'], letters: ['renewal-settled'] },
  byClock: ['renewals-planned'],
  needs: ({ site }) => ({ renewals: { site } }),
  judge({ site: number }, { renewals }, given) {
    const site = renewals?.site;
    if (!renewals || !site) return refused('not-found', `There is no site ${number}.`);
    const { schedule } = renewals;
    if (!schedule.running) return { kind: 'done', changes: [], letters: [] };
    const { now, by, policy } = given;
    const standing = standingOf(site, schedule, { now, policy });
    const judging: Judging = { site, schedule, standing, given };
    const known = Object.fromEntries(standing.contracts.ending.map((one) => [keyOfEnd(one), one.knownAt]));
    const steps = stepsToWrite(site, schedule, standing, now);
    const planned: RenewalsPlanned = {
      ...{ kind: 'renewals-planned', site: site.of.site.id, siteNumber: site.of.site.number },
      ...{ known, steps, at: now, by },
    };
    const same = steps.length === 0 && JSON.stringify(sorted(known)) === JSON.stringify(sorted(site.known));
    const { changes, letters } = settled(judging);
    return {
      kind: 'done',
      changes: [...(same ? [] : [planned]), ...stopped(judging), ...changes],
      letters,
    };
  },
};

const sorted = (known: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(known).toSorted(([a], [b]) => (a < b ? -1 : 1));
