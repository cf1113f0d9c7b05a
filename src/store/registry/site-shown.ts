/** A customer as a page shows one, beside its people: contract, PINs, what is due, and the newest of what it has to do with us. */
import { sql } from 'kysely';
import type { PrivilegedPinRecord } from '../../acts/pins/records.ts';
import type { Pin } from '../../registry/pin.ts';
import type { SiteFacts } from '../../registry/site.ts';
import type { Db } from '../database.ts';
import { siteAloneJson, siteFacts, taggedLicenceLines } from '../intake/facts/registry.ts';
import { stateOf } from '../pins/privileged-pins.ts';
import { lastNotice, type RenewalShown, stepState } from '../renewals/list.ts';
import { time } from '../reports/reports.ts';

export type SiteTurn = {
  readonly kind: string;
  readonly dueAt: string | null;
  readonly lastAt: string | null;
  readonly lastResult: string | null;
};
/** Of a version that the site may have, by what it has bought: the last day of its full support. */
export type FullSupport = { readonly product: string; readonly version: string; readonly until: string };

export type SiteShown = {
  readonly now: string;
  readonly of: SiteFacts;
  readonly knownSince: string;
  readonly pins: readonly Omit<Pin, 'siteId'>[];
  readonly turns: readonly SiteTurn[];
  readonly fullSupport: readonly FullSupport[];
};

type SiteRow = SiteShown;

/** Null: there is no such site. A PIN that was replaced longer ago than that many days names nobody, and is left out. */
export async function siteShown(
  db: Db,
  number: string,
  { pinDays, fullSupportFrom }: { readonly pinDays: number; readonly fullSupportFrom: number },
): Promise<SiteShown | null> {
  const { rows } = await sql<SiteRow>`
    select
      ${time('now()')} as now,
      json_build_object(
        'site', ${siteAloneJson},
        'plans', (
          select coalesce(json_agg(json_build_object(
            'kind', p.kind,
            'from', p.valid_from,
            'to', p.valid_to) order by p.position), '[]')
          from plans p
          where p.site_id = s.id
        ),
        'licences', (${taggedLicenceLines})) as of,
      ${time('s.known_since')} as "knownSince",
      (
        select coalesce(json_agg(json_build_object(
          'pin', p.pin,
          'issuedAt', ${time('p.issued_at')},
          'replacedAt', ${time('p.replaced_at')}) order by p.replaced_at desc nulls first, p.id desc), '[]')
        from pins p
        where p.site_id = s.id
          and (p.replaced_at is null or p.replaced_at > now() - make_interval(hours => ${pinDays * 24}))
      ) as pins,
      (
        select coalesce(json_agg(json_build_object(
          'kind', t.kind,
          'dueAt', ${time('t.due_at')},
          'lastAt', ${time('t.last_at')},
          'lastResult', t.last_result) order by t.kind), '[]')
        from schedule_turns t
        where t.site_id = s.id
      ) as turns,
      (
        select coalesce(json_agg(json_build_object(
          'product', p.name,
          'version', v.version,
          'until', v.full_until) order by v.full_until, p.name, v.position), '[]')
        from product_versions v
        join products p on p.id = v.product_id
        where v.full_until > now()::date - ${fullSupportFrom}::int
          and v.product_id in (select l.product_id from licences l where l.site_id = s.id)
      ) as "fullSupport"
    from sites s
    where s.number = ${number}`.execute(db);
  const [row] = rows;
  return row ? { ...row, of: siteFacts(row.of) } : null;
}

type OfPin = 'id' | 'state' | 'case' | 'contact' | 'contactName' | 'until';
/** The PIN itself is not known to anybody: it stands hashed. */
export type PrivilegedShown = Pick<PrivilegedPinRecord, OfPin> & {
  readonly address: string;
  readonly issuedAt: string;
  readonly usedAt: string | null;
};

