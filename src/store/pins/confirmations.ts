/** What is stored sealed from now on: letters and mails that tell a secret. */
import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { LetterRow } from '../letters/letters.ts';
import { belongsTo } from '../secrets.ts';

/** The rows were written with sealed bytes; this says so, in the same transaction. */
export async function markSealed(tx: Tx, letters: readonly LetterRow[]): Promise<void> {
  const ids = letters.filter((row) => row.sealed).map((row) => row.id);
  if (ids.length > 0)
    await sql`update letters set sealed = true where id = any(${ids}::bigint[]) and raw is not null`.execute(tx);
}

/** The bytes of a mail that quotes a secret, sealed from now on. */
export async function sealMail(
  tx: Tx,
  vault: { seal(plain: Uint8Array, belongsTo: string): Buffer },
  mail: string,
): Promise<void> {
  const { rows } = await sql<{
    raw: Buffer;
  }>`select raw from mail_bytes where mail_id = ${mail} and not sealed for update`.execute(tx);
  const raw = rows[0]?.raw;
  if (!raw) return;
  const sealed = vault.seal(raw, belongsTo('mail_bytes', mail, 'raw'));
  await sql`
    with done as (
      update mail_bytes
      set raw = ${sealed}, sealed = true
      where mail_id = ${mail}
      returning mail_id
    )
    insert into audit (actor, action, subject_kind, subject_id)
    select 'intake', 'mail-sealed', 'mail', mail_id::text
    from done`.execute(tx);
}
