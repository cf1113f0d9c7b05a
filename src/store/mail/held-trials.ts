/**
 * Held mails that the registry of today may let in: their sender has come on record, or the number that they name has. What was found when
 * each was decided as a trial stands in rows, so that it is done once for each state of the registry.
 */
import { sql } from 'kysely';
import type { ReasonCode } from '../../intake/decision.ts';
import { registryMayLetIn } from '../../intake/held-kinds.ts';
import type { Database } from '../database.ts';
import { awaiting, held, oneOf } from '../literals.ts';

export type HeldToTry = { readonly id: string; readonly fence: string; readonly mark: string };

/**
 * Those that were not tried with what the registry has now of their sender and of the numbers they name, oldest first. A mail that lacks a
 * number only is looked at where one that it names is on record. Spam waits for nobody.
 */
export async function heldToTry(database: Database, most: number): Promise<HeldToTry[]> {
  const { rows } = await database.ask((db) =>
    sql<HeldToTry>`
      with known as (
        select m.id, m.fence, m.arrived_at, m.outcome, m.from_address, m.facts, senders.mark as senders
        from mails m
        cross join lateral (
          select string_agg(concat_ws(',', a.site_id, c.role, c.privileges), ';' order by a.site_id) as mark
          from contact_addresses a
          join contacts c on c.id = a.contact_id
          where a.address = m.from_address
        ) senders
        where m.outcome ${held}
          and m.outcome in ${oneOf(registryMayLetIn)}
          and m.reason_code is distinct from ${'spam' satisfies ReasonCode}
          and m.state || '' = 'decided'
          and senders.mark is not null
      ), marked as (
        select k.*, concat_ws('|', numbers.pins, numbers.licences) as numbers
        from known k
        cross join lateral (
          select
            (
              select string_agg(concat_ws(',', p.pin, p.site_id, p.replaced_at is null), ';' order by p.pin, p.id)
              from pins p
              where p.pin in (select jsonb_array_elements_text(k.facts->'pins'))
            ) as pins,
            (
              select string_agg(concat_ws(',', l.number, l.site_id), ';' order by l.number, l.site_id)
              from contact_addresses a
              join licences l on l.site_id = a.site_id
              where a.address = k.from_address
                and lower(l.number) in (select lower(jsonb_array_elements_text(k.facts->'licenceNumbers')))
            ) as licences
        ) numbers
      )
      select id::text, fence::text, mark
      from (
        select id, fence, arrived_at, md5(concat_ws('#', senders, numbers)) as mark
        from marked
        where numbers <> '' or outcome not in ${awaiting('pin')} or outcome in ${awaiting('answer-about-sender')}
      ) asked
      where not exists (
        select
        from held_trials t
        where t.mail_id = asked.id and t.fence = asked.fence and t.mark = asked.mark
      )
      order by arrived_at, id
      limit ${most}`.execute(db),
  );
  return rows;
}

export type HeldTrial = HeldToTry & { readonly outcome: string; readonly letsIn: boolean };

export async function keepTrials(database: Database, trials: readonly HeldTrial[]): Promise<void> {
  if (trials.length === 0) return;
  await database.ask((db) =>
    sql`
      insert into held_trials (mail_id, fence, mark, outcome, lets_in)
      select (t->>'id')::bigint, (t->>'fence')::bigint, t->>'mark', t->>'outcome', (t->>'letsIn')::boolean
      from jsonb_array_elements(${JSON.stringify(trials)}::jsonb) t
      where exists (select from mails m where m.id = (t->>'id')::bigint)
      on conflict (mail_id) do update set
        fence = excluded.fence,
        mark = excluded.mark,
        outcome = excluded.outcome,
        lets_in = excluded.lets_in,
        tried_at = now()`.execute(db),
  );
}

/** Those that a person is offered: held still, as they were when they were tried. */
const offered = sql`
  from held_trials t
  join mails m on m.id = t.mail_id and m.fence = t.fence
  where t.lets_in and m.outcome ${held}`;

/** In the order of their arrival, and how many there are of up to `most`. */
export async function heldLetIn(
  database: Database,
  { shown, most }: { readonly shown: number; readonly most: number },
): Promise<{ readonly mails: readonly string[]; readonly count: number }> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string; count: number }>`
      with let_in as (
        select t.mail_id as id, m.arrived_at ${offered}
        limit ${most}
      )
      select id::text, (select count(*) from let_in)::int as count
      from let_in
      order by arrived_at, id
      limit ${shown}`.execute(db),
  );
  return { mails: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
}

/** Of mails that wait for nobody any more. */
export async function dropOldTrials(database: Database): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql`
      delete from held_trials t
      using mails m
      where m.id = t.mail_id and (m.outcome is null or not m.outcome ${held})
      returning t.mail_id`.execute(db),
  );
  return rows.length;
}
