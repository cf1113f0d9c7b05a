/** What is asked of a case `c` to show its clock. */
import { sql } from 'kysely';
import type { ClockShown } from '../../cases/clock-shown.ts';
import type { ClockEvent } from '../../cases/response-clock.ts';
import { clock } from '../intake/facts/cases.ts';

export type ClockColumns = {
  readonly clockEvents: readonly ClockEvent[];
  readonly warnedAt: string | null;
  readonly waiting: ClockShown['waiting'];
  readonly now: string;
};

/** Since when a case `c` waits for its customer, and until when. */
export const waiting = sql`
  select case when e.kind = 'clock-paused' then json_build_object('since', e.at, 'until', e.detail->'until') end
  from case_events e
  where e.case_id = c.id and e.kind in ('clock-paused', 'clock-resumed', 'closed', 'reopened')
  order by e.id desc
  limit 1`;

export const clockColumns = sql`
  (${clock}) as "clockEvents",
  (
    select to_json(max(e.at)) #>> '{}'
    from case_events e
    where e.case_id = c.id
      and (e.kind = 'clock-warned' or (e.kind = 'offered' and (e.detail->>'percent')::int > 0))
  ) as "warnedAt",
  (${waiting}) as waiting,
  to_json(now()) #>> '{}' as now`;
