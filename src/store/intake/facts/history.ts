/** Letters of the last day by which the next ones are limited (POLICY §3 "Letters, how many"), and what the sender has said. */
import { type RawBuilder, sql } from 'kysely';
import { caseNumber } from '../../../foundation/ids.ts';
import type { Facts, PastLetter } from '../../../intake/facts.ts';
import { dayHours, hourHours, onceADay, onceADayHours } from '../../../outbound/letter-limits.ts';
import { letterSettled } from '../../letters/letter-history.ts';
import { hours, outcome } from '../../literals.ts';

const hour = hours(hourHours);
const day = hours(dayHours);

export type HistoryRow = {
  toSender: (PastLetter & { n: number })[] | null;
  toStaff: PastLetter[] | null;
  strangersHour: string;
  strangersDay: string;
  letterCounts: Record<string, number> | null;
  saidBefore: { text: string | null; newText: string | null; case: string | null }[] | null;
};

/**
 * What is looked at of a letter: within the hour what it was about, but for acknowledgements, and after that only its kind; of a
 * question what it asks for, all day. `keys` gives rows k; `counted` and `settled` speak of letters `l`.
 */
export const pastLetters = (of: {
  readonly keys: RawBuilder<unknown>;
  readonly at: RawBuilder<unknown>;
  readonly counted: RawBuilder<unknown>;
  readonly settled: RawBuilder<unknown>;
}) => sql`
  select json_agg(json_build_object(
    'template', past.template,
    'matter', past.matter,
    'at', past.at,
    'followsOwn', past.follows_own,
    'suppressed', false,
    'settled', past.settled,
    'n', past.n))
  from ${of.keys}
  cross join lateral (
    select
      l.template,
      l.follows_own,
      min(l.created_at) as at,
      count(*) as n,
      ${of.settled} as settled,
      case when l.template = 'acknowledgement' or (l.created_at <= ${of.at} - ${hour} and l.asks is null)
        then '' else l.matter end as matter
    from letters l
    where l.rate_key = k.key and l.created_at > ${of.at} - ${day} and ${of.counted}
    group by l.template, l.follows_own, l.created_at > ${of.at} - ${hour}, 5, 6
  ) past`;

const past = pastLetters({
  keys: sql`rate_keys k`,
  at: sql`now()`,
  counted: sql`l.state <> 'suppressed'`,
  settled: letterSettled,
});
export const toSender = sql`(${past}) as "toSender"`;

/** What the sender has written within a day; `number` is that of the case of a mail `e`. */
export const writtenBefore = (number: RawBuilder<unknown>) => sql`
  select json_agg(json_build_object(
    'text', left(e.facts->>'text', 8000),
    'newText', left(e.facts->>'newText', 4000),
    'case', (${number})))
  from (
    select m.facts, m.case_id
    from mails m
    where m.from_address = q.sender
      and m.arrived_at > q."arrivedAt" - ${day}
      and m.arrived_at <= q."arrivedAt"
      and m.id <> q.mail
      and m.outcome <> ${outcome('duplicate')}
    order by m.arrived_at desc
    limit 30
  ) e`;

/** Only of a mail that may be one of a loop, and where two letters have gone there already. */
export const saidBefore = sql`
  case when q."mayBeLoop"
    and exists (select from found_contacts)
    and (
      select count(*)
      from rate_keys k
      join letters l on l.rate_key = k.key and l.created_at > now() - ${day}) >= 2
  then (${writtenBefore(sql`select c.number from cases c where c.id = e.case_id`)}) end as "saidBefore"`;

/** Where there are more when the decision is written down, they have moved. */
export const letterCounts = sql`
  (
    select json_object_agg(key, (
      select count(*) from letters l where l.rate_key = key and l.created_at > now() - ${day}))
    from rate_keys
    where key is not null
  ) as "letterCounts"`;

/** The last hour, and of too few support licences the last day, of which our people are told once. */
const recentToStaff = (staff: RawBuilder<unknown>) => sql`
  select * from letters where to_address = any(${staff}) and created_at > now() - ${hour}
  union all
  select *
  from letters
  where to_address = any(${staff})
    and matter like ${sql.lit(`${onceADay}%`)}
    and created_at <= now() - ${hour}
    and created_at > now() - ${hours(onceADayHours)}`;

export const toOthers = (staff: readonly string[]) => sql`
  (
    select json_agg(json_build_object(
      'template', l.template,
      'matter', l.matter,
      'at', l.created_at,
      'followsOwn', false,
      'suppressed', false) order by l.id)
    from (${recentToStaff(sql`${staff}::text[]`)}) l
    where l.state <> 'suppressed'
  ) as "toStaff",
  (
    select count(*)
    from letters
    where stranger and state <> 'suppressed' and created_at > now() - ${hour}
  ) as "strangersHour",
  (
    select count(*)
    from letters
    where stranger and state <> 'suppressed' and created_at > now() - ${day}
  ) as "strangersDay"`;

export const historyFacts = (row: HistoryRow): Pick<Facts, 'history'> => ({
  history: {
    toSender: (row.toSender ?? []).flatMap(({ n, ...past }) => Array.from({ length: n }, () => past)),
    saidBefore: (row.saidBefore ?? []).map((one) => ({
      text: one.text ?? '',
      newText: one.newText ?? '',
      case: one.case === null ? null : caseNumber(one.case),
    })),
    toStaff: row.toStaff ?? [],
    strangersHour: Number(row.strangersHour),
    strangersDay: Number(row.strangersDay),
  },
});
