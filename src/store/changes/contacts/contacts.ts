/** How it is written that the people of a site change. */
import { sql } from 'kysely';
import type {
  ContactAdded,
  ContactDetailsSet,
  ContactRemoved,
  ContactsConfirmed,
  DocumentsSet,
  PrivilegeSet,
  RoleSet,
} from '../../../changes/contacts/contacts.ts';
import { recipientLeft, recipientRemoved } from '../../../changes/contacts/contacts.ts';
import { Failure } from '../../../foundation/failure.ts';
import { contactId, type SiteId } from '../../../foundation/ids.ts';
import { type ContactType, contactDetails, type Role } from '../../../registry/site.ts';
import { readAnew } from '../../cases/listed/search-rows.ts';
import type { Tx } from '../../database.ts';
import { lockRegistry } from '../../registry/registry.ts';
import { partWith } from './part-with.ts';

/**
 * Takes the versions of the people that were judged on: `facts-stale` where one has moved on. An import writes a whole site as it was
 * under the registry's lock, so whoever changes one person waits for it.
 */
export async function takePeople(tx: Tx, seen: ReadonlyMap<SiteId, number>): Promise<void> {
  if (seen.size === 0) return;
  await lockRegistry(tx);
  for (const [site, version] of [...seen].toSorted(([a], [b]) => Number(BigInt(a) - BigInt(b)))) {
    const { rows } = await sql`
      update sites set people_version = people_version + 1
      where id = ${site}::bigint and people_version = ${version} returning id`.execute(tx);
    if (rows.length === 0) throw new Failure('facts-stale', `the people of site ${site} have changed meanwhile`);
  }
}

/** One of the four places, for a secondary: the constraint looks when the transaction ends. */
const placeOf = (site: SiteId, role: Role) =>
  role === 'secondary'
    ? sql`(
        select min(n)
        from generate_series(1, 4) n
        where not exists (select from contacts o where o.site_id = ${site}::bigint and o.secondary_place = n))`
    : null;

export async function writeContactAdded(tx: Tx, change: ContactAdded): Promise<ContactAdded> {
  const { site, name, role, types, details, privileges, until, verifiedAt, address } = change;
  const granted = Object.keys(privileges).length > 0 ? JSON.stringify(privileges) : null;
  const { rows } = await sql<{ id: string }>`
    insert into contacts (
      site_id, name, role, types, privileges, until, verified_at,
      ${sql.join(contactDetails.map((one) => sql.id(columnOf[one])))},
      position, secondary_place)
    values (
      ${site}::bigint,
      ${name},
      ${role},
      ${[...types]}::text[],
      ${granted}::jsonb,
      ${until}::date,
      ${verifiedAt}::timestamptz,
      ${sql.join(contactDetails.map((one) => details[one] ?? null))},
      (select coalesce(max(position), -1) + 1 from contacts where site_id = ${site}::bigint),
      ${placeOf(site, role)})
    returning id::text`.execute(tx);
  const contact = contactId(rows[0]?.id ?? '');
  await sql`
    insert into contact_addresses (site_id, contact_id, address, main)
    values (${site}::bigint, ${contact}::bigint, ${address}, true)`.execute(tx);
  return { ...change, contact };
}

const columnOf = {
  ...Object.fromEntries(contactDetails.map((one) => [one, one])),
  postalCode: 'postal_code',
} as Record<(typeof contactDetails)[number], string>;

/** Letters about cases go there no more, and the open cases are the primary's (§8.9). */
async function leaveCases(tx: Tx, contact: string, why: { readonly reason: string }): Promise<string[]> {
  const { rows: lost } = await sql<{ site: string; address: string }>`
    select site_id::text as site, address from contact_addresses where contact_id = ${contact}::bigint`.execute(tx);
  return partWith(tx, [contact], lost, why);
}

export async function writeContactRemoved(tx: Tx, change: ContactRemoved): Promise<ContactRemoved> {
  const cases = await leaveCases(tx, change.contact, recipientRemoved);
  await sql`delete from contacts where id = ${change.contact}::bigint`.execute(tx);
  return { ...change, cases };
}

export async function writeRoleSet(tx: Tx, change: RoleSet): Promise<RoleSet> {
  const { site, contact, role, heir } = change;
  await sql`
    update contacts set role = ${role}, secondary_place = ${placeOf(site, role)}
    where id = ${contact}::bigint`.execute(tx);
  return heir === undefined ? change : { ...change, cases: await leaveCases(tx, contact, recipientLeft) };
}

export async function writePrivilegeSet(tx: Tx, change: PrivilegeSet): Promise<PrivilegeSet> {
  const { contact, name, value, heir } = change;
  const set =
    value === null
      ? sql`nullif(privileges - ${name}::text, '{}')`
      : sql`coalesce(privileges, '{}') || jsonb_build_object(${name}::text, ${value}::text)`;
  await sql`update contacts set privileges = ${set} where id = ${contact}::bigint`.execute(tx);
  return heir === undefined ? change : { ...change, cases: await leaveCases(tx, contact, recipientLeft) };
}

/** The type of contact that gets them (POLICY §1). */
const gettingProofs = sql.lit('administrative' satisfies ContactType);

export async function writeDocumentsSet(tx: Tx, { contact, gets }: DocumentsSet): Promise<void> {
  const without = sql`array_remove(types, ${gettingProofs})`;
  await sql`
    update contacts set types = ${gets ? sql`array_append(${without}, ${gettingProofs})` : without}
    where id = ${contact}::bigint`.execute(tx);
}

export async function writeContactDetailsSet(
  tx: Tx,
  { contact, address, set, newAddress }: ContactDetailsSet,
): Promise<void> {
  const { name, ...details } = set;
  const columns = Object.entries({ ...(name !== undefined && { name }), ...details }).map(
    ([key, value]) => sql`${sql.id(key === 'name' ? key : columnOf[key as keyof typeof columnOf])} = ${value ?? null}`,
  );
  if (columns.length > 0) await sql`update contacts set ${sql.join(columns)} where id = ${contact}::bigint`.execute(tx);
  if (newAddress === null) return;
  // What came back from the old address says nothing of the new one.
  await sql`
    update contacts set doubtful_since = null, unreachable_since = null, last_hard_bounce = null, verified_at = now()
    where id = ${contact}::bigint`.execute(tx);
  await sql`
    delete from contact_addresses
    where contact_id = ${contact}::bigint and address in (${address}, ${newAddress})`.execute(tx);
  await sql`
    insert into contact_addresses (site_id, contact_id, address, main)
    select site_id, id, ${newAddress}, true from contacts where id = ${contact}::bigint`.execute(tx);
  await sql`
    update cases set contact_address = ${newAddress}
    where contact_id = ${contact}::bigint and contact_address = ${address}`.execute(tx);
  // The search knows the requester by address.
  await readAnew(
    tx,
    sql`select id as case_id from cases where contact_id = ${contact}::bigint and contact_address = ${newAddress}`,
  );
  await sql`
    insert into case_participants (case_id, address, contact_id, added_at)
    select case_id, ${newAddress}, contact_id, added_at
    from case_participants
    where contact_id = ${contact}::bigint and address = ${address}
    on conflict do nothing`.execute(tx);
  await sql`
    delete from case_participants where contact_id = ${contact}::bigint and address = ${address}`.execute(tx);
}

export async function writeContactsConfirmed(tx: Tx, { site, at }: ContactsConfirmed): Promise<void> {
  await sql`
    update sites set contacts_confirmed_at = greatest(contacts_confirmed_at, ${at}::timestamptz)
    where id = ${site}::bigint`.execute(tx);
}
