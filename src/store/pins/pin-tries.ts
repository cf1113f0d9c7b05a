import { sql } from 'kysely';
import type { PinTried } from '../../changes/pins/pin.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';

/**
 * Counts what a mail tried, key by key, and locks where the limit is reached (POLICY §3 "Guessing"); a mail is counted once, also
 * when it is decided again. Throws `facts-stale` where a lock came while this mail was being decided: what it named must not be
 * looked up any more.
 */
export async function recordTries(
  tx: Tx,
  mail: string,
  arrivedAt: string,
  tries: Omit<PinTried, 'kind' | 'mail' | 'at' | 'by'>,
): Promise<void> {
  const keys = JSON.stringify([...tries.keys].sort((a, b) => (a.key < b.key ? -1 : 1)));
  // Before anything is read: two mails decided at the same moment would not see each other's tries.
  await sql`select pg_advisory_xact_lock(hashtext('pin-tries'), hashtext(k.key)) from (
    select key from jsonb_to_recordset(${keys}::jsonb) as x(key text) order by key) k`.execute(tx);
  const { rows } = await sql<{ locked: boolean }>`
    with asked as (
      select * from jsonb_to_recordset(${keys}::jsonb) as x(key text, most int)
    ), lock as (
      select exists (
        select
        from pin_locks l
        join asked on asked.key = l.key
        where l.locked_until > ${arrivedAt}::timestamptz
      ) as there
    ), fresh as (
      insert into pin_tries (mail_id, key, at, tried, wrong)
      select
        ${mail}::bigint,
        key,
        ${arrivedAt}::timestamptz,
        ${tries.tried}::int,
        ${tries.wrong}::int
      from asked, lock
      where not there
      on conflict do nothing
      returning key, tried, wrong
    ), lately as (
      select key, tried, wrong
      from fresh
      union all
      select t.key, t.tried, t.wrong
      from pin_tries t
      join asked on asked.key = t.key
      where t.at > ${arrivedAt}::timestamptz - make_interval(mins => ${tries.withinMinutes}::int)
        and t.at <= ${arrivedAt}::timestamptz + interval '1 minute'
    ), sums as (
      select asked.key, most, sum(tried) as tried, sum(wrong) as wrong
      from asked
      join lately on lately.key = asked.key, lock
      where not there
      group by asked.key, most
    ), locks as (
      insert into pin_locks (key, locked_until, silent_until)
      select key, case when wrong >= most then ends end, case when tried >= most then ends end
      from sums, (
        select ${arrivedAt}::timestamptz + make_interval(hours => ${tries.lockHours}::int) as ends
      ) e
      where tried >= most or wrong >= most
      on conflict (key) do update set
        locked_until = greatest(pin_locks.locked_until, excluded.locked_until),
        silent_until = greatest(pin_locks.silent_until, excluded.silent_until)
    )
    select there as locked
    from lock`.execute(tx);
  if (rows[0]?.locked) throw new Failure('facts-stale', 'no PIN of this sender is looked up any more');
}
