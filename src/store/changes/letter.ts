/** How changes of letters are written. */
import { sql } from 'kysely';
import {
  type LetterMarked,
  type LetterReleased,
  type LetterSentAgain,
  type LetterSuppressed,
  type LetterUnmarked,
  releasedByPerson,
  sentAgainByPerson,
  suppressedByPerson,
} from '../../changes/letter.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';

const settledMeanwhile = (id: string) => new Failure('conflict', `letter ${id} was settled meanwhile`);

export async function writeLetterReleased(tx: Tx, change: LetterReleased): Promise<void> {
  const { rows } = await sql<{ id: string; fence: string }>`
    update letters set
      state = 'queued',
      state_reason = ${releasedByPerson.reason},
      due_at = now() + interval '60 seconds',
      give_up_at = greatest(give_up_at, now() + make_interval(hours => ${releasedByPerson.giveUpHours}))
    where id = ${change.id}::bigint and state = 'waiting' returning id::text, fence::text`.execute(tx);
  const [row] = rows;
  if (!row) throw settledMeanwhile(change.id);
  await sql`
    insert into outbox (queue, row_id, fence)
    values ('outbound', ${row.id}::bigint, ${row.fence}::bigint)`.execute(tx);
}

export async function writeLetterSuppressed(tx: Tx, change: LetterSuppressed): Promise<void> {
  const { rows } = await sql`
    update letters set state = 'suppressed', state_reason = ${suppressedByPerson.reason}
    where id = ${change.id}::bigint and state = 'waiting' returning id`.execute(tx);
  if (rows.length === 0) throw settledMeanwhile(change.id);
}

/** As one that was just written: what it was tried before stands in the audit. */
export async function writeLetterSentAgain(tx: Tx, change: LetterSentAgain): Promise<void> {
  const { rows } = await sql<{ fence: string }>`
    update letters set
      state = 'queued',
      state_reason = ${sentAgainByPerson.reason},
      state_code = null,
      attempts = 0,
      unknown_times = 0,
      claimed_by = null,
      claimed_at = null,
      marked_as = null,
      marked_at = null,
      due_at = now() + interval '60 seconds',
      give_up_at = greatest(give_up_at, now() + make_interval(hours => ${sentAgainByPerson.giveUpHours}))
    where id = ${change.id}::bigint and state = ${change.was} and raw is not null
    returning fence::text`.execute(tx);
  const [row] = rows;
  if (!row) throw settledMeanwhile(change.id);
  await sql`
    insert into outbox (queue, row_id, fence)
    values ('outbound', ${change.id}::bigint, ${row.fence}::bigint)`.execute(tx);
}

export async function writeLetterMarked(tx: Tx, change: LetterMarked): Promise<void> {
  const { rows } = await sql`
    update letters set marked_as = ${change.as}, marked_at = now()
    where id = ${change.id}::bigint and state in ('failed', 'bounced') returning id`.execute(tx);
  if (rows.length === 0) throw settledMeanwhile(change.id);
}

export async function writeLetterUnmarked(tx: Tx, change: LetterUnmarked): Promise<void> {
  await sql`
    update letters set marked_as = null, marked_at = null where id = ${change.id}::bigint`.execute(tx);
}
