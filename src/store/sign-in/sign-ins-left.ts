/** Sessions and passkeys of whoever is none of our people any more. */
import { sql } from 'kysely';
import type { PasskeyRecord, SessionRecord } from '../../acts/sign-in/records.ts';
import type { Tx } from '../database.ts';

/** So many at once; the next look goes on. */
const most = 1_000;

type Left = { readonly sessions: readonly SessionRecord[]; readonly passkeys: readonly PasskeyRecord[] };

/** `inFile`: whom postern.yaml names; whoever was added stands in a row. */
export async function signInsLeft(tx: Tx, inFile: readonly string[]): Promise<Left> {
  const { rows: sessions } = await sql<SessionRecord>`
    select s.id::text as id, s.staff, s.device
    from staff_sessions s
    where s.ended_at is null
      and s.staff <> all(${[...inFile]}::text[])
      and not exists (select from staff p where p.email = s.staff)
    order by s.id
    limit ${most}`.execute(tx);
  const { rows: passkeys } = await sql<PasskeyRecord>`
    select k.id, k.staff, k.name
    from staff_passkeys k
    where k.staff <> all(${[...inFile]}::text[])
      and not exists (select from staff p where p.email = k.staff)
    order by k.id
    limit ${most}`.execute(tx);
  return { sessions, passkeys };
}
