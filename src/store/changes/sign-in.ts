/** Sessions and passkeys. Ended sessions stay for a while: they say when somebody was last there. */
import { sql } from 'kysely';
import type { PasskeyAdded, PasskeyRemoved, SessionEnded, SessionStarted } from '../../changes/staff/sign-in.ts';
import { Failure } from '../../foundation/failure.ts';
import { sessionDays } from '../../staff/sign-in.ts';
import type { Tx } from '../database.ts';

export async function writeSessionStarted(tx: Tx, change: SessionStarted): Promise<SessionStarted> {
  const { staff, token, way, device } = change;
  const { rows } = await sql<{ id: string }>`
    insert into staff_sessions (token_hash, staff, way, device, ends_at)
    values (decode(${token}, 'hex'), ${staff}, ${way}, ${device}, now() + make_interval(days => ${sessionDays}))
    returning id::text as id`.execute(tx);
  return { ...change, session: rows[0]?.id ?? '' };
}

export async function writeSessionEnded(tx: Tx, { session }: SessionEnded): Promise<null | undefined> {
  const { rows } = await sql`
    update staff_sessions set ended_at = now()
    where id = ${session}::bigint and ended_at is null
    returning id`.execute(tx);
  return rows.length === 0 ? null : undefined;
}

/** Whoever is none of ours any more, or may less than before, signs in anew. */
export async function endSessionsOf(tx: Tx, staff: string): Promise<void> {
  await sql`update staff_sessions set ended_at = now() where staff = ${staff} and ended_at is null`.execute(tx);
}

export async function writePasskeyAdded(tx: Tx, change: PasskeyAdded): Promise<void> {
  const { staff, passkey, name, publicKey, counter, transports } = change;
  const { rows } = await sql`
    insert into staff_passkeys (id, staff, name, public_key, counter, transports)
    values (${passkey}, ${staff}, ${name}, ${Buffer.from(publicKey)}, ${counter}, ${[...transports]}::text[])
    on conflict do nothing
    returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('conflict', 'this passkey is on record already');
}

export async function writePasskeyRemoved(tx: Tx, { passkey }: PasskeyRemoved): Promise<null | undefined> {
  const { rows } = await sql`delete from staff_passkeys where id = ${passkey} returning id`.execute(tx);
  return rows.length === 0 ? null : undefined;
}

export async function removePasskeysOf(tx: Tx, staff: string): Promise<void> {
  await sql`delete from staff_passkeys where staff = ${staff}`.execute(tx);
}
