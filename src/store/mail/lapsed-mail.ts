/** Mails that lapsed customers wrote (POLICY §2.5): found once the site has a contract again, and taken in hand anew. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { awaiting } from '../literals.ts';

type LapsedMail = {
  readonly id: string;
  readonly site: string;
  readonly arrivedAt: string;
  readonly fence: string;
};

/**
 * In the order of their arrival, at sites that have a plan or a licence on trial on this day (in their time zone), and no older
 * than held mail may get. Whether that entitles them is for the rules to say.
 */
export async function lapsedMails(
  database: Database,
  by: { heldDays: number; trialDays: number; after: Pick<LapsedMail, 'id' | 'arrivedAt'> | null; most: number },
): Promise<LapsedMail[]> {
  const { rows } = await database.ask((db) =>
    sql<LapsedMail>`
      select m.id::text, m.fence::text, s.id::text as site, to_json(m.arrived_at) #>> '{}' as "arrivedAt"
      from mails m
      join lateral (
        select evidence->>'site' as number
        from decisions d
        where d.mail_id = m.id
        order by d.id desc
        limit 1
      ) last on true
      join sites s on s.number = last.number
      where m.outcome in ${awaiting('contract')}
        and m.state || '' = 'decided'
        and m.stored_at > now() - make_interval(days => ${by.heldDays})
        and (${by.after?.id ?? null}::bigint is null
          or (m.arrived_at, m.id) > (
            ${by.after?.arrivedAt ?? null}::timestamptz,
            ${by.after?.id ?? null}::bigint))
        and (exists (
            select
            from plans p
            where p.site_id = s.id
              and p.valid_from <= (now() at time zone s.timezone)::date
              and (p.valid_to is null or p.valid_to >= (now() at time zone s.timezone)::date)
          )
          or exists (
            select
            from licences l
            where l.site_id = s.id
              and l.kind = 'trial'
              and l.registered_on + ${by.trialDays}::int > (now() at time zone s.timezone)::date
          ))
      order by m.arrived_at, m.id
      limit ${by.most}`.execute(db),
  );
  return rows;
}
