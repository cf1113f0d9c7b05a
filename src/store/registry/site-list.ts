/** Sites as the list of customers shows them, by name. Read only; a page begins behind a site, so that the last opens as fast as the first. */
import { type RawBuilder, sql } from 'kysely';
import type { Licence, LicenceKind, Plan, Role } from '../../registry/site.ts';
import type { Db } from '../database.ts';
import { licenceLines, planLines } from '../intake/facts/registry.ts';
import { whole } from '../reports/reports.ts';

/** What one part of a search may stand for: a site is found by any of them. */
export type SiteSought = {
  readonly number?: string;
  /** A part of its name. */
  readonly name?: string;
  /** A PIN that is good, or was replaced less than that many days ago. */
  readonly pin?: { readonly digits: string; readonly graceDays: number };
  /** Of a person there; from an `@` on it is the end of one. */
  readonly address?: string;
  /** Number or service tag of a licence, in capitals or not. */
  readonly licence?: string;
};

export type SiteFilter = {
  /** Each has to fit. */
  readonly sought: readonly SiteSought[];
  readonly without?: 'contacts';
  /** A letter on a schedule of this kind is still to go out. */
  readonly due?: 'welcome';
  /** Something of it may end on these days: as its row says, or otherwise where it is of such a kind, without an end in its row or with one. */
  readonly ends?: {
    readonly from: string;
    readonly to: string;
    readonly withoutEnd: readonly LicenceKind[];
    readonly withEnd: readonly LicenceKind[];
  };
};

/** With what it takes to say whether it is covered. */
export type SiteContract = {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly timezone: string;
  readonly plans: readonly Plan[];
  readonly licences: readonly Licence[];
};

const anyOf = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;

const endOfAddress = (domain: string): string => `%${domain.replace(/[\\%_]/g, '\\$&')}`;

/** What an index finds stands in one list of ids: beside `or` no index would be asked. */
function soughtBy({ number, name, pin, address, licence }: SiteSought): RawBuilder<unknown> {
  const ids: RawBuilder<unknown>[] = [];
  if (number !== undefined) ids.push(sql`select id from sites where number = ${number}`);
  if (pin !== undefined)
    ids.push(sql`
      select site_id
      from pins
      where pin = ${pin.digits}
        and (replaced_at is null or replaced_at > now() - make_interval(hours => ${pin.graceDays * 24}))`);
  if (address !== undefined)
    ids.push(sql`
      select site_id
      from contact_addresses
      where ${address.startsWith('@') ? sql`address like ${endOfAddress(address)}` : sql`address = ${address}`}`);
  if (licence !== undefined) {
    ids.push(sql`select site_id from licences where upper(number) = upper(${licence})`);
    ids.push(sql`select site_id from licences where upper(service_tag) = upper(${licence})`);
  }
  return anyOf([
    ...(ids.length > 0 ? [sql`s.id in (${sql.join(ids, sql` union all `)})`] : []),
    ...(name === undefined ? [] : [sql`position(lower(${name}) in lower(s.name)) > 0`]),
  ]);
}

/** Where nobody of that number is on record any more the list begins anew. */
const behind = (after: string): RawBuilder<unknown> => sql`
  (lower(s.name), s.number) > (
    select coalesce(max(lower(a.name)), ''), coalesce(max(a.number), '') from sites a where a.number = ${after}
  )`;

export async function siteContracts(
  db: Db,
  { sought, without, due, ends }: SiteFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<SiteContract[]> {
  const where = sought.map(soughtBy);
  if (without === 'contacts') where.push(sql`not exists (select from contacts c where c.site_id = s.id)`);
  if (due !== undefined)
    where.push(sql`
      s.id in (select t.site_id from schedule_turns t where t.kind = ${due} and t.due_at is not null)`);
  if (ends !== undefined)
    where.push(sql`s.id in (
      select p.site_id
      from plans p
      where p.valid_to between ${ends.from}::date and ${ends.to}::date
      union all
      select l.site_id
      from licences l
      where l.valid_to between ${ends.from}::date and ${ends.to}::date
        or (l.valid_to is null and l.kind = any(${[...ends.withoutEnd]}::text[]))
        or l.kind = any(${[...ends.withEnd]}::text[])
    )`);
  if (after !== null) where.push(behind(after));
  const { rows } = await sql<SiteContract>`
    select s.number, s.name, s.country, s.timezone, (${planLines}) as plans, (${licenceLines}) as licences
    from sites s
    where ${whole(where)}
    order by lower(s.name), s.number
    limit ${limit}`.execute(db);
  return rows;
}

export type SitePeople = {
  readonly number: string;
  readonly people: number;
  /** Letters to so many of them come back. */
  readonly unreachable: number;
  /** The address of whoever has the role; null: nobody. */
  readonly head: string | null;
};

/** Beside the contracts: of the sites of one page. */
export async function sitePeople(db: Db, numbers: readonly string[], head: Role): Promise<Map<string, SitePeople>> {
  const { rows } = await sql<SitePeople>`
    select
      s.number,
      (select count(*)::int from contacts c where c.site_id = s.id) as people,
      (
        select count(*)::int from contacts c where c.site_id = s.id and c.unreachable_since is not null
      ) as unreachable,
      (
        select a.address
        from contacts c
        join contact_addresses a on a.contact_id = c.id and a.main
        where c.site_id = s.id and c.role = ${head}
      ) as head
    from sites s
    where s.number = any(${[...numbers]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.number, row]));
}

/** `most + 1` where there are more. */
export async function countSites(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from sites limit ${most + 1}) n`.execute(db);
  return rows[0]?.count ?? 0;
}
