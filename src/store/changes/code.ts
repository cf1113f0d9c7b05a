/** How changes of one-time codes are written: by hash, used once, closed after a few wrong ones, all by PostgreSQL's clock. */
import { sql } from 'kysely';
import type { CodeAsked, CodeUsed, CodeWrong } from '../../changes/code.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';
import { awaiting } from '../literals.ts';

/** For a letter that is written; one that is suppressed or was there already has no code of its own. */
export async function writeCodeAsked(tx: Tx, change: CodeAsked): Promise<CodeAsked | null> {
  const { rows } = await sql`
    insert into confirmation_codes (letter_id, contact_id, hash, expires_at)
    select l.id, ${change.contact}, ${change.hash}, now() + make_interval(hours => ${change.hours})
    from letters l
    where l.id = ${change.letter} and l.state <> 'suppressed'
    on conflict do nothing
    returning letter_id`.execute(tx);
  return rows.length > 0 ? change : null;
}

/** Uses it up and settles the mail that asked. */
export async function writeCodeUsed(tx: Tx, change: CodeUsed): Promise<void> {
  const { rows } = await sql`
    with used as (
      update confirmation_codes set closed_at = now(), closed_why = 'used', closed_by = ${change.mail}
      where letter_id = ${change.letter} and closed_at is null and expires_at > now()
      returning letter_id
    ), settled as (
      update letters set settled_at = now()
      where id in (select letter_id from used)
    ), original as (
      update mails set outcome = ${change.outcome}, reason = ${change.reason}, settled_by = ${change.mail}
      where id = ${change.original} and outcome in ${awaiting('code')} and exists (select from used)
    )
    select letter_id from used`.execute(tx);
  if (rows.length === 0)
    throw new Failure('facts-stale', `the code of letter ${change.letter} was used or closed meanwhile`);
}

export async function writeCodeWrong(tx: Tx, change: CodeWrong): Promise<void> {
  const { rows } = await sql`
    update confirmation_codes set wrong = ${change.wrong},
      closed_at = case when ${change.closes}::boolean then now() end,
      closed_why = case when ${change.closes}::boolean then 'wrong' end,
      closed_by = case when ${change.closes}::boolean then ${change.mail}::bigint end
    where letter_id = ${change.letter} and closed_at is null and wrong = ${change.wrong - 1}
    returning letter_id`.execute(tx);
  if (rows.length === 0)
    throw new Failure('facts-stale', `the code of letter ${change.letter} was tried or closed meanwhile`);
}
