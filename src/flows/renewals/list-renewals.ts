/** Letters about renewals as our people see them: lists, one with its text, and who was not told (POLICY §10.5). */
import type { RenewalSite } from '../../acts/renewals/records.ts';
import { renewalNotice } from '../../acts/renewals/renewal-letters.ts';
import { readerOf } from '../../acts/renewals/run-renewal.ts';
import { cameBack, itemsOf, nextReader, openItems, standingOf } from '../../acts/renewals/standing.ts';
import type { Policy } from '../../intake/policy.ts';
import { sameEnd } from '../../notices/renewals/contracts.ts';
import { groupsOf } from '../../notices/renewals/groups.ts';
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

export const listedRenewal = ({ people, sentTo, ...row }: RenewalRow, policy: Policy): ListedRenewal => {
  const goesOut = row.state === 'planned' || row.state === 'held';
  return {
    ...row,
    to: sentTo ?? (goesOut ? (addresseesOf('renewal-notice', people, policy)[0]?.email ?? null) : null),
  };
};

export const quoteRoles = (policy: Policy) => rolesWith('downloads: quotes', policy);

export const listRenewals = async ({ database, policy }: Deps, filter: RenewalFilter): Promise<ListedRenewal[]> =>
  (await listRows(database, { ...filter, roles: quoteRoles(policy) })).map((row) => listedRenewal(row, policy));

export async function oneRenewal({ database, policy }: Deps, id: string): Promise<ListedRenewal | null> {
  const row = await findRenewal(database, id, quoteRoles(policy));
  return row && listedRenewal(row, policy);
}

const notToldHead = ['site', 'name', 'ends', 'step', 'day', 'why', 'renewal', 'representative'] as const;
export async function notTold({
  database,
}: Deps): Promise<{ running: boolean; items: readonly NotTold[]; csv: string }> {
  const [{ running }, items] = await Promise.all([renewalSchedule(database), accountsNotTold(database)]);
  const rows = items.map((one) => [
    ...[one.site, one.siteName, one.endsOn, `${one.step}`, one.day, one.why, one.renewal],
    one.representative ?? '',
  ]);
  return { running, items, csv: writeRows([[...notToldHead], ...rows]) };
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
  const { steps } = policy.renewals;
  const ends = {
    from: today.subtract({ days: Math.max(0, ...steps) + 1 }).toString(),
    to: today.add({ days: days + Math.max(0, ...steps.map((step) => -step)) + mostMoved + 1 }).toString(),
  };
  const found: PreviewedRenewal[] = [];
  for await (const sites of renewalSites(database, ends))
    found.push(...sites.flatMap((site) => wouldGo(site, policy, { now, until })));
  return { running, pausedAt, items: found.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) };
}
const mostPreviewed = 50_000;
/** A letter goes so many days before its own day at most, where the site is closed on that. */
const mostMoved = 31;

/** What ends at an account within so many days and is not renewed: of each group, as its letters go by it, without what has ended already. */
export type EndingAccount = Pick<ListedRenewal, 'site' | 'siteName' | 'representative' | 'group' | 'items'> & {
  /** The first of it. */
  readonly endsOn: string;
  /** The letter that goes next, and on which day; null: none is planned. */
  readonly next: { readonly renewal: string; readonly day: string; readonly held: boolean } | null;
  /** When somebody was told last, by a letter that has not come back; null: nobody was. */
  readonly toldAt: string | null;
};

