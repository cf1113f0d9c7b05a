/** Writes the registry by the set: a handful of statements for hundreds of sites. */
import { type RawBuilder, sql } from 'kysely';
import type { ProductsChanged, SiteChanged } from '../../changes/registry.ts';
import type { SiteEntry } from '../../registry/registry-file.ts';
import { matchContacts } from '../../registry/registry-merge.ts';
import { partWith } from '../changes/contacts/part-with.ts';
import type { Tx } from '../database.ts';

type Sites = readonly (SiteEntry & { readonly id: string })[];

/** Rows of a statement travel as one value, whatever their number: the text of the statement stays the same. */
const rowsOf = (rows: readonly object[]): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)`;

export async function writeProductsChanged(tx: Tx, { products }: ProductsChanged): Promise<void> {
  const versions = products.flatMap((product) =>
    product.versions.map((one, position) => ({ product: product.name, ...one, position })),
  );
  await sql`
    insert into products (name)
    select t.name
    from ${rowsOf(products.map(({ name }, at) => ({ name, at })))} as t(name text, at int)
    order by t.at
    on conflict (name) do nothing`.execute(tx);
  await sql`
    insert into product_versions as v (
      product_id, version, stage, preview, position, full_until, full_until_since)
    select
      p.id,
      t.version,
      t.stage,
      coalesce(t.preview, false),
      t.position,
      t."fullUntil",
      case when t."fullUntil" is not null then now() end
    from ${rowsOf(versions)} as t(
      product text,
      version text,
      stage text,
      preview boolean,
      position int,
      "fullUntil" date)
    join products p on p.name = t.product
    on conflict (product_id, version) do update set
      stage = excluded.stage,
      preview = excluded.preview,
      position = excluded.position,
      full_until = excluded.full_until,
      full_until_since = case
        when v.full_until is distinct from excluded.full_until then excluded.full_until_since
        else v.full_until_since
      end
    where (v.stage, v.preview, v.position, v.full_until)
      is distinct from (excluded.stage, excluded.preview, excluded.position, excluded.full_until)`.execute(tx);
}

async function putSites(tx: Tx, sites: readonly SiteEntry[]): Promise<Sites> {
  const text = (value: object | undefined) => (value === undefined ? undefined : JSON.stringify(value));
  const plain = sites.map(({ number, name, country, state, timezone, language, ...site }) => ({
    number,
    name,
    country,
    state,
    timezone,
    language,
    hours: text(site.businessHours),
    holidays: text(site.holidays),
    representative: site.representative,
  }));
  const { rows } = await sql<{ id: string; number: string }>`
    insert into sites (number, name, country, state, timezone, language, business_hours, holidays, representative)
    select
      t.number,
      t.name,
      t.country,
      t.state,
      t.timezone,
      t.language,
      t.hours::json,
      t.holidays::json,
      t.representative
    from ${rowsOf(plain)} as t(
      number text,
      name text,
      country text,
      state text,
      timezone text,
      language text,
      hours text,
      holidays text,
      representative text)
    on conflict (number) do update set
      name = excluded.name,
      country = excluded.country,
      state = excluded.state,
      timezone = excluded.timezone,
      language = excluded.language,
      business_hours = excluded.business_hours,
      holidays = excluded.holidays,
      representative = excluded.representative,
      people_version = sites.people_version + 1
    returning id::text, number`.execute(tx);
  const ids = new Map(rows.map((row) => [row.number, row.id]));
  return sites.map((site) => ({ ...site, id: ids.get(site.number) ?? '' }));
}

/** The PIN before stays good for the days of POLICY §1, counted from here. */
export async function putPins(tx: Tx, pins: readonly { readonly site: string; readonly pin: string }[]): Promise<void> {
  if (pins.length === 0) return;
  const given = sql`${rowsOf(pins)} as t(site bigint, pin text)`;
  await sql`
    update pins p
    set replaced_at = now()
    from ${given}
    where p.site_id = t.site and p.replaced_at is null and p.pin <> t.pin`.execute(tx);
  await sql`insert into pins (site_id, pin) select t.site, t.pin from ${given}
    where not exists (select from pins p where p.site_id = t.site and p.replaced_at is null)`.execute(tx);
}

async function putContacts(tx: Tx, sites: Sites): Promise<void> {
  const ids = sites.map((site) => site.id);
  const { rows } = await sql<{ id: string; site: string; email: string; aliases: string[] }>`
    select
      c.id::text,
      c.site_id::text as site,
      coalesce(
        (select address::text from contact_addresses a where a.contact_id = c.id and main),
        '') as email,
      array(
        select address::text from contact_addresses a where a.contact_id = c.id and not main
      ) as aliases
    from contacts c
    where c.site_id = any(${ids}::bigint[])
    order by c.position`.execute(tx);
  const onRecord = Map.groupBy(rows, (row) => row.site);
  const gone: string[] = [];
  const lost: { site: string; address: string }[] = [];
  const contacts = sites.flatMap((site) => {
    const known = onRecord.get(site.id) ?? [];
    const matched = matchContacts(known, site.contacts ?? []);
    const kept = new Set(matched);
    gone.push(...known.filter((row) => !kept.has(row)).map((row) => row.id));
    const stays = new Set((site.contacts ?? []).flatMap(({ email, aliases = [] }) => [email, ...aliases]));
    const had = known.flatMap(({ email, aliases }) => [email, ...aliases]);
    lost.push(...had.filter((one) => !stays.has(one)).map((address) => ({ site: site.id, address })));
    let places = 0;
    return (site.contacts ?? []).map((contact, position) => ({
      id: matched[position]?.id,
      site: site.id,
      position,
      name: contact.name,
      role: contact.role,
      types: contact.types ?? [],
      phone: contact.phone,
      hours: contact.hours,
      street: contact.street,
      city: contact.city,
      state: contact.state,
      postal: contact.postalCode,
      privileges: contact.privileges,
      until: contact.until,
      place: contact.role === 'secondary' ? ++places : null,
      moved: matched[position] !== undefined && matched[position].email !== contact.email,
      addresses: [contact.email, ...(contact.aliases ?? [])],
    }));
  });
  // Places and addresses are handed from one to another: the constraints look when the transaction ends.
  await sql`delete from contact_addresses where site_id = any(${ids}::bigint[])`.execute(tx);
  const form = sql`
    as t(
      id bigint,
      site bigint,
      position int,
      name text,
      role text,
      types text[],
      phone text,
      hours text,
      street text,
      city text,
      state text,
      postal text,
      privileges jsonb,
      until date,
      place smallint,
      moved boolean)`;
  const without = contacts.map(({ addresses: _, ...contact }) => contact);
  await sql`
    update contacts c
    set (
      name, role, types, phone, hours, street, city, state, postal_code, privileges, until, position, secondary_place
    ) = (
      t.name, t.role, t.types, t.phone, t.hours, t.street, t.city, t.state, t.postal, t.privileges, t.until, t.position,
      t.place)
    from ${rowsOf(without.filter((one) => one.id !== undefined))} ${form}
    where c.id = t.id`.execute(tx);
  // What came back from the old address says nothing of the new one.
  await sql`
    update contacts
    set doubtful_since = null, unreachable_since = null, last_hard_bounce = null
    where id = any(${contacts.flatMap(({ id, moved }) => (moved && id !== undefined ? [id] : []))}::bigint[])`.execute(
    tx,
  );
  const made = await sql<{ id: string; site: string; position: number }>`
    insert into contacts (
      site_id, name, role, types, phone, hours, street, city, state, postal_code, privileges, until, position,
      secondary_place)
    select t.site, t.name, t.role, t.types, t.phone, t.hours, t.street, t.city, t.state, t.postal, t.privileges,
      t.until, t.position, t.place
    from ${rowsOf(without.filter((one) => one.id === undefined))} ${form}
    returning id::text, site_id::text as site, position`.execute(tx);
  const idAt = new Map(made.rows.map((row) => [`${row.site}:${row.position}`, row.id]));
  const addresses = contacts.flatMap(({ id, site, position, addresses }) =>
    addresses.map((address, at) => ({
      site,
      contact: id ?? idAt.get(`${site}:${position}`),
      address,
      main: at === 0,
    })),
  );
  await sql`insert into contact_addresses (site_id, contact_id, address, main)
    select t.* from ${rowsOf(addresses)} as t(site bigint, contact bigint, address text, main boolean)`.execute(tx);
  // Whoever is on record no more has no part in the cases of the site either (§8.9): what they write on one is held.
  await partWith(tx, gone, lost);
  await sql`delete from contacts where id = any(${gone}::bigint[])`.execute(tx);
}

async function putContracts(tx: Tx, sites: Sites): Promise<void> {
  const ids = sites.map((site) => site.id);
  const each = <T extends object>(list: (site: SiteEntry) => readonly T[] | undefined) =>
    rowsOf(sites.flatMap((site) => (list(site) ?? []).map((one, position) => ({ ...one, site: site.id, position }))));
  await sql`delete from plans where site_id = any(${ids}::bigint[])`.execute(tx);
  await sql`insert into plans (site_id, kind, valid_from, valid_to, position)
    select t.*
    from ${each((site) => site.plans)} as t(site bigint, kind text, "from" date, "to" date, position int)`.execute(tx);
  // A licence may move from one site to another: numbers are looked at when the transaction ends.
  await sql`delete from licences where site_id = any(${ids}::bigint[])`.execute(tx);
  await sql`
    insert into licences (
      site_id, number, service_tag, product_id, edition, kind, quantity, valid_from, valid_to, registered_on, position)
    select
      t.site,
      t.number,
      t."serviceTag",
      p.id,
      t.edition,
      t.kind,
      t.quantity,
      t."from",
      t."to",
      t.registered,
      t.position
    from ${each((site) => site.licences)} as t(
      site bigint,
      number text,
      "serviceTag" text,
      product text,
      edition text,
      kind text,
      quantity int,
      "from" date,
      "to" date,
      registered date,
      position int)
    left join products p on p.name = t.product`.execute(tx);
}

/** Clocks are rated anew by what the site has become (POLICY §4.6), each at its own look. */
async function lookAtCases(tx: Tx, sites: Sites): Promise<void> {
  await sql`
    update cases
    set timer_at = now()
    where site_id = any(${sites.map((site) => site.id)}::bigint[])
      and status = 'open'
      and response_met_at is null
      and silent_until is distinct from 'infinity'`.execute(tx);
}

/** What ends there may be renewed: its letters are planned anew, at once (POLICY §10.3). */
async function lookAtRenewals(tx: Tx, sites: Sites): Promise<void> {
  await sql`
    insert into renewal_sites (site_id, plan_at)
    select id, now() from unnest(${sites.map((site) => site.id)}::bigint[]) as t(id)
    on conflict (site_id) do update set plan_at = excluded.plan_at`.execute(tx);
}

/** As a whole, as the merge has made them, some hundreds at once; the caller holds the registry's lock. */
export async function writeSitesChanged(tx: Tx, changes: readonly SiteChanged[]): Promise<void> {
  const sites = await putSites(
    tx,
    changes.map(({ site }) => site),
  );
  await putPins(
    tx,
    sites.flatMap(({ id, pin }) => (pin === undefined ? [] : [{ site: id, pin }])),
  );
  await putContacts(tx, sites);
  await putContracts(tx, sites);
  await lookAtCases(tx, sites);
  await lookAtRenewals(tx, sites);
}
