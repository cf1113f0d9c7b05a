/** Mails that lapsed customers wrote (POLICY §2.5): found once the site has a contract again, and taken in hand anew. */
import { sql } from 'kysely';
import type { Admission } from '../intake/facts.ts';
import type { Database, Tx } from './database.ts';
import type { PutBack } from './held.ts';
import { outcome } from './literals.ts';

export type LapsedMail = { readonly id: string; readonly site: string; readonly arrivedAt: string };

/**
 * In the order of their arrival, at sites that have a plan or a licence on trial on this day (in their time zone), and no older
 * than held mail may get. Whether that entitles them is for the rules to say.
 */
export async function lapsedMails(
  database: Database,
  by: { heldDays: number; trialDays: number; after: LapsedMail | null; most: number },
): Promise<LapsedMail[]> {
  const { rows } = await database.ask((db) =>
    sql<LapsedMail>`
      select m.id::text, s.id::text as site, to_json(m.arrived_at) #>> '{}' as "arrivedAt" from mails m
        join lateral (select evidence->>'site' as number from decisions d where d.mail_id = m.id order by d.id desc limit 1) last on true
        join sites s on s.number = last.number
      where m.outcome = ${outcome('support-lapsed')} and m.state || '' = 'decided' and m.stored_at > now() - make_interval(days => ${by.heldDays})
        and (${by.after?.id ?? null}::bigint is null or (m.arrived_at, m.id) > (${by.after?.arrivedAt ?? null}::timestamptz, ${by.after?.id ?? null}::bigint))
        and (exists (select from plans p where p.site_id = s.id and p.valid_from <= (now() at time zone s.timezone)::date
            and (p.valid_to is null or p.valid_to >= (now() at time zone s.timezone)::date))
          or exists (select from licences l where l.site_id = s.id and l.kind = 'trial'
            and l.registered_on + ${by.trialDays}::int > (now() at time zone s.timezone)::date))
      order by m.arrived_at, m.id limit ${by.most}`.execute(db),
  );
  return rows;
}

/**
 * To be decided again, in this order; nobody has them yet, so that whoever is killed before they are decided leaves them to the
 * sweeper, one after the other. Those that were decided meanwhile stay as they are.
 */
export async function putBackLapsed(
  tx: Tx,
  mails: readonly { readonly id: string; readonly admitted: Admission }[],
  actor: string,
): Promise<PutBack[]> {
  const { rows } = await sql<PutBack>`
    with given as (
      select (t.value->>'id')::bigint as id, t.value->'admitted' as admitted, t.place from jsonb_array_elements(${JSON.stringify(mails)}::jsonb) with ordinality as t(value, place)
    ), back as (
      update mails m set state = 'new', outcome = null, reason = null, case_id = null, fence = fence + 1, claimed_by = null, claimed_at = null, tries = 1,
        due_at = now() + make_interval(secs => 60 + 5 * g.place), admitted = g.admitted
      from given g where m.id = g.id and m.state || '' = 'decided' and m.outcome = 'support-lapsed' returning m.id, m.fence, g.place
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id) select ${actor}::text, 'contract-renewed', 'mail', id::text from back
    ) select id::text, fence::text from back order by place`.execute(tx);
  return rows;
}
