/** Held mails and letters that ask something, by the day: each of them is counted once. */
import { sql } from 'kysely';
import type { Mark } from '../../audit/audit-mark.ts';
import type { Tx } from '../../database.ts';
import { days, held } from '../../literals.ts';

/** A mail that is decided again and held again was held once. */
export async function countHeld(tx: Tx, { counted, upTo }: Mark, timezone: string): Promise<void> {
  await sql`
    with told as (
      select
        (a.at at time zone ${timezone}::text)::date as day,
        coalesce(m.reason_code, substring(a.detail->>'outcome' from 6)) as reason
      from audit a
      join mails m on m.id = a.subject_id::bigint
      where a.id > ${counted}::bigint
        and a.id <= ${upTo}::bigint
        and a.action = 'mail-decided'
        and a.subject_kind = 'mail'
        and a.detail->>'outcome' ${held}
        and not exists (
          select
          from audit b
          where b.subject_kind = 'mail'
            and b.subject_id = a.subject_id
            and b.id < a.id
            and b.action = 'mail-decided'
            and b.detail->>'outcome' ${held}
        )
    )
    insert into report_held_days as d (day, reason, held)
    select day, reason, count(*)
    from told
    group by day, reason
    on conflict (day, reason) do update set held = d.held + excluded.held`.execute(tx);
}

/** The same question is looked for so far back: to the same address, of the same kind and about the same thing. */
const againWithinDays = 90;
/** What our own people are asked, and the answers of renewals, are no questions to customers. */
const ours = ['work', 'renewal', 'subscription'];

/** What a letter asks about. */
const about = (letter: string) =>
  sql.raw(`coalesce(
          ${letter}.asks->>'mail', ${letter}.asks->>'case', ${letter}.asks->>'request', ${letter}.asks->>'letter',
          ${letter}.asks->>'period', ${letter}.matter)`);

export async function countQuestions(tx: Tx, { counted, upTo }: Mark, timezone: string): Promise<void> {
  await sql`
    with told as (
      select
        (a.at at time zone ${timezone}::text)::date as day,
        l.asks->>'kind' as question,
        exists (
          select
          from letters o
          where o.to_address = l.to_address
            and o.created_at <= l.created_at
            and o.created_at > l.created_at - ${days(againWithinDays)}
            and o.id < l.id
            and o.state <> 'suppressed'
            and o.asks->>'kind' = l.asks->>'kind'
            and ${about('o')} = ${about('l')}
        ) as again
      from audit a
      join letters l on l.id = a.subject_id::bigint
      where a.id > ${counted}::bigint
        and a.id <= ${upTo}::bigint
        and a.action in ('letter-queued', 'letter-waiting')
        and a.subject_kind = 'letter'
        and l.asks is not null
        and not l.stranger
        and l.asks->>'kind' <> all(${ours}::text[])
    )
    insert into report_question_days as d (day, question, asked, again)
    select day, question, count(*), count(*) filter (where again)
    from told
    group by day, question
    on conflict (day, question) do update set
      asked = d.asked + excluded.asked,
      again = d.again + excluded.again`.execute(tx);
}
