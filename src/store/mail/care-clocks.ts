/** What client care owes an answer to (POLICY §3.r13a). A clock runs until somebody has answered; then, or where it is over, it is told of once. */
import { sql } from 'kysely';
import type { Db, Tx } from '../database.ts';

export type CareDue = {
  readonly id: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly due: string;
  readonly over: boolean;
};

/** Nobody has answered yet; the first that is due first. */
export async function careRunning(db: Db | Tx, most: number): Promise<CareDue[]> {
  const { rows } = await sql<CareDue>`
    select
      k.mail_id::text as id,
      m.from_address as "from",
      m.subject,
      to_json(k.due) #>> '{}' as due,
      k.due < now() as over
    from care_clocks k
    join mails m on m.id = k.mail_id
    where k.done_at is null
    order by k.due, k.mail_id
    limit ${most}`.execute(db);
  return rows;
}

/** Over, and client care does not know it yet. */
export async function careOverdue(db: Db | Tx, most: number): Promise<{ now: string; mails: CareDue[] }> {
  const { rows } = await sql<CareDue & { now: string }>`
    select
      k.mail_id::text as id,
      m.from_address as "from",
      m.subject,
      to_json(k.due) #>> '{}' as due,
      true as over,
      to_json(now()) #>> '{}' as now
    from care_clocks k
    join mails m on m.id = k.mail_id
    where k.done_at is null and k.told_at is null and k.due < now()
    order by k.due, k.mail_id
    limit ${most}`.execute(db);
  return { now: rows[0]?.now ?? '', mails: rows.map(({ now: _, ...mail }) => mail) };
}

/** Those that nobody has told of or answered meanwhile. */
export async function markOverdueTold(tx: Tx, mails: readonly string[]): Promise<number> {
  const { rows } = await sql`
    update care_clocks set told_at = now()
    where mail_id = any(${[...mails]}::bigint[]) and done_at is null and told_at is null returning mail_id`.execute(tx);
  return rows.length;
}
