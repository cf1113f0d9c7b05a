/**
 * Privileged PINs (POLICY §1, RELIABILITY I7), all by PostgreSQL's clock. Each change of one stands on the audit trail and on
 * its case in the same transaction; people stand there by id, and the PIN not at all.
 */
import { sql } from 'kysely';
import type { PrivilegedPinRecord, PrivilegedSubject } from '../../acts/pins/records.ts';
import { privilegedPinRoles } from '../../registry/permissions.ts';
import type { Role } from '../../registry/site.ts';
import type { Database, Db, Tx } from '../database.ts';
import { oneOf } from '../literals.ts';

/** Whom and what a PIN would be for; null where there is no such site. */
export async function subjectOf(
  db: Db | Tx,
  asked: { site: string; contact: string; case: string },
): Promise<PrivilegedSubject | null> {
  const { rows } = await sql<PrivilegedSubject>`
    select
      s.number as site,
      s.name as "siteName",
      s.timezone,
      s.language,
      k.number as "case",
      k.id::text as "caseId",
      k.status = 'open' as "caseOpen",
      c.id::text as contact,
      c.role,
      a.address,
      c.unreachable_since is null and c.doubtful_since is null as reachable
    from sites s
    left join cases k on k.site_id = s.id and k.number = ${asked.case}
    left join contacts c on c.site_id = s.id and exists (
      select
      from contact_addresses x
      where x.contact_id = c.id and x.address = ${asked.contact.toLowerCase()}
    )
    left join contact_addresses a on a.contact_id = c.id and a.main
    where s.number = ${asked.site}`.execute(db);
  return rows[0] ?? null;
}

/** One change on the audit trail and on the case of the PIN. */
const told = (action: string, actor: string) => sql`
  insert into case_events (case_id, at, kind, detail)
  select
    case_id,
    now(),
    ${action}::text,
    jsonb_build_object('pin', id::text, 'contact', contact_id::text, 'by', ${actor}::text)
  from changed
  returning case_id`;
const audited = (action: string, actor: string) => sql`
  insert into audit (actor, action, subject_kind, subject_id, detail)
  select
    ${actor}::text,
    ${action}::text,
    'case',
    k.number,
    jsonb_build_object('pin', p.id::text, 'contact', p.contact_id::text)
  from changed p
  join cases k on k.id = p.case_id`;

/** Null where the same PIN was drawn before, or where the person has lost role or address meanwhile. */
export async function writeIssued(
  tx: Tx,
  pin: { hash: Buffer; contact: string; address: string; caseId: string; at: string; hours: number; actor: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into privileged_pins (hash, contact_id, address, case_id, issued_by, expires_at)
    select ${pin.hash}, c.id, a.address, k.id, ${pin.actor},
      least(${pin.at}::timestamptz, now()) + make_interval(hours => ${pin.hours})
    from contacts c
    join contact_addresses a on a.contact_id = c.id and a.main and a.address = ${pin.address}
    join cases k on k.id = ${pin.caseId} and k.site_id = c.site_id and k.status = 'open'
    where c.id = ${pin.contact} and c.role in ${oneOf(privilegedPinRoles)}
    on conflict (hash) do nothing
    returning id::text`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Good only while the person still has the role, and the address that it was sent to. */
const stillTheirs = sql`exists (select from contacts c join contact_addresses a on a.contact_id = c.id and a.main
  where c.id = p.contact_id and a.address = p.address and c.role in ${oneOf(privilegedPinRoles)})`;

/** Of a PIN `p`. */
export const stateOf = sql`
  case
    when p.revoked_at is not null then 'revoked'
    when p.expires_at <= now() then case when p.redeemed_at is null then 'expired' else 'used' end
    when not ${stillTheirs} then 'no-right'
    when p.redeemed_at is not null then 'open'
    else 'good'
  end`;

/** The address on record of the primary contact of a site `s`. */
export const primaryOf = sql`
  (
    select a.address
    from contacts b
    join contact_addresses a on a.contact_id = b.id and a.main
    where b.site_id = s.id and b.role = ${sql.lit('primary' satisfies Role)}
  )`;

const columns = sql`
  p.id::text,
  ${stateOf} as state,
  s.number as site,
  s.name as "siteName",
  s.timezone,
  s.language,
  k.number as "case",
  k.id::text as "caseId",
  p.contact_id::text as contact,
  c.name as "contactName",
  to_json(p.expires_at) #>> '{}' as until,
  ${primaryOf} as "primary"
  from privileged_pins p
  join cases k on k.id = p.case_id
  join sites s on s.id = k.site_id
  join contacts c on c.id = p.contact_id`;

/** By the hash of the PIN, under any key, or by the id of its row; null where there is none. */
export async function findPin(db: Db | Tx, by: { hashes: readonly Buffer[] } | { id: string }) {
  const where = 'id' in by ? sql`p.id = ${by.id}::bigint` : sql`p.hash = any(${[...by.hashes]}::bytea[])`;
  const { rows } = await sql<PrivilegedPinRecord>`select ${columns} where ${where}`.execute(db);
  return rows[0] ?? null;
}

/** The open windows of a site, by its number. */
export async function openWindows(db: Db | Tx, site: string): Promise<PrivilegedPinRecord[]> {
  const { rows } = await sql<PrivilegedPinRecord>`
    select ${columns}
    where s.number = ${site} and p.redeemed_at is not null and ${stateOf} = 'open'
    order by p.expires_at`.execute(db);
  return rows;
}

/** Once: of two at the same moment one gets false. */
export async function redeem(tx: Tx, id: string, actor: string): Promise<boolean> {
  const { rows } = await sql`
    update privileged_pins p set redeemed_at = now(), redeemed_by = ${actor}
    where p.id = ${id} and p.redeemed_at is null and p.revoked_at is null and p.expires_at > now() and ${stillTheirs}
    returning p.id`.execute(tx);
  return rows.length > 0;
}

/** Before or after its use; a window that is open is closed. False where it was over already. */
export async function revoke(tx: Tx, id: string, actor: string): Promise<boolean> {
  const { rows } = await sql`
    update privileged_pins set revoked_at = now(), revoked_by = ${actor}
    where id = ${id} and revoked_at is null and expires_at > now()
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Writes down which have come to their end; whether one is good does not wait for this. Returns how many. */
export async function noteEnded(database: Database): Promise<number> {
  const actor = 'sweeper';
  return database.transaction(async (tx) => {
    const { rows } = await sql`
      with changed as (
        update privileged_pins
        set ended_at = now()
        where id in (
          select id
          from privileged_pins
          where ended_at is null and revoked_at is null and expires_at <= now()
          order by id
          limit 500
          for update skip locked
        )
        returning id, case_id, contact_id
      ), event as (
        ${told('privileged-pin-expired', actor)}
      ), line as (
        ${audited('privileged-pin-expired', actor)}
      )
      select id
      from changed`.execute(tx);
    return rows.length;
  });
}