function endingAt(site: RenewalSite, days: number, { now, policy }: { now: string; policy: Policy }): EndingAccount[] {
  const standing = standingOf(site, { running: false, since: null, pausedAt: null }, { now, policy });
  const { number, name, representative = null } = site.of.site;
  const last = Temporal.PlainDate.from(standing.today).add({ days }).toString();
  return groupsOf(standing.contracts.ending.filter(standing.isOpen), policy.renewals.groupDays)
    .map(({ group, items }) => ({ group, items: items.filter(({ to }) => to >= standing.today) }))
    .flatMap(({ group, items }): EndingAccount[] => {
      const endsOn = items[0]?.to;
      if (endsOn === undefined || endsOn > last) return [];
      const own = site.steps.filter((step) => step.group === group);
      // By their steps; one that is skipped ahead is looked past.
      const next = own.find(({ settledAt, state }) => settledAt === null && state !== 'skipped');
      const told = site.steps.filter(
        (step) => step.state === 'sent' && !cameBack(step) && step.items.some((one) => items.some((item) => sameEnd(item, one))),
      );
      return [
        {
          ...{ site: number, siteName: name, representative, group, endsOn, items: itemsOf(items) },
          next: next ? { renewal: next.id, day: next.day, held: next.state === 'held' } : null,
          toldAt: told.flatMap(({ settledAt }) => settledAt ?? []).toSorted().at(-1) ?? null,
        },
      ];
    });
}

/** By what ends first. */
export async function accountsEnding({ database, policy }: Deps, days: number): Promise<EndingAccount[]> {
  const { now } = await renewalSchedule(database);
  const today = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').toPlainDate();
  const ends = { from: today.subtract({ days: 1 }).toString(), to: today.add({ days: days + 1 }).toString() };
  const found: EndingAccount[] = [];
  for await (const sites of renewalSites(database, ends))
    found.push(...sites.flatMap((site) => endingAt(site, days, { now, policy })));
  const keyOf = ({ endsOn, site }: EndingAccount) => `${endsOn} ${site}`;
  return found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type LetterOf = Pick<LetterDeps, 'database' | 'letterBuilder' | 'policy'>;
export type RenewalLetter = {
  /** Whom it would go to, of all who can be written to there. */
  readonly to: string;
  readonly people: readonly { readonly id: string; readonly email: string; readonly name: string }[];
  readonly subject: string;
  readonly text: string;
  readonly raw: Uint8Array;
};

/** How the letter reads as it would go out now, or as it would to `as`, a contact of the site; null: there is none, or nothing of it is open any more. */
export async function renewalLetter(deps: LetterOf, id: string, as: string | null): Promise<RenewalLetter | null> {
  const { policy } = deps;
  const { now } = await renewalSchedule(deps.database);
  const { renewals } = await renewalRecords(deps.database, { renewals: { step: id } }, policy);
  const { site, step, schedule } = renewals ?? {};
  if (!site || !step || !schedule) return null;
  const standing = standingOf(site, schedule, { now, policy });
  const open = openItems(standing, step);
  const first = nextReader(site, step, policy);
  const reader = site.people.find((one) => one.id === as) ?? first;
  if (open.length === 0 || !reader) return null;
  const given = { by: { kind: 'clock' }, now, desk: policy.desk, policy } as const;
  const day = step.settledAt === null && step.day > standing.today ? step.day : standing.today;
  const isCopy = reader !== first && reader.types.includes('billing');
  const reads = isCopy ? 'billing' : readerOf(reader, false);
  const [letter] = renewalNotice({ site, step, items: open, today: day }, [[reader, reads]], given);
  if (!letter) return null;
  const { subject, text, raw } = await deps.letterBuilder.finish(letter, { id: '0', at: now });
  const people = site.people.map(({ id: person, email, name }) => ({ id: person, email, name }));
  return { to: reader.email, people, subject, text, raw };
}

export async function renewalText(
  deps: LetterOf,
  id: string,
): Promise<{ readonly subject: string; readonly text: string } | null> {
  const letter = await renewalLetter(deps, id, null);
  return letter && { subject: letter.subject, text: letter.text };
}

/** What the API and the command line show. */
export const openRenewals = (deps: Pick<LetterDeps, 'database' | 'letterBuilder' | 'policy'>) => ({
  list: (filter: RenewalFilter) => listRenewals(deps, filter),
  one: (id: string) => oneRenewal(deps, id),
  text: (id: string) => renewalText(deps, id),
  notTold: () => notTold(deps),
  preview: (days: number) => previewRenewals(deps, days),
});
