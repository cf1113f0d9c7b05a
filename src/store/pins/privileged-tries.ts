/** Privileged PINs that came by mail and were not used (POLICY §3.r7), until our people have been told of them. */
import { sql } from 'kysely';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { PrivilegedRefusal } from '../../outbound/letter.ts';
import { toldEveryHours } from '../../outbound/letter-limits.ts';
import type { Db, Tx } from '../database.ts';
import { hours } from '../literals.ts';

export type UntoldTry = {
  readonly id: string;
  readonly mail: string;
  readonly why: PrivilegedRefusal;
  readonly from: string | null;
  readonly case: CaseNumber | null;
};

const early = sql`exists (select from privileged_tries where told_at > now() - ${hours(toldEveryHours)})`;

/** Oldest first, and nothing at all within an hour of the last time that our people were told. */
export async function untoldTries(db: Db, most: number): Promise<{ now: string; tries: UntoldTry[] }> {
  const { rows } = await sql<{ now: string; tries: UntoldTry[] | null }>`
    select
      to_json(now()) #>> '{}' as now,
      (
        select json_agg(json_build_object(
          'id', t.id::text,
          'mail', t.mail_id::text,
          'why', t.why,
          'from', m.from_address,
          'case', k.number) order by t.id)
        from (select * from privileged_tries where told_at is null order by id limit ${most}) t
        join mails m on m.id = t.mail_id
        left join privileged_pins p on p.id = t.pin_id
        left join cases k on k.id = p.case_id
        where not ${early}
      ) as tries`.execute(db);
  return { now: rows[0]?.now ?? '', tries: rows[0]?.tries ?? [] };
}

/** False where somebody else was faster. */
export async function markTriesTold(tx: Tx, ids: readonly string[]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('privileged-tries'))`.execute(tx);
  const { rows } = await sql`
    update privileged_tries
    set told_at = now()
    where id = any(${[...ids]}::bigint[]) and told_at is null and not ${early}
    returning id`.execute(tx);
  return rows.length === ids.length;
}
