import { sql } from 'kysely';
import type { LeftOut } from '../../outbound/letter.ts';
import type { Db } from '../database.ts';

export type Unsummed = {
  readonly to: string;
  readonly language: string;
  readonly timezone: string;
  readonly now: string;
  /** The newest acknowledgement that was left out: the key under which the summary is written once. */
  readonly lastLetter: string;
  /** Some of them are cases since the contract was renewed. */
  readonly renewed: boolean;
  readonly cases: readonly {
    readonly number: string;
    readonly title: string;
    readonly severity: 1 | 2 | 3 | 4;
    readonly due: string;
  }[];
};

/** Summed up within so many days, or never. */
const days = 7;
/** One summary to a contact in so many hours. */
const hours = 1;

/** Contacts whose acknowledgements were left out since their last summary, where that is an hour ago or never was. */
export async function unsummedAcknowledgements(db: Db): Promise<Unsummed[]> {
  const leftOut: readonly LeftOut[] = ['over-limit', 'after-renewal'];
  const { rows } = await sql<Unsummed>`
    select
      l.to_address as "to",
      min(l.language) as language,
      min(s.timezone) as timezone,
      to_json(now()) #>> '{}' as now,
      max(l.id)::text as "lastLetter",
      bool_or(l.state_code = ${'after-renewal' satisfies LeftOut}) as renewed,
      json_agg(json_build_object(
        'number', c.number,
        'title', c.title,
        'severity', c.severity,
        'due', c.due) order by c.id) as cases
    from letters l
    join cases c on c.id = l.case_id
    join sites s on s.id = c.site_id
    where l.state = 'suppressed'
      and l.state_code = any(${leftOut}::text[])
      and l.created_at > now() - make_interval(days => ${days})
      and l.id > coalesce((
        select max(split_part(p.matter, ':', 2)::bigint)
        from letters p
        where p.template = 'opened-summary' and p.to_address = l.to_address), 0)
      and not exists (
        select
        from letters p
        where p.template = 'opened-summary'
          and p.to_address = l.to_address
          and p.created_at > now() - make_interval(hours => ${hours}))
      and not exists (
        select
        from mails m
        where m.state = 'new' and m.from_address = l.to_address and m.admitted->>'renewed' = 'true')
    group by l.to_address`.execute(db);
  return rows;
}
