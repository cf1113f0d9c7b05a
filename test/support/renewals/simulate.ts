/** The ladder as a scheduler goes by it: it looks when something has changed, when it starts, and when the next step comes. */

import { noticesPolicySchema } from '../../../src/notices/policy.ts';
import { contractsOf, type End } from '../../../src/notices/renewals/contracts.ts';
import { type LadderOfSite, type LadderStep, ladder } from '../../../src/notices/renewals/ladder.ts';
import { momentOn } from '../../../src/notices/renewals/step-days.ts';
import type { SettledStep } from '../../../src/notices/renewals/told.ts';
import { addresseesOf } from '../../../src/registry/contacts/addressees.ts';
import { dayAt } from '../../../src/registry/entitlement.ts';
import { defaultRegistryPolicy } from '../default-policies.ts';
import { calendarOf, type LedgerRow, type OnRecord, type Story } from './story.ts';

const policy = noticesPolicySchema.parse({});
const instant = (at: number): string => new Date(at).toISOString();
const keyOf = ({ id, to }: End): string => `${id} ${to}`;

/** A step is due or passed over, or a contract begins that renews another one after a gap. */
function nextLook({ calendar, contracts, now }: LadderOfSite, steps: readonly LadderStep[]): number {
  const today = dayAt(now, calendar.timezone);
  const begins = contracts.ending
    .filter(({ from }) => from >= today)
    .map(({ from }) => momentOn(calendar, Temporal.PlainDate.from(from), policy.renewals));
  const moments = [...steps.map(({ dueAt }) => dueAt), ...begins].map((at) => Date.parse(at));
  return Math.min(...moments.filter((at) => at > Date.parse(now)));
}

export function simulate(story: Story): (LedgerRow & { readonly reason: string | null })[] {
  const calendar = calendarOf(story);
  const ledger: (LedgerRow & { reason: string | null })[] = [];
  const settled: SettledStep[] = [];
  const unreachable = new Set<string>();
  let known = new Map<string, string>();
  let onRecord: OnRecord = { licences: [], plans: [], people: [] };
  let contracts = contractsOf(onRecord, () => '', defaultRegistryPolicy);

  /** The letter goes to the next one until one does not come back. */
  const deliver = (at: number): string | null => {
    for (;;) {
      const people = onRecord.people.map((one) => ({ ...one, unreachable: unreachable.has(one.id) }));
      const [to] = addresseesOf('renewal-notice', people, defaultRegistryPolicy);
      if (!to || at < (story.deadFrom[to.id] ?? Number.POSITIVE_INFINITY)) return to?.id ?? null;
      unreachable.add(to.id);
    }
  };
  const settle = (step: LadderStep, at: number): void => {
    const { group, step: of, items } = step;
    const reached = step.state === 'due' ? deliver(at) : null;
    const named = step.state === 'due' ? items.map(keyOf) : [];
    settled.push({ group, step: of, at: instant(at), told: reached === null ? [] : items });
    ledger.push({ group, step: of, at, named, reached, reason: step.state === 'skipped' ? step.reason : null });
  };
  const look = (at: number): number => {
    const site = { calendar, contracts, settled, startedAt: instant(story.startedAt), now: instant(at), policy };
    const steps = ladder(site);
    for (const step of steps) if (Date.parse(step.dueAt) <= at) settle(step, at);
    return nextLook(site, steps);
  };

  for (const one of story.happenings) {
    if (one.kind === 'run') {
      for (let at = one.from; at < one.to; at = look(at));
      continue;
    }
    const before = known;
    known = new Map();
    onRecord = one;
    contracts = contractsOf(
      one,
      (end) => {
        const since = before.get(keyOf(end)) ?? instant(one.at);
        known.set(keyOf(end), since);
        return since;
      },
      defaultRegistryPolicy,
    );
  }
  return ledger;
}
