/** Letters about renewals as our people see them: lists, one with its text, and who was not told (POLICY §10.5). */
import type { RenewalSite } from '../../acts/renewals/records.ts';
import { renewalNotice } from '../../acts/renewals/renewal-letters.ts';
import { readerOf } from '../../acts/renewals/run-renewal.ts';
import { itemsOf, nextReader, openItems, standingOf } from '../../acts/renewals/standing.ts';

import type { Policy } from '../../intake/policy.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { rolesWith } from '../../registry/permissions.ts';
import { writeRows } from '../../registry/registry-csv.ts';
import type { Database } from '../../store/database.ts';
import {
  accountsNotTold,
  findRenewal,
  listRenewals as listRows,
  type NotTold,
  type RenewalRow,
  type RenewalFilter as RowFilter,
} from '../../store/renewals/list.ts';
import { renewalRecords, renewalSchedule, renewalSites } from '../../store/renewals/records.ts';
import type { LetterDeps } from '../letters/send.ts';

export type { NotTold } from '../../store/renewals/list.ts';
export { renewalShown } from '../../store/renewals/list.ts';

/** `to`: who is told, or was; null: nobody there can be written to, or it does not go out. */
export type ListedRenewal = Omit<RenewalRow, 'people' | 'sentTo'> & { readonly to: string | null };

/** What they are listed by. */
export type RenewalFilter = Omit<RowFilter, 'roles'>;

type Deps = { readonly database: Database; readonly policy: Policy };

const listed = ({ people, sentTo, ...row }: RenewalRow, policy: Policy): ListedRenewal => {
  const goesOut = row.state === 'planned' || row.state === 'held';
  return {
    ...row,
    to: sentTo ?? (goesOut ? (addresseesOf('renewal-notice', people, policy)[0]?.email ?? null) : null),
  };
};

const roles = (policy: Policy) => rolesWith('downloads: quotes', policy);

export const listRenewals = async ({ database, policy }: Deps, filter: RenewalFilter): Promise<ListedRenewal[]> =>
  (await listRows(database, { ...filter, roles: roles(policy) })).map((row) => listed(row, policy));

export async function oneRenewal({ database, policy }: Deps, id: string): Promise<ListedRenewal | null> {
  const row = await findRenewal(database, id, roles(policy));
  return row && listed(row, policy);
}

const notToldHead = ['site', 'name', 'ends', 'step', 'day', 'why', 'renewal', 'representative'] as const;
export async function notTold({ database }: Deps): Promise<{ items: readonly NotTold[]; csv: string }> {
  const items = await accountsNotTold(database);
  const rows = items.map((one) => [
    ...[one.site, one.siteName, one.endsOn, `${one.step}`, one.day, one.why, one.renewal],
    one.representative ?? '',
  ]);
  return { items, csv: writeRows([[...notToldHead], ...rows]) };
}

/** What goes out within so many days: of what is planned, and while renewals stand still of what would be. */
export type PreviewedRenewal = Pick<
  ListedRenewal,
  'site' | 'siteName' | 'representative' | 'group' | 'step' | 'day' | 'dueAt' | 'items' | 'to'
> & { readonly id: string | null; readonly state: 'planned' | 'held' };
export type RenewalPreview = {
  readonly running: boolean;
  readonly pausedAt: string | null;
  readonly items: readonly PreviewedRenewal[];
};

function wouldGo(
  site: RenewalSite,
  policy: Policy,
  { now, until }: { now: string; until: string },
): PreviewedRenewal[] {
  const standing = standingOf(site, { running: true, since: now, pausedAt: null }, { now, policy });
  const steps = standing.steps.filter(({ state, day }) => state === 'planned' && day <= until);
  const to = steps.length > 0 ? (nextReader(site, null, policy)?.email ?? null) : null;
  const { number, name, representative = null } = site.of.site;
  return steps.map(({ group, step, day, dueAt, items }) => ({
    ...{ id: null, site: number, siteName: name, representative, group, step, day, dueAt, to, state: 'planned' },
    items: itemsOf(items),
  }));
}

export async function previewRenewals({ database, policy }: Deps, days: number): Promise<RenewalPreview> {
  const { running, pausedAt, now } = await renewalSchedule(database);
  const today = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').toPlainDate();
  const until = today.add({ days }).toString();
  if (running) {
    const items = await listRenewals({ database, policy }, { to: until, open: true, limit: mostPreviewed });
    return { running, pausedAt, items: items as PreviewedRenewal[] };
  }
  const found: PreviewedRenewal[] = [];
  for await (const sites of renewalSites(database))
    found.push(...sites.flatMap((site) => wouldGo(site, policy, { now, until })));
  return { running, pausedAt, items: found.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) };
}
const mostPreviewed = 50_000;

/** How the letter reads as it would go out now; null: there is none, or nothing of it is open any more. */
export async function renewalText(
  deps: Pick<LetterDeps, 'database' | 'letterBuilder' | 'policy'>,
  id: string,
): Promise<{ readonly subject: string; readonly text: string } | null> {
  const { policy } = deps;
  const { now } = await renewalSchedule(deps.database);
  const { renewals } = await renewalRecords(deps.database, { renewals: { step: id } }, policy);
  const { site, step, schedule } = renewals ?? {};
  if (!site || !step || !schedule) return null;
  const standing = standingOf(site, schedule, { now, policy });
  const open = openItems(standing, step);
  const reader = nextReader(site, step, policy);
  if (open.length === 0 || !reader) return null;
  const given = { by: { kind: 'clock' }, now, desk: policy.desk, policy } as const;
  const day = step.settledAt === null && step.day > standing.today ? step.day : standing.today;
  const [letter] = renewalNotice({ site, step, items: open, today: day }, [[reader, readerOf(reader, false)]], given);
  if (!letter) return null;
  const { subject, text } = await deps.letterBuilder.finish(letter, { id: '0', at: now });
  return { subject, text };
}

/** What the API and the command line show. */
export const openRenewals = (deps: Pick<LetterDeps, 'database' | 'letterBuilder' | 'policy'>) => ({
  list: (filter: RenewalFilter) => listRenewals(deps, filter),
  one: (id: string) => oneRenewal(deps, id),
  text: (id: string) => renewalText(deps, id),
  notTold: () => notTold(deps),
  preview: (days: number) => previewRenewals(deps, days),
});
