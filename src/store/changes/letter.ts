/** How changes of letters are written. */
import { sql } from 'kysely';
import {
  type LetterReleased,
  type LetterSuppressed,
  releasedByPerson,
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
