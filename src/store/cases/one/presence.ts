/** Who is at a case just now. Whoever has said nothing for half a minute is not. */
import { sql } from 'kysely';
import type { Database } from '../../database.ts';

export type Present = { readonly staff: string; readonly typing: boolean };

/** Seconds after which it is of no use any more that somebody was there. */
const keptFor = 3600;
/** Seconds for which somebody is there who has said so. */
export const presentFor = 30;

/** What is older than an hour is of no use; a few of them go with each that is said. */
export async function sayPresent(
  database: Database,
  { caseId, session, staff, typing }: { caseId: string; session: string; staff: string; typing: boolean | null },
): Promise<void> {
  await database.ask((db) =>
    sql`
      with gone as (
        delete from case_presence
        where (case_id, session) in (
          select case_id, session
          from case_presence
          where looking_at < now() - make_interval(secs => ${sql.lit(keptFor)})
          limit 20
          for update skip locked)
      )
      insert into case_presence (case_id, session, staff, typing_at)
      values (${caseId}::bigint, ${session}, ${staff}, case when ${typing === true} then now() end)
      on conflict (case_id, session) do update set
        looking_at = now(),
        typing_at = case
          when ${typing === true} then now()
          when ${typing === false} then null
          else case_presence.typing_at
          end`.execute(db),
  );
}

/** Others than `staff`, by name of their address; whoever types in one window types. */
export async function presentAt(database: Database, caseId: string, staff: string): Promise<readonly Present[]> {
  const { rows } = await database.ask((db) =>
    sql<Present>`
      select
        staff,
        coalesce(bool_or(typing_at > now() - make_interval(secs => ${sql.lit(presentFor)})), false) as typing
      from case_presence
      where case_id = ${caseId}::bigint
        and staff <> ${staff}
        and looking_at > now() - make_interval(secs => ${sql.lit(presentFor)})
      group by staff
      order by staff`.execute(db),
  );
  return rows;
}
