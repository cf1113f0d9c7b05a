/** The case behind the link of a letter, for the page that shows how it stands. */
import { sql } from 'kysely';
import type { StandingFacts } from '../../cases/pages/standing.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { Database } from '../database.ts';
import { type ClockColumns, clockColumns } from './clock-columns.ts';

export type CasePageRow = Omit<StandingFacts, 'clock'> &
  ClockColumns & {
    readonly number: CaseNumber;
    /** The case of the letter, which may have been merged into this one. */
    readonly asked: CaseNumber;
    readonly openedAt: string;
    readonly timezone: string;
    readonly language: string;
  };

/** A merged case may be merged again, always at its site. */
const mostMerged = 20;

/**
 * Null where there is no such letter, it is about no case, or whom it went to is on record at the site no more and does not take part
 * (POLICY §8.9). The question is the same whatever is asked for, so that the time of an answer tells nothing.
 */
export async function casePageOf(database: Database, letter: string): Promise<CasePageRow | null> {
  const { rows } = await database.ask((db) =>
    sql<CasePageRow>`
      with recursive led as (
        select l.case_id as id, l.case_id as first, l.to_address as reader, l.language, 0 as steps
        from letters l
        where l.id = ${letter}::bigint and not l.stranger
        union all
        select c.merged_into, led.first, led.reader, led.language, led.steps + 1
        from led
        join cases c on c.id = led.id
        where c.merged_into is not null and led.steps < ${sql.lit(mostMerged)}
      )
      select
        c.number,
        (select f.number from cases f where f.id = led.first) as asked,
        c.kind,
        c.status,
        to_json(c.opened_at) #>> '{}' as "openedAt",
        to_json(c.closed_at) #>> '{}' as "closedAt",
        to_json(c.response_met_at) #>> '{}' as "answeredAt",
        to_json(c.proposed_at) #>> '{}' as "proposedAt",
        s.timezone,
        led.language,
        ${clockColumns}
      from led
      join cases c on c.id = led.id
      join sites s on s.id = c.site_id
      where exists (select from contact_addresses a where a.site_id = c.site_id and a.address = led.reader)
        or exists (select from case_participants p where p.case_id = led.first and p.address = led.reader)
      order by led.steps desc
      limit 1`.execute(db),
  );
  return rows[0] ?? null;
}
