/** How many letters of an announcement wait to go out, and whether there is somebody left to be written to. */
import { sql } from 'kysely';

/** At most so many of one announcement: a pause is felt at once, and no answer to anybody has more of them before it. */
export const mostWaiting = sql.lit(500);

/**
 * Of the announcement `a`, up to that number. By what has not left, which is little, whatever the server believes: from the side of the
 * recipients it would look at all of them.
 */
export const waitingOf = sql<number>`(
  select count(*)::int
  from (
    select
    from (select l.id from letters l where l.state in ('queued', 'unknown') offset 0) w
    cross join lateral (
      select
      from announcement_recipients r
      where r.announcement_id = a.id and r.letter_id = w.id
      limit 1
    ) r
    limit ${mostWaiting}
  ) x
)`;

/** In their order, which leads by the index of those alone. */
export const someOpen = sql<boolean>`(
  select r.address
  from announcement_recipients r
  where r.announcement_id = a.id and r.state = 'open'
  order by r.address
  limit 1
) is not null`;
