/** What self-service tells (§7): only where the mail is a command, or a code that may stand for one. */
import { sql } from 'kysely';
import type { OwnStanding } from '../../../acts/self-service/records.ts';
import type { Facts, Question, SelfService } from '../../../intake/facts.ts';
import { waiting } from '../../cases/clock-columns.ts';
import type { Db, Tx } from '../../database.ts';
import { participants } from './cases.ts';

export type SelfServiceRow = { selfService: SelfService | null };

const doubtful = sql`
  select coalesce(json_agg(d.id::text), '[]')
  from found_contacts d
  where d.unreachable_since is not null or d.doubtful_since is not null`;

/** Those in force. */
const pins = sql`
  select coalesce(json_agg(json_build_object('site', p.site_id::text, 'pin', p.pin) order by p.id), '[]')
  from pins p
  where p.site_id in (select site_id from found_contacts) and p.replaced_at is not distinct from null`;

/**
 * The first response is owed by then. Of a case that was opened again and is late already it is not told. Without `offset 0` a plan
 * that was made while there were few events looks through those of all cases.
 */
const due = sql`
  case when c.status = 'open'
    and c.clock_runs
    and c.response_met_at is null
    and (c.due > now() or not exists (
      select from case_events e where e.case_id = c.id and e.kind = 'reopened' offset 0))
  then c.due end`;

const lastEvents = sql`
  select json_agg(e.line order by e.id desc)
  from (
    select id, json_build_object('kind', kind, 'at', at) as line
    from case_events
    where case_id = c.id
    order by id desc
    limit 20
  ) e`;

/** Of STATUS the case that it names; of CASES the open ones of the sender's sites. */
const caseLines = sql`
  select c.id, c.severity, c.due, json_build_object(
    'number', c.number,
    'site', c.site_id::text,
    'title', c.title,
    'status', c.status,
    'severity', c.severity,
    'kind', c.kind,
    'openedAt', c.opened_at,
    'closedAt', c.closed_at,
    'due', ${due},
    'contact', c.contact_id::text,
    'participants', ${participants},
    'events', case when q.command = 'STATUS' then (${lastEvents}) end) as line
  from cases c
  where c.id in (
    select a.id from asked_cases a where q.command = 'STATUS'
    union all
    select o.id
    from found_contacts f
    join cases o on o.site_id = f.site_id
    where q.command = 'CASES' and o.status || '' = 'open')
  order by c.severity, c.due, c.id
  limit 300`;

export const selfServiceColumns = sql`
  case when q.command is not null or cardinality(q."ownCodes") > 0 then (
    select json_build_object(
      'doubtful', (${doubtful}),
      'pins', (${pins}),
      'cases', (
        select coalesce(json_agg(told.line order by told.severity, told.due nulls last, told.id), '[]')
        from (${caseLines}) told))
  ) end as "selfService"`;

/** With on whom the cases wait that are told of. Asked for by itself, so that no other mail has it in its question. */
export async function withStanding<T extends { readonly facts: Facts }>(
  db: Db | Tx,
  questions: readonly Question[],
  all: T[],
): Promise<T[]> {
  if (questions.every(({ command }) => command !== 'STATUS' && command !== 'CASES')) return all;
  const numbers = all.flatMap(({ facts }) => facts.selfService?.cases.map((line) => line.number) ?? []);
  if (numbers.length === 0) return all;
  const { rows } = await sql<{ number: string; stands: OwnStanding }>`
    select c.number, json_build_object(
      'proposedAt', c.proposed_at,
      'waits', (${waiting}),
      'proposal', c.proposal,
      'reference', c.reference,
      'planned', c.planned,
      'resolvedIn', c.resolved_in,
      'mergedInto', (select t.number from cases t where t.id = c.merged_into)) as stands
    from cases c
    where c.number = any(${[...new Set(numbers)]}::text[])`.execute(db);
  const known = new Map(rows.map(({ number, stands }) => [number, stands]));
  return all.map((one) => {
    const { selfService } = one.facts;
    if (!selfService) return one;
    const cases = selfService.cases.map((line) => {
      const stands = known.get(line.number);
      return stands ? { ...line, stands } : line;
    });
    return { ...one, facts: { ...one.facts, selfService: { ...selfService, cases } } };
  });
}
