/** One-time codes (POLICY §11.2): by hash, used once, closed after a few wrong ones, all by PostgreSQL's clock. */
import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { Tx } from './database.ts';
import type { LetterRow } from './letters.ts';
import { belongsTo } from './secrets.ts';

/** For letters that are written; one that is suppressed or was there already has no code of its own. */
export async function keepCodes(
  tx: Tx,
  codes: readonly {
    readonly letter: string;
    readonly contact: string;
    readonly hash: string;
    readonly hours: number;
  }[],
): Promise<void> {
  for (const code of codes) {
    await sql`
      with made as (
        insert into confirmation_codes (letter_id, contact_id, hash, expires_at)
        select l.id, ${code.contact}, ${code.hash}, now() + make_interval(hours => ${code.hours}) from letters l
        where l.id = ${code.letter} and l.state <> 'suppressed' on conflict do nothing returning letter_id
      )
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'intake', 'code-made', 'letter', letter_id::text, jsonb_build_object('contact', ${code.contact}::text) from made`.execute(
      tx,
    );
  }
}

/** Uses the code up and settles the mail that asked; `facts-stale` where it is not open any more. */
export async function useCode(
  tx: Tx,
  given: { letter: string; by: string; original: string; outcome: string; reason: string },
): Promise<void> {
  const { rows } = await sql`
    with used as (
      update confirmation_codes set closed_at = now(), closed_why = 'used', closed_by = ${given.by}
      where letter_id = ${given.letter} and closed_at is null and expires_at > now() returning letter_id
    ), settled as (
      update letters set settled_at = now() where id in (select letter_id from used)
    ), original as (
      update mails set outcome = ${given.outcome}, reason = ${given.reason}, settled_by = ${given.by}
      where id = ${given.original} and outcome = 'confirmation-asked' and exists (select from used)
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id) select ${`mail:${given.by}`}, 'code-used', 'letter', letter_id::text from used
    )
    select letter_id from used`.execute(tx);
  if (rows.length === 0)
    throw new Failure('facts-stale', `the code of letter ${given.letter} was used or closed meanwhile`);
}

/** A wrong code counts against every question that it may have been meant for. */
export async function countWrong(
  tx: Tx,
  given: { letters: readonly string[]; by: string; most: number },
): Promise<void> {
  await sql`
    with wrong as (
      update confirmation_codes set wrong = wrong + 1,
        closed_at = case when wrong + 1 >= ${given.most} then now() end, closed_why = case when wrong + 1 >= ${given.most} then 'wrong' end,
        closed_by = case when wrong + 1 >= ${given.most} then ${given.by}::bigint end
      where letter_id = any(${[...given.letters]}::bigint[]) and closed_at is null returning letter_id, wrong, closed_at
    )
    insert into audit (actor, action, subject_kind, subject_id, detail)
    select ${`mail:${given.by}`}, case when closed_at is null then 'code-wrong' else 'code-closed' end, 'letter', letter_id::text, jsonb_build_object('wrong', wrong) from wrong`.execute(
    tx,
  );
}

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
    with done as (update mail_bytes set raw = ${sealed}, sealed = true where mail_id = ${mail} returning mail_id)
    insert into audit (actor, action, subject_kind, subject_id) select 'intake', 'mail-sealed', 'mail', mail_id::text from done`.execute(
    tx,
  );
}
