/** The rows that a mail leads to, by which everything else is looked up: common table expressions of one question `q`. */
import { sql } from 'kysely';
import { confirmedActVersion } from '../../../intake/questions/confirmed-act.ts';

/** Letters of ours that the mail answers, or that came back. */
const askedLetters = sql`
  asked_letters as (
    select l.* from letters l where l.id = any(q.letters) or l.message_id = any(q.returned)
  )`;

/** Of an act of another version nothing is known but its site. */
const readable = sql`coalesce((l.asks->>'version')::int, 1) = ${sql.lit(confirmedActVersion)}`;

/** Codes by their letter, by a letter that asked for them again, by themselves, and for a mail that is nothing but a code by its sender. */
const askedCodes = sql`
  asked_codes as (
    select k.*, l.asks, l.case_id, case when ${readable} then l.asks->'act' end as act
    from (
      select unnest(q.letters) as id
      union
      select (a.asks->>'letter')::bigint from asked_letters a where a.asks->>'kind' = 'code'
      union
      select letter_id from confirmation_codes where hash = any(q.codes)
      union
      select o.letter_id
      from found_contacts c
      join confirmation_codes o on o.contact_id = c.id and o.closed_at is null
      where q."onlyCode"
    ) about
    cross join lateral (select * from confirmation_codes where letter_id = about.id offset 0) k
    cross join lateral (select asks, case_id from letters where id = k.letter_id offset 0) l
    where cardinality(q.codes) > 0 or cardinality(q.letters) > 0
  )`;

/** Privileged PINs that the mail tells, and those that a code is to use. */
const foundPrivileged = sql`
  found_privileged as (
    select p.*
    from unnest(q.privileged) h(hex)
    join privileged_pins p on p.hash = decode(h.hex, 'hex')
    where cardinality(q.privileged) > 0
    union
    select p.* from asked_codes k join privileged_pins p on p.id = (k.act->>'pin')::bigint
  )`;

/** By number, letter, held mail, earlier mail, code and privileged PIN; then what was opened in their place, or what they were merged into. */
const askedCases = sql`
  asked_cases as (
    select c.id, c.number, c.site_id from cases c where c.number = any(q.cases)
    union
    select c.id, c.number, c.site_id from asked_letters l join cases c on c.id = l.case_id
    union
    select c.id, c.number, c.site_id
    from asked_letters l
    join mails m on m.id = (l.asks->>'mail')::bigint
    join cases c on c.id = m.case_id
    union
    select c.id, c.number, c.site_id
    from mails m
    join cases c on c.id = m.case_id
    where m.message_id = any(q.answers)
    union
    select c.id, c.number, c.site_id from asked_codes k join cases c on c.id = k.case_id
    union
    select c.id, c.number, c.site_id from found_privileged p join cases c on c.id = p.case_id
    union
    select c.id, c.number, c.site_id
    from asked_cases a
    cross join lateral (
      select f.* from cases f where f.follow_up_of = a.id
      union all
      select t.* from cases m join cases t on t.id = m.merged_into where m.id = a.id
    ) c
  )`;

const foundPins = sql`
  found_pins as (
    select * from pins where pin = any(q.pins)
    union
    select p.*
    from found_contacts c
    join pins p on p.site_id = c.site_id
    where cardinality(q."ownPins") > 0 and p.pin = any(q."ownPins")
  )`;

const foundLicences = sql`
  found_licences as (
    select number, site_id from licences where number = any(q.licences)
    union
    select s.number, s.id from sites s where s.number = any(q.licences)
  )`;

const foundContacts = sql`
  found_contacts as (
    select distinct c.*
    from contact_addresses a
    join contacts c on c.id = a.contact_id
    where a.address = q.sender
  )`;

const siteIds = sql`
  site_ids as (
    select site_id from asked_cases
    union
    select site_id from found_pins
    union
    select site_id from found_licences
    union
    select site_id from found_contacts
    union
    select q.site where q.site is not null
  )`;

/** Under what letters to the sender are counted. */
const rateKeys = sql`
  rate_keys as (
    select regexp_replace(q.sender, '\\+[^@]*@', '@') as key
    union
    select regexp_replace(a.address, '\\+[^@]*@', '@')
    from found_contacts c
    join contact_addresses a on a.contact_id = c.id and a.main
  )`;

export const found = sql.join([
  askedLetters,
  askedCodes,
  foundPrivileged,
  askedCases,
  foundPins,
  foundLicences,
  foundContacts,
  siteIds,
  rateKeys,
]);