/** Newest first; `contact`: of them alone. */
export async function privilegedOf(
  db: Db,
  { site, contact, limit }: { readonly site: string; readonly contact?: string; readonly limit: number },
): Promise<PrivilegedShown[]> {
  const { rows } = await sql<PrivilegedShown>`
    select
      p.id::text,
      ${stateOf} as state,
      k.number as "case",
      c.id::text as contact,
      c.name as "contactName",
      p.address,
      ${time('p.expires_at')} as until,
      ${time('p.issued_at')} as "issuedAt",
      ${time('p.redeemed_at')} as "usedAt"
    from sites s
    join contacts c on c.site_id = s.id
    join privileged_pins p on p.contact_id = c.id
    join cases k on k.id = p.case_id
    where s.number = ${site} and (${contact ?? null}::bigint is null or c.id = ${contact ?? null}::bigint)
    order by p.id desc
    limit ${limit}`.execute(db);
  return rows;
}

export type SiteCase = {
  readonly number: string;
  readonly title: string;
  readonly severity: number;
  readonly status: 'open' | 'closed';
  readonly openedAt: string;
  readonly contact: string | null;
};

/** `open`: none that is closed. */
export async function casesOf(
  db: Db,
  {
    site,
    contact = null,
    open = false,
    limit,
  }: { readonly site: string; readonly contact?: string | null; readonly open?: boolean; readonly limit: number },
): Promise<SiteCase[]> {
  const { rows } = await sql<SiteCase>`
    select
      k.number,
      k.title,
      k.severity::int as severity,
      k.status,
      ${time('k.opened_at')} as "openedAt",
      k.contact_address as contact
    from cases k
    where k.site_id = (select id from sites where number = ${site})
      and (not ${open}::boolean or k.closed_at is null)
      and (${contact}::bigint is null or k.contact_id = ${contact}::bigint)
    order by k.id desc
    limit ${limit}`.execute(db);
  return rows;
}

export type SiteLetter = {
  readonly id: string;
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  readonly state: string;
  readonly at: string;
};

/** To the addresses of its people as they stand; the index has the newest of each. */
export async function lettersTo(
  db: Db,
  { addresses, limit }: { readonly addresses: readonly string[]; readonly limit: number },
): Promise<SiteLetter[]> {
  const { rows } = await sql<SiteLetter>`
    select l.id::text, l.template, l.to_address::text as "to", l.subject, l.state, ${time('l.created_at')} as at
    from unnest(${[...addresses]}::text[]) a(address)
    cross join lateral (
      select *
      from letters x
      where x.to_address = a.address
      order by x.created_at desc
      limit ${limit}
    ) l
    order by l.created_at desc, l.id desc
    limit ${limit}`.execute(db);
  return rows;
}

export type SiteRenewal = {
  readonly id: string;
  readonly step: number;
  readonly day: string;
  readonly ends: string;
  readonly state: RenewalShown;
  readonly reason: string | null;
};

/** The next steps of the ladder, and the last ones before. */
export async function renewalStepsOf(
  db: Db,
  { site, today, limit }: { readonly site: string; readonly today: string; readonly limit: number },
): Promise<SiteRenewal[]> {
  const columns = sql`
    t.id::text as id,
    t.step,
    to_json(t.day) #>> '{}' as day,
    to_json(t.group_on) #>> '{}' as ends,
    ${stepState} as state,
    t.reason
    from renewal_steps t
    left join lateral (${lastNotice}) n on true
    where t.site_id = (select id from sites where number = ${site})`;
  const { rows } = await sql<SiteRenewal>`
    select *
    from (
      (
        select ${columns} and t.day >= ${today}::date
        order by t.day, t.id
        limit ${limit}
      )
      union all
      (
        select ${columns} and t.day < ${today}::date
        order by t.day desc, t.id desc
        limit ${limit}
      )
    ) u
    order by u.day, u.id`.execute(db);
  return rows;
}
