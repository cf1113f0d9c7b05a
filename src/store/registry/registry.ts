import { sql } from 'kysely';
import { inTableOrder } from '../../registry/contacts/privileges.ts';
import type { RegistryDocument, SiteEntry } from '../../registry/registry-file.ts';
import type { Database, Db, Tx } from '../database.ts';

/** Two imports at once wait for each other. */
export async function lockRegistry(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('postern registry'))`.execute(tx);
}

/** The registry as it stands at one moment, for who reads it in parts. */
export const readRegistryWhole = (database: Database, numbers: readonly string[] | null): Promise<RegistryDocument> =>
  database.snapshot((db) => loadRegistry(db, numbers));

/** What stands in the row of a site `s`, by the names of the registry file. */
export const siteFields = sql`
  'number', s.number,
  'name', s.name,
  'country', s.country,
  'state', s.state,
  'timezone', s.timezone,
  'language', s.language,
  'businessHours', s.business_hours,
  'holidays', s.holidays,
  'representative', s.representative`;

/** Sites of one statement: it stays far from the statement's time limit, and its answer small. */
const atOnce = 1000;

/**
 * The registry in its file's form, sites by number; `numbers` null is every site, in as many statements as they need (so hold
 * the lock, or look at one moment). Nothing that is empty is named.
 */
export async function loadRegistry(db: Db | Tx, numbers: readonly string[] | null): Promise<RegistryDocument> {
  const products = await sql<{ product: RegistryDocument['products'][number] }>`
    select json_build_object(
      'name', p.name,
      'versions', (
        select coalesce(
          json_agg(json_strip_nulls(json_build_object(
            'version', v.version,
            'stage', v.stage,
            'preview', case when v.preview then true end,
            'fullUntil', v.full_until)) order by v.position, v.version),
          '[]')
        from product_versions v
        where v.product_id = p.id
      )) as product
    from products p
    order by p.id`.execute(db);
  const sites: SiteEntry[] = [];
  for (let after = ''; ; ) {
    const { rows } = await sql<{ site: SiteEntry }>`
      select json_strip_nulls(json_build_object(
        ${siteFields},
        'pin', (select pin from pins where site_id = s.id and replaced_at is null),
        'plans', (
          select json_agg(json_build_object('kind', kind, 'from', valid_from, 'to', valid_to) order by position)
          from plans
          where site_id = s.id
        ),
        'contacts', (
          select json_agg(json_build_object(
            'name', c.name,
            'email', (
              select address from contact_addresses a where a.contact_id = c.id and main
            ),
            'phone', c.phone,
            'hours', c.hours,
            'street', c.street,
            'city', c.city,
            'state', c.state,
            'postalCode', c.postal_code,
            'role', c.role,
            'types', case when c.types <> '{}' then to_json(c.types) end,
            'privileges', c.privileges,
            'until', c.until,
            'aliases', (
              select json_agg(address order by address)
              from contact_addresses a
              where a.contact_id = c.id and not main
            )) order by c.position)
          from contacts c
          where c.site_id = s.id
        ),
        'licences', (
          select json_agg(json_build_object(
            'number', l.number,
            'serviceTag', l.service_tag,
            'product', p.name,
            'edition', l.edition,
            'kind', l.kind,
            'quantity', l.quantity,
            'from', l.valid_from,
            'to', l.valid_to,
            'registered', l.registered_on) order by l.position)
          from licences l
          join products p on p.id = l.product_id
          where l.site_id = s.id
        ))) as site
      from sites s
      where s.number > ${after} and (${numbers}::text[] is null or s.number = any(${numbers}::text[]))
      order by s.number
      limit ${atOnce}`.execute(db);
    for (const { site } of rows) sites.push(inOrder(site));
    if (rows.length < atOnce) break;
    after = rows.at(-1)?.site.number ?? '';
  }
  return { products: products.rows.map((row) => row.product), sites };
}

/** Lists compare by what is in them: further addresses and types have no order of their own. */
function inOrder(site: SiteEntry): SiteEntry {
  const contacts = site.contacts?.map((contact) => ({
    ...contact,
    ...(contact.aliases ? { aliases: [...contact.aliases].sort() } : {}),
    ...(contact.privileges ? { privileges: inTableOrder(contact.privileges) } : {}),
  }));
  return { ...site, ...(contacts ? { contacts } : {}) };
}

/** A site in the registry's form; null where there is none. */
export async function exportSite(database: Database, number: string): Promise<SiteEntry | null> {
  const { sites } = await database.ask((db) => loadRegistry(db, [number]));
  return sites[0] ?? null;
}

export type Customers = { readonly sites: number; readonly countries: readonly string[] };

/** How many customers there are, and in which countries. */
export async function customersOf(database: Database): Promise<Customers> {
  const { rows } = await database.ask((db) =>
    sql<Customers>`
      select count(*)::int as sites, coalesce(array_agg(distinct country order by country), '{}') as countries
      from sites`.execute(db),
  );
  return rows[0] ?? { sites: 0, countries: [] };
}
