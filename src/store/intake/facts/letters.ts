/** Letters of ours that the mail answers or that came back, with what they asked and whom they went to. */
import { type RawBuilder, sql } from 'kysely';
import { letterId } from '../../../foundation/ids.ts';
import type { Facts, LetterFacts } from '../../../intake/facts.ts';
import { answersTo } from '../../cases/satisfaction.ts';
import { contactJson } from './registry.ts';

export type LettersRow = { letters: LetterFacts[] | null };

/** Questions about senders as they stand now; `of` gives rows x, `id` the id in one. */
export const senderQuestions = (of: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`
  select json_agg(json_build_object(
    'id', s.id::text,
    'site', s.site_id::text,
    'siteNumber', w.number,
    'address', s.address,
    'case', c.number,
    'caseContact', c.contact_id::text,
    'answer', s.answer) order by s.id)
  from ${of}
  join sender_questions s on s.id = ${id}::bigint
  join sites w on w.id = s.site_id
  left join cases c on c.id = s.case_id`;

const sendersAsked = senderQuestions(sql`jsonb_array_elements_text(l.asks->'questions') as x(id)`, sql`x.id`);

/** The mail that it asked about, with everybody on record at the address it came from. */
const original = sql`
  select json_build_object(
    'id', m.id::text,
    'arrivedAt', m.arrived_at,
    'outcome', m.outcome,
    'facts', m.facts,
    'case', (select number from cases c where c.id = m.case_id),
    'writers', (
      select coalesce(json_agg(${contactJson} order by c.id), '[]')
      from contact_addresses w
      join contacts c on c.id = w.contact_id
      where w.address = m.from_address))
  from mails m
  where m.id = (l.asks->>'mail')::bigint and m.facts is not null`;

/** Who looks after the account that a letter about a renewal was sent to (§10.4). */
const representative = sql`
  select s.representative
  from renewal_steps t
  join sites s on s.id = t.site_id
  where t.id = (l.asks->>'step')::bigint`;

const satisfaction = sql`select json_build_object('askedAt', l.created_at, 'answers', (${answersTo}))`;

export const letters = sql`
  (
    select json_agg(json_build_object(
      'id', l.id::text,
      'template', l.template,
      'to', l.to_address,
      'messageId', l.message_id,
      'asks', l.asks,
      'settled', l.settled_at is not null,
      'state', l.state,
      'sealed', l.sealed,
      'case', (select number from cases c where c.id = l.case_id),
      'original', (${original}),
      'senders', case when l.asks->>'kind' = 'senders' then (${sendersAsked}) end,
      'satisfaction', case when l.asks->>'kind' = 'satisfaction' then (${satisfaction}) end,
      'representative', case when l.asks->>'kind' = 'renewal' then (${representative}) end,
      'contact', (
        select json_build_object('id', c.id::text, 'lastHardBounce', c.last_hard_bounce)
        from contact_addresses a
        join contacts c on c.id = a.contact_id
        where a.address = l.to_address
        order by c.id
        limit 1)))
    from asked_letters l
  ) as letters`;

export const lettersFacts = (row: LettersRow): Pick<Facts, 'letters'> => ({
  letters: (row.letters ?? []).map((l) => ({ ...l, id: letterId(l.id) })),
});
