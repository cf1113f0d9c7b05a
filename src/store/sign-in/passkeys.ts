/** Passkeys of our people. */
import { sql } from 'kysely';
import type { PasskeyRecord } from '../../acts/sign-in/records.ts';
import type { Database, Tx } from '../database.ts';

export type StoredPasskey = PasskeyRecord & {
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
};

export async function passkeyWith(database: Database, id: string): Promise<StoredPasskey | null> {
  const { rows } = await database.ask((db) =>
    sql<StoredPasskey>`
      select id, staff, name, public_key as "publicKey", counter::float as counter, transports
      from staff_passkeys
      where id = ${id}`.execute(db),
  );
  return rows[0] ?? null;
}

export async function passkeyRecord(database: Database, id: string): Promise<PasskeyRecord | null> {
  const found = await passkeyWith(database, id);
  return found && { id: found.id, staff: found.staff, name: found.name };
}

export type ListedPasskey = PasskeyRecord & {
  /** ISO 8601; null: not used yet. */
  readonly madeAt: string;
  readonly usedAt: string | null;
  readonly transports: readonly string[];
};

/** Newest first; null: of everybody. */
export async function listPasskeys(database: Database, staff: string | null): Promise<readonly ListedPasskey[]> {
  const { rows } = await database.ask((db) =>
    sql<ListedPasskey>`
      select
        id,
        staff,
        name,
        transports,
        to_json(made_at) #>> '{}' as "madeAt",
        to_json(used_at) #>> '{}' as "usedAt"
      from staff_passkeys
      where ${staff}::text is null or staff = ${staff}
      order by made_at desc, id`.execute(db),
  );
  return rows;
}

/** Its device counts, too, up to 2³² - 1: one that is behind was copied. */
export async function markPasskeyUsed(tx: Tx, { id, counter }: { id: string; counter: number }): Promise<boolean> {
  const { rows } = await sql`
    update staff_passkeys set used_at = now(), counter = ${counter}::bigint
    where id = ${id} and (counter < ${counter}::bigint or (counter = 0 and ${counter}::bigint = 0))
    returning id`.execute(tx);
  return rows.length > 0;
}
