/** What goes out first once renewals are started, by what stands on record now (POLICY §11.6). */
import type { Given } from '../act.ts';
import type { RenewalSite } from './records.ts';
import { nextReader, standingOf } from './standing.ts';

/** The next letter of every account: of each group of a site; null where there is nobody who could be written to. */
export function firstRenewals(
  sites: readonly RenewalSite[],
  { now, policy }: Given,
): ({ readonly site: string; readonly to: string; readonly dueAt: string } | null)[] {
  const schedule = { running: true, since: now, pausedAt: null };
  return sites.flatMap((one) => {
    const planned = standingOf(one, schedule, { now, policy }).steps.filter(({ state }) => state === 'planned');
    const first = [...Map.groupBy(planned, ({ group }) => group).values()].flatMap(([step]) => step ?? []);
    const to = first.length > 0 ? nextReader(one, null, policy) : null;
    return first.map(({ dueAt }) => to && { site: one.of.site.number, to: to.email, dueAt });
  });
}
