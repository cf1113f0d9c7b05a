/** When the first answer of a case `c` is owed, as the index of open cases has it; `infinity`: it was given, or its clock stands. */
import { type RawBuilder, sql } from 'kysely';
import { riskHours } from '../../../cases/clock-shown.ts';
import { hours } from '../../literals.ts';

export const owed: RawBuilder<unknown> = sql`
  coalesce(case when c.response_met_at is null then c.due end, 'infinity')`;

export const isOpen = sql`c.status = 'open'`;
/** Each severity by name, so that the index of open cases is asked for each. */
export const atRisk = sql`
  ${isOpen} and c.severity in (1, 2, 3, 4) and ${owed} < now() + ${hours(riskHours)} and c.clock_runs`;
/** How an open case stands. */
export const standings = {
  unanswered: sql`${isOpen} and c.response_met_at is null`,
  late: sql`${isOpen} and ${owed} < now()`,
  waiting: sql`${isOpen} and not c.clock_runs and not c.lapsed and c.proposed_at is null`,
  proposed: sql`${isOpen} and c.proposed_at is not null`,
  lapsed: sql`${isOpen} and c.lapsed`,
} as const;
