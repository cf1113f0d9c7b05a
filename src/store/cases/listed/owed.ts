/** When the first answer of a case `c` is owed, as the index of open cases has it; `infinity`: it was given, or its clock stands. */
import { type RawBuilder, sql } from 'kysely';

export const owed: RawBuilder<unknown> = sql`
  coalesce(case when c.response_met_at is null then c.due end, 'infinity')`;
