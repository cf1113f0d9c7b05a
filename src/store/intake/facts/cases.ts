/** Cases that the mail leads to, with what their clocks have been through. */
import { sql } from 'kysely';
import type { CaseFacts } from '../../../intake/facts.ts';

export type CasesRow = { cases: CaseFacts[] | null };

/** What the clock of a case `c` has been through. */
export const clock = sql`
  select coalesce(json_agg(json_build_object(
    'at', e.at,
    'rating', e.detail->'rating',
    'of', e.detail->'case',
    'due', e.detail->'due',
    'type', case e.kind
      when 'clock-started' then 'started'
      when 'severity-changed' then 're-rated'
      when 'clock-re-rated' then 're-rated'
      when 'clock-paused' then 'paused'
      when 'clock-resumed' then 'resumed'
      when 'reopened' then 'resumed'
      when 'clock-met' then 'met'
      when 'clock-breached' then 'breached'
      when 'unmerged' then 'resumed'
      when 'joined' then 'joined'
      when 'parted' then 'parted'
      else 'stopped' end) order by e.id), '[]')
  from case_events e
  where e.case_id = c.id
    and e.kind in (
      'clock-started', 'severity-changed', 'clock-re-rated', 'clock-paused', 'clock-resumed', 'clock-met',
      'clock-breached', 'clock-stopped', 'closed', 'reopened', 'merged', 'unmerged', 'joined', 'parted')
    and (e.kind not in ('clock-started', 'severity-changed', 'clock-re-rated') or e.detail->'rating' is not null)`;

/** On the day of the mail, where the site is. */
const reopensToday = sql`
  select count(*)
  from case_events e
  join sites s on s.id = c.site_id
  where e.case_id = c.id
    and e.kind = 'reopened'
    and (e.at at time zone s.timezone)::date = (q."arrivedAt" at time zone s.timezone)::date`;

/** Addresses that take part in a case `c`. */
export const participants = sql`array(select address from case_participants p where p.case_id = c.id)`;

export const cases = sql`
  (
    select json_agg(json_build_object(
      'id', c.id::text,
      'number', c.number,
      'site', c.site_id::text,
      'title', c.title,
      'status', c.status,
      'severity', c.severity,
      'kind', c.kind,
      'product', c.product,
      'answered', c.response_met_at is not null,
      'clock', (${clock}),
      'closedAt', c.closed_at,
      'proposed', c.proposed_at is not null,
      'lapsed', c.lapsed,
      'language', c.language,
      'versionNo', c.version_no,
      'reopensToday', (${reopensToday}),
      'participants', ${participants},
      'requester', c.contact_address,
      'proposal', c.proposal,
      'escalation', c.escalation,
      'mergedInto', (select t.number from cases t where t.id = c.merged_into),
      'followedUpBy', (select f.number from cases f where f.follow_up_of = c.id)))
    from cases c
    where c.id in (select id from asked_cases)
  ) as cases`;
