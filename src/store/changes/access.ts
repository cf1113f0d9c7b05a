/** How it is written that a request for access is made, and that it goes on (POLICY §8). */
import { sql } from 'kysely';
import type { AccessRequested, RequestStepped, RequestTimerSet } from '../../changes/access.ts';
import { actorOf } from '../../changes/by.ts';
import { Failure } from '../../foundation/failure.ts';
import { requestState } from '../access/list-requests.ts';
import type { Tx } from '../database.ts';

export async function writeAccessRequested(tx: Tx, change: AccessRequested): Promise<AccessRequested> {
  const { address, language, said, mail, grade, timerAt, at, by } = change;
  const detail = said.licence ? { registers: true, ...(grade && { grade }) } : {};
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into access_requests (
        site_named, licence_named, address, name, country, role, justification, phone, language, mail_id, timer_at)
      values (
        ${said.site}, ${said.licence ?? null}, ${address}, ${said.name}, ${said.country}, ${said.role},
        ${said.justification}, ${said.phone}, ${language}, ${mail}::bigint, ${timerAt}::timestamptz)
      returning id
    )
    insert into access_request_steps (request_id, kind, at, by, mail_id, detail)
    select id, 'asked', ${at}::timestamptz, ${actorOf(by)}, ${mail}::bigint, ${JSON.stringify(detail)}::jsonb
    from made
    returning request_id::text as id`.execute(tx);
  return { ...change, request: rows[0]?.id ?? '' };
}

/** `facts-stale` where it has moved on since it was judged. */
async function take(tx: Tx, { request, requestVersion, timerAt }: RequestTimerSet | RequestStepped): Promise<void> {
  const { rows } = await sql`
    update access_requests set version_no = version_no + 1, timer_at = ${timerAt}::timestamptz
    where id = ${request}::bigint and version_no = ${requestVersion} returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `request ${request} has moved on meanwhile`);
}

export const writeRequestTimerSet = (tx: Tx, change: RequestTimerSet): Promise<void> => take(tx, change);

export async function writeRequestStepped(tx: Tx, change: RequestStepped): Promise<void> {
  await take(tx, change);
  const { request, steps, mail, said, ends } = change;
  for (const { kind, at, by, ...detail } of steps)
    await sql`
      insert into access_request_steps (request_id, kind, at, by, mail_id, detail)
      values (
        ${request}::bigint, ${kind}, ${at}::timestamptz, ${by}, ${mail}::bigint,
        ${JSON.stringify(detail)}::jsonb)`.execute(tx);
  if (said)
    await sql`
      update access_requests set
        site_named = coalesce(${said.site ?? null}, site_named),
        name = coalesce(${said.name ?? null}, name),
        country = coalesce(${said.country ?? null}, country),
        role = coalesce(${said.role ?? null}, role),
        justification = coalesce(${said.justification ?? null}, justification),
        phone = coalesce(${said.phone ?? null}, phone)
      where id = ${request}::bigint`.execute(tx);
  // Lists go by it; it is what the steps come to.
  await sql`
    update access_requests r
    set state = ${requestState(sql`r.id`)}
    where r.id = ${request}::bigint`.execute(tx);
  if (ends) await sql`update contacts set until = ${ends.until}::date where id = ${ends.contact}::bigint`.execute(tx);
}
