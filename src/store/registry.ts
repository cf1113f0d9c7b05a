import { sql } from 'kysely';
import type { ContactEntry, RegistryDocument, SiteEntry } from '../registry/registry-file.ts';
import { matchContacts } from '../registry/registry-merge.ts';
import { writeAudit } from './audit.ts';
import type { Database, Db, Tx } from './database.ts';

/** Two imports at once wait for each other. */
export async function lockRegistry(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('postern registry'))`.execute(tx);
}

/** The registry in its file's form, sites by number; `numbers` null is every site. Nothing that is empty is named. */
export async function loadRegistry(db: Db | Tx, numbers: readonly string[] | null): Promise<RegistryDocument> {
  const { rows } = await sql<{ products: RegistryDocument['products'] | null; sites: SiteEntry[] | null }>`
    select
      (select json_agg(json_build_object('name', p.name, 'versions', (select coalesce(json_agg(json_strip_nulls(json_build_object('version', v.version, 'stage', v.stage,
          'preview', case when v.preview then true end)) order by v.position), '[]') from product_versions v where v.product_id = p.id)) order by p.id) from products p) as products,
      (select json_agg(json_strip_nulls(json_build_object('number', s.number, 'name', s.name, 'country', s.country, 'state', s.state, 'timezone', s.timezone, 'language', s.language,
          'pin', (select pin from pins where site_id = s.id and replaced_at is null),
          'plans', (select json_agg(json_build_object('kind', kind, 'from', valid_from, 'to', valid_to) order by position) from plans where site_id = s.id),
          'contacts', (select json_agg(json_build_object('name', c.name, 'email', (select address from contact_addresses a where a.contact_id = c.id and main), 'phone', c.phone, 'role', c.role,
              'types', case when c.types <> '{}' then to_json(c.types) end,
              'aliases', (select json_agg(address order by address) from contact_addresses a where a.contact_id = c.id and not main)) order by c.position) from contacts c where c.site_id = s.id),
          'licences', (select json_agg(json_build_object('number', l.number, 'product', p.name, 'edition', l.edition, 'kind', l.kind, 'quantity', l.quantity, 'from', l.valid_from, 'to', l.valid_to,
              'registered', l.registered_on) order by l.position) from licences l join products p on p.id = l.product_id where l.site_id = s.id))) order by s.number)
        from sites s where ${numbers}::text[] is null or s.number = any(${numbers}::text[])) as sites`.execute(db);
  return { products: rows[0]?.products ?? [], sites: (rows[0]?.sites ?? []).map(inOrder) };
}

/** PINs that are replaced and still good, and the day from which one replaced now is free (UTC; the day after its last). */
export async function pinDays(
  tx: Tx,
  graceDays: number,
): Promise<{ retired: { pin: string; site: string; freeFrom: string }[]; freeFrom: string }> {
  const hours = graceDays * 24;
  const { rows } = await sql<{ pin: string; site: string; freeFrom: string }>`
    select p.pin, s.number as site, to_char((p.replaced_at + make_interval(hours => ${hours})) at time zone 'UTC' + interval '1 day', 'YYYY-MM-DD') as "freeFrom"
    from pins p join sites s on s.id = p.site_id where p.replaced_at >= now() - make_interval(hours => ${hours})`.execute(
    tx,
  );
  const now = await sql<{ day: string }>`
    select to_char((now() + make_interval(hours => ${hours})) at time zone 'UTC' + interval '1 day', 'YYYY-MM-DD') as day`.execute(
    tx,
  );
  return { retired: rows, freeFrom: now.rows[0]?.day ?? '' };
}

/** Lists compare by what is in them: further addresses and types have no order of their own. */
function inOrder(site: SiteEntry): SiteEntry {
  const contacts = site.contacts?.map((contact) => ({
    ...contact,
    ...(contact.aliases ? { aliases: [...contact.aliases].sort() } : {}),
  }));
  return { ...site, ...(contacts ? { contacts } : {}) };
}

async function putProducts(tx: Tx, document: RegistryDocument): Promise<void> {
  for (const product of document.products) {
    await sql`insert into products (name) values (${product.name}) on conflict (name) do nothing`.execute(tx);
    for (const [position, version] of product.versions.entries()) {
      await sql`insert into product_versions (product_id, version, stage, preview, position) select id, ${version.version}, ${version.stage}, ${version.preview ?? false}, ${position} from products where name = ${product.name}
        on conflict (product_id, version) do update set stage = excluded.stage, preview = excluded.preview, position = excluded.position`.execute(
        tx,
      );
    }
  }
}

async function putPin(tx: Tx, siteId: string, pin: string | undefined): Promise<void> {
  if (pin === undefined) return;
  // The old one stays good for the days of POLICY §1, counted from here.
  await sql`update pins set replaced_at = now() where site_id = ${siteId} and replaced_at is null and pin <> ${pin}`.execute(
    tx,
  );
  await sql`insert into pins (site_id, pin) select ${siteId}, ${pin} where not exists (select from pins where site_id = ${siteId} and replaced_at is null)`.execute(
    tx,
  );
}

async function putContacts(tx: Tx, siteId: string, contacts: readonly ContactEntry[]): Promise<void> {
  const { rows } = await sql<{ id: string; email: string; aliases: string[] }>`
    select c.id::text, coalesce((select address::text from contact_addresses a where a.contact_id = c.id and main), '') as email,
      array(select address::text from contact_addresses a where a.contact_id = c.id and not main) as aliases from contacts c where c.site_id = ${siteId}`.execute(
    tx,
  );
  const matched = matchContacts(rows, contacts);
  const gone = rows.filter((row) => !matched.includes(row)).map((row) => row.id);
  // Places are taken anew: the constraints look when the transaction ends.
  await sql`delete from contact_addresses where site_id = ${siteId}`.execute(tx);
  let places = 0;
  for (const [position, contact] of contacts.entries()) {
    const addresses = [contact.email, ...(contact.aliases ?? [])];
    const known = matched[position]?.id;
    const place = contact.role === 'secondary' ? ++places : null;
    const values = sql`${contact.name}, ${contact.role}, ${[...(contact.types ?? [])]}::text[], ${contact.phone ?? null}, ${position}, ${place}`;
    const written = known
      ? await sql<{
          id: string;
        }>`update contacts set (name, role, types, phone, position, secondary_place) = (${values}) where id = ${known} returning id::text`.execute(
          tx,
        )
      : await sql<{
          id: string;
        }>`insert into contacts (site_id, name, role, types, phone, position, secondary_place) values (${siteId}, ${values}) returning id::text`.execute(
          tx,
        );
    const id = written.rows[0]?.id;
    for (const address of addresses)
      await sql`insert into contact_addresses (site_id, contact_id, address, main) values (${siteId}, ${id}, ${address}, ${address === contact.email})`.execute(
        tx,
      );
  }
  await sql`delete from contacts where id = any(${gone}::bigint[])`.execute(tx);
}

/** Writes sites as a whole, as the merge has made them; the caller holds the lock and the transaction. */
export async function putRegistry(
  tx: Tx,
  document: RegistryDocument,
  changes: readonly string[],
  actor: string,
): Promise<void> {
  await putProducts(tx, document);
  // A licence may move from one site to another: numbers are looked at when the transaction ends.
  for (const site of document.sites) {
    const { rows } = await sql<{ id: string }>`
      insert into sites (number, name, country, state, timezone, language) values (${site.number}, ${site.name}, ${site.country}, ${site.state ?? null}, ${site.timezone}, ${site.language})
      on conflict (number) do update set name = excluded.name, country = excluded.country, state = excluded.state, timezone = excluded.timezone, language = excluded.language returning id::text`.execute(
      tx,
    );
    const id = rows[0]?.id ?? '';
    await putPin(tx, id, site.pin);
    await putContacts(tx, id, site.contacts ?? []);
    await sql`delete from plans where site_id = ${id}`.execute(tx);
    for (const [position, plan] of (site.plans ?? []).entries())
      await sql`insert into plans (site_id, kind, valid_from, valid_to, position) values (${id}, ${plan.kind}, ${plan.from}, ${plan.to}, ${position})`.execute(
        tx,
      );
    await sql`delete from licences where site_id = ${id}`.execute(tx);
    for (const [position, licence] of (site.licences ?? []).entries()) {
      await sql`insert into licences (site_id, number, product_id, edition, kind, quantity, valid_from, valid_to, registered_on, position)
        values (${id}, ${licence.number}, (select id from products where name = ${licence.product}), ${licence.edition ?? null}, ${licence.kind}, ${licence.quantity}, ${licence.from}, ${licence.to ?? null},
          ${licence.registered ?? null}, ${position})`.execute(tx);
    }
  }
  const about = (change: string) => /^site (\d+)/.exec(change)?.[1] ?? 'products';
  await writeAudit(
    tx,
    changes.map((change) => ({
      actor,
      action: 'registry-changed',
      subjectKind: 'site',
      subjectId: about(change),
      detail: { change },
    })),
  );
}

/** A site in the registry's form; null where there is none. */
export async function exportSite(database: Database, number: string): Promise<SiteEntry | null> {
  const { sites } = await database.ask((db) => loadRegistry(db, [number]));
  return sites[0] ?? null;
}
