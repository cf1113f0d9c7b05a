/** What was begun and has to be ended, each once: a code that was asked for, a passkey that is waited for, a link that was made. */
import { sql } from 'kysely';
import { attemptMinutes } from '../../staff/sign-in.ts';
import type { Database, Tx } from '../database.ts';

export type AttemptWay = 'code' | 'passkey' | 'new-passkey' | 'provider' | 'link';

export type Attempt = {
  readonly id: string;
  readonly staff: string | null;
  readonly secret: Buffer | null;
  /** This one among them. */
  readonly tries: number;
};

/** `token` by its hash. Of nobody and of one of ours it is the same statement. */
export async function addAttempt(
  database: Database,
  { token, way, staff, secret }: { token: Buffer; way: AttemptWay; staff: string | null; secret: Buffer | null },
): Promise<void> {
  await database.ask((db) =>
    sql`
      insert into sign_in_attempts (token_hash, way, staff, secret, ends_at)
      values (${token}, ${way}, ${staff}, ${secret}, now() + make_interval(mins => ${attemptMinutes}))`.execute(db),
  );
}

/** The one that waits; null where it was used, is over, or has had so many tries. This is one of them. */
export async function tryAttempt(
  database: Database,
  { tokens, way, most }: { tokens: readonly Buffer[]; way: AttemptWay; most: number },
): Promise<Attempt | null> {
  const { rows } = await database.ask((db) =>
    sql<Attempt>`
      update sign_in_attempts a set tries = a.tries + 1
      where a.token_hash = any(${[...tokens]}::bytea[])
        and a.way = ${way}
        and a.used_at is null
        and a.ends_at > now()
        and a.tries < ${most}
      returning a.id::text as id, a.staff, a.secret, a.tries`.execute(db),
  );
  return rows[0] ?? null;
}

/** Nothing is tried by looking. */
export async function waitingAttempt(
  database: Database,
  { tokens, way }: { tokens: readonly Buffer[]; way: AttemptWay },
): Promise<Pick<Attempt, 'id' | 'staff'> | null> {
  const { rows } = await database.ask((db) =>
    sql<Pick<Attempt, 'id' | 'staff'>>`
      select a.id::text as id, a.staff
      from sign_in_attempts a
      where a.token_hash = any(${[...tokens]}::bytea[])
        and a.way = ${way}
        and a.used_at is null
        and a.ends_at > now()`.execute(db),
  );
  return rows[0] ?? null;
}

/** False where somebody was faster. */
export async function useAttempt(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    update sign_in_attempts set used_at = now()
    where id = ${id}::bigint and used_at is null
    returning id`.execute(tx);
  return rows.length > 0;
}
