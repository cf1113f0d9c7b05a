/** Who is at which case just now, over all of them: few, by the index of when they last said so. */
import { sql } from 'kysely';
import type { Database } from '../../database.ts';
import { type Present, presentFor } from '../one/presence.ts';

export type PresentOn = Present & {
  /** Of the case. */
  readonly number: string;
};

/** More than that nobody looks at. */
const mostPresent = 500;

export async function presentNow(database: Database): Promise<readonly PresentOn[]> {
  const { rows } = await database.ask((db) =>
    sql<PresentOn>`
      select
        c.number,
        p.staff,
        coalesce(bool_or(p.typing_at > now() - make_interval(secs => ${sql.lit(presentFor)})), false) as typing
      from case_presence p
      join cases c on c.id = p.case_id
      where p.looking_at > now() - make_interval(secs => ${sql.lit(presentFor)})
      group by c.number, p.staff
      order by c.number, p.staff
      limit ${mostPresent}`.execute(db),
  );
  return rows;
}
