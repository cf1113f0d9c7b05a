import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { PinTries } from '../intake/guessing.ts';
import type { Tx } from './database.ts';

/**
 * Counts what a mail tried, key by key, and locks where the limit is reached (POLICY §3 "Guessing"); a mail is counted once, also
 * when it is decided again. Throws `facts-stale` where a lock came while this mail was being decided: what it named must not be
 * looked up any more.
 */
export async function recordTries(tx: Tx, mail: string, arrivedAt: string, tries: PinTries): Promise<void> {
  const keys = JSON.stringify([...tries.keys].sort((a, b) => (a.key < b.key ? -1 : 1)));
  // Before anything is read: two mails decided at the same moment would not see each other's tries.
  await sql`select pg_advisory_xact_lock(hashtext('pin-tries'), hashtext(k.key)) from (
    select key from jsonb_to_recordset(${keys}::jsonb) as x(key text) order by key) k`.execute(tx);
  const { rows } = await sql<{ locked: boolean }>`
    select exists (select from pin_locks l join jsonb_to_recordset(${keys}::jsonb) as x(key text) on x.key = l.key
      where l.locked_until > ${arrivedAt}::timestamptz) as locked`.execute(tx);
  if (rows[0]?.locked) throw new Failure('facts-stale', 'no PIN of this sender is looked up any more');
  await sql`
    insert into pin_tries (mail_id, key, at, tried, wrong)
    select ${mail}::bigint, x.key, ${arrivedAt}::timestamptz, ${tries.tried}::int, ${tries.wrong}::int from jsonb_to_recordset(${keys}::jsonb) as x(key text)
    on conflict do nothing`.execute(tx);
  await sql`
    with sums as (
      select x.key, x.most, sum(t.tried) as tried, sum(t.wrong) as wrong
      from jsonb_to_recordset(${keys}::jsonb) as x(key text, most int) join pin_tries t on t.key = x.key
      where t.at > ${arrivedAt}::timestamptz - make_interval(mins => ${tries.withinMinutes}::int) and t.at <= ${arrivedAt}::timestamptz + interval '1 minute'
      group by x.key, x.most
    )
    insert into pin_locks (key, locked_until, silent_until)
    select key, case when wrong >= most then ends end, case when tried >= most then ends end
    from sums, (select ${arrivedAt}::timestamptz + make_interval(hours => ${tries.lockHours}::int) as ends) e where tried >= most or wrong >= most
    on conflict (key) do update set locked_until = greatest(pin_locks.locked_until, excluded.locked_until),
      silent_until = greatest(pin_locks.silent_until, excluded.silent_until)`.execute(tx);
}
