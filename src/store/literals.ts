/**
 * Names and times of the rules as literals of a statement: an index over some rows is used where they stand in the text, and not
 * where they come as values. The compiler knows each name.
 */
import { type RawBuilder, sql } from 'kysely';
import { type Missing, type mailOutcomes, waitingFor } from '../changes/outcome.ts';
import type { Role } from '../registry/site.ts';
import { mostCounted } from '../upkeep/overview/look.ts';

export const outcome = (name: (typeof mailOutcomes)[number]): RawBuilder<unknown> => sql.lit(name);

/** For `in`. */
export const oneOf = (names: readonly string[]): RawBuilder<unknown> =>
  sql`(${sql.join(names.map((name) => sql.lit(name)))})`;

/** For `outcome in`: mails that wait for this. */
export const awaiting = (what: Missing): RawBuilder<unknown> => oneOf(waitingFor(what));

export const hours = (count: number): RawBuilder<unknown> => sql`interval ${sql.lit(`${count} hours`)}`;
export const seconds = (count: number): RawBuilder<unknown> => sql`interval ${sql.lit(`${count} seconds`)}`;
export const days = (count: number): RawBuilder<unknown> => sql`interval ${sql.lit(`${count} days`)}`;

/** How many rows a query has; above `mostCounted` one more, whatever there is: such a count costs no more than that. */
export const upTo = (rows: RawBuilder<unknown>) =>
  sql<number>`(select count(*)::int from (${rows} limit ${sql.lit(mostCounted + 1)}) n)`;

/** Outcomes of mails that are held begin alike, and their index goes by that. */
export const held: RawBuilder<unknown> = sql`like ${sql.lit('held-%')}`;

/** A contact `c` decides for others (POLICY §1), where these roles do by themselves. */
export const mayDecide = (roles: readonly Role[]): RawBuilder<unknown> => sql`
  (c.role = ${sql.lit('primary' satisfies Role)}
    or coalesce(
      c.privileges->>'manage access',
      case when c.role = any(${[...roles]}::text[]) then 'update' end) = 'update')`;
