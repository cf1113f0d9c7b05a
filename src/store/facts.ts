import { sql } from 'kysely';
import { caseNumber, contactId, letterId, mailId, siteId, siteNumber } from '../foundation/ids.ts';
import type {
  CaseFacts,
  ConfirmationFacts,
  Facts,
  LetterFacts,
  PastLetter,
  PrivilegedFacts,
  Question,
  Quotable,
  SelfService,
  SiteFacts,
} from '../intake/facts.ts';
import type { Pin } from '../registry/pin.ts';
import type { Contact, ProductVersion } from '../registry/site.ts';
import type { Db, Tx } from './database.ts';
import { letterSettled } from './letter-history.ts';
import { primaryOf, stateOf } from './privileged-pins.ts';

type Row = {
  i: number;
  now: string;
  earlier: { mail: string; case: string | null } | null;
  used: boolean;
  answered: { id: string; state: string; case: string | null }[] | null;
  contacts: Contact[] | null;
  pins: Pin[] | null;
  licences: { number: string; site: string }[] | null;
  sites: SiteFacts[] | null;
  products: string[] | null;
  versions: ProductVersion[] | null;
  cases: CaseFacts[] | null;
  letters: LetterFacts[] | null;
  confirmations: ConfirmationFacts[] | null;
  privileged: PrivilegedFacts[] | null;
  selfService: SelfService | null;
  toSender: (PastLetter & { n: number })[] | null;
  toStaff: PastLetter[] | null;
  strangersHour: string;
  strangersDay: string;
  letterCounts: Record<string, number> | null;
  pinLock: { locked: boolean; silent: boolean } | null;
  blocked: boolean;
  saidBefore: { text: string | null; newText: string | null; case: string | null }[] | null;
  contactLock: boolean;
  quotedLetters: { id: string; text: string | null; raw: string | null; sealed: boolean }[] | null;
  quotedMails: { text: string; letter: boolean }[] | null;
};

export type Loaded = {
  readonly facts: Facts;
  /** PostgreSQL's clock, ISO 8601. */
  readonly now: string;
  /** Letters of the last 24 hours by the sender's rate keys: where there are more when it is written down, they have moved. */
  readonly letterCounts: Readonly<Record<string, number>>;
};

/**
 * Everything a decision asks for, in one round trip for any number of mails, with PostgreSQL's clock. `staff` are the addresses
 * of our own people. Instants come as ISO 8601 with offset, days as ISO dates.
 */
export async function loadFacts(
  db: Db | Tx,
  questions: readonly Question[],
  staff: readonly string[],
): Promise<Loaded[]> {
  const asked = questions.map((question, i) => ({ i, ...question, fingerprint: fingerprint(question) }));
  const { rows } = await sql<Row>`
    select q.i, f.* from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as q(i int, mail bigint, "arrivedAt" timestamptz, sender text, pins text[], "ownPins" text[], licences text[],
      cases text[], letters bigint[], returned text[], "messageId" text, "contentHash" text, fingerprint text, answers text[], guesses text[], blocks text[], "mayGoRound" boolean, site bigint,
      codes text[], "ownCodes" text[], "onlyCode" boolean, "mayQuote" boolean, command text, privileged text[], "privilegedNamed" text[])
    cross join lateral (with recursive
        asked_letters as (
          select l.* from letters l where l.id = any(q.letters) or l.message_id = any(q.returned)
        ),
        asked_codes as (
          select k.*, l.asks, l.case_id from (select unnest(q.letters) as id union select (a.asks->>'letter')::bigint from asked_letters a where a.asks->>'kind' = 'code' union select letter_id from confirmation_codes where hash = any(q.codes)
            union select o.letter_id from found_contacts c join confirmation_codes o on o.contact_id = c.id and o.closed_at is null where q."onlyCode") about
          cross join lateral (select * from confirmation_codes where letter_id = about.id offset 0) k
          cross join lateral (select asks, case_id from letters where id = k.letter_id offset 0) l
          where cardinality(q.codes) > 0 or cardinality(q.letters) > 0
        ),
        found_privileged as (
          select p.* from unnest(q.privileged) h(hex) join privileged_pins p on p.hash = decode(h.hex, 'hex') where cardinality(q.privileged) > 0
          union select p.* from asked_codes k join privileged_pins p on p.id = (k.asks->'act'->>'pin')::bigint
        ),
        asked_cases as (
          select c.id, c.number, c.site_id from cases c where c.number = any(q.cases)
          union select c.id, c.number, c.site_id from asked_letters l join cases c on c.id = l.case_id
          union select c.id, c.number, c.site_id from asked_letters l join mails m on m.id = (l.asks->>'mail')::bigint join cases c on c.id = m.case_id
          union select c.id, c.number, c.site_id from mails m join cases c on c.id = m.case_id where m.message_id = any(q.answers)
          union select c.id, c.number, c.site_id from asked_codes k join cases c on c.id = k.case_id
          union select c.id, c.number, c.site_id from found_privileged p join cases c on c.id = p.case_id
          union select c.id, c.number, c.site_id from asked_cases a join cases c on c.follow_up_of = a.id
        ),
        found_pins as (
          select * from pins where pin = any(q.pins)
          union select p.* from found_contacts c join pins p on p.site_id = c.site_id where cardinality(q."ownPins") > 0 and p.pin = any(q."ownPins")
        ),
        found_licences as (
          select number, site_id from licences where number = any(q.licences)
          union select s.number, s.id from sites s where s.number = any(q.licences)
        ),
        found_contacts as (
          select distinct c.* from contact_addresses a join contacts c on c.id = a.contact_id where a.address = q.sender
        ),
        site_ids as (
          select site_id from asked_cases union select site_id from found_pins union select site_id from found_licences
          union select site_id from found_contacts union select q.site where q.site is not null
        ),
        rate_keys as (
          select regexp_replace(q.sender, '\\+[^@]*@', '@') as key
          union select regexp_replace(a.address, '\\+[^@]*@', '@') from found_contacts c join contact_addresses a on a.contact_id = c.id and a.main
        )
        select
          to_json(now()) #>> '{}' as now,
          (select json_build_object('mail', f.mail_id::text, 'case', (select c.number from mails m join cases c on c.id = m.case_id where m.id = f.mail_id))
             from content_first_seen f where f.fingerprint = q.fingerprint and f.mail_id <> q.mail
             and f.arrived_at between q."arrivedAt" - interval '7 days' and q."arrivedAt" + interval '7 days') as earlier,
          exists (select from mails m where m.message_id = q."messageId" and m.id <> q.mail and m.content_hash <> q."contentHash") as used,
          case when cardinality(q.answers) > 0 then (
            select json_agg(json_build_object('id', m.id::text, 'state', m.state, 'case', (select number from cases c where c.id = m.case_id)) order by a.place, m.id)
            from unnest(q.answers) with ordinality a(message_id, place) join mails m on m.message_id = a.message_id and m.id <> q.mail) end as answered,
          (select json_agg(json_strip_nulls(json_build_object('id', c.id::text, 'siteId', c.site_id::text, 'name', c.name, 'phone', c.phone, 'role', c.role, 'types', c.types,
              'email', (select address from contact_addresses a where a.contact_id = c.id and a.main),
              'aliases', array(select address from contact_addresses a where a.contact_id = c.id and not a.main))) order by c.id) from found_contacts c) as contacts,
          (select json_agg(json_build_object('pin', p.pin, 'siteId', p.site_id::text, 'issuedAt', p.issued_at, 'replacedAt', p.replaced_at) order by p.id) from found_pins p) as pins,
          (select json_agg(json_build_object('number', l.number, 'site', l.site_id::text)) from found_licences l) as licences,
          (select json_agg(json_build_object(
              'site', json_strip_nulls(json_build_object('id', s.id::text, 'number', s.number, 'name', s.name, 'country', s.country, 'state', s.state, 'timezone', s.timezone, 'language', s.language)),
              'plans', (select coalesce(json_agg(json_build_object('kind', p.kind, 'from', p.valid_from, 'to', p.valid_to) order by p.position), '[]') from plans p where p.site_id = s.id),
              'licences', (select coalesce(json_agg(json_build_object('number', l.number, 'product', pr.name, 'kind', l.kind, 'quantity', l.quantity, 'from', l.valid_from, 'to', l.valid_to,
                  'registeredOn', l.registered_on) order by l.position), '[]') from licences l join products pr on pr.id = l.product_id where l.site_id = s.id)))
            from sites s where s.id in (select site_id from site_ids)) as sites,
          case when q.i = 0 then (select json_agg(name order by name) from products) end as products,
          case when q.i = 0 then (select json_agg(json_build_object('product', p.name, 'version', v.version, 'stage', v.stage, 'preview', v.preview)) from product_versions v join products p on p.id = v.product_id) end as versions,
          (select json_agg(json_build_object('id', c.id::text, 'number', c.number, 'site', c.site_id::text, 'title', c.title, 'status', c.status, 'severity', c.severity, 'kind', c.kind, 'product', c.product,
              'answered', c.response_met_at is not null, 'clock', (select coalesce(json_agg(json_build_object('at', e.at, 'rating', e.detail->'rating',
                'type', case e.kind when 'clock-started' then 'started' when 'severity-changed' then 're-rated' else 'paused' end) order by e.id), '[]')
                from case_events e where e.case_id = c.id and e.kind in ('clock-started', 'severity-changed', 'clock-stopped')),
              'closedAt', c.closed_at, 'lapsed', c.lapsed, 'language', c.language, 'versionNo', c.version_no,
              'reopensToday', (select count(*) from case_events e join sites s on s.id = c.site_id where e.case_id = c.id and e.kind = 'reopened'
                 and (e.at at time zone s.timezone)::date = (q."arrivedAt" at time zone s.timezone)::date),
              'participants', array(select address from case_participants p where p.case_id = c.id),
              'followedUpBy', (select f.number from cases f where f.follow_up_of = c.id))) from cases c where c.id in (select id from asked_cases)) as cases,
          (select json_agg(json_build_object('id', l.id::text, 'template', l.template, 'to', l.to_address, 'messageId', l.message_id, 'asks', l.asks, 'settled', l.settled_at is not null, 'state', l.state, 'sealed', l.sealed,
              'case', (select number from cases c where c.id = l.case_id),
              'original', (select json_build_object('id', m.id::text, 'arrivedAt', m.arrived_at, 'outcome', m.outcome, 'facts', m.facts, 'case', (select number from cases c where c.id = m.case_id),
                 'writers', (select coalesce(json_agg(json_strip_nulls(json_build_object('id', c.id::text, 'siteId', c.site_id::text, 'name', c.name, 'phone', c.phone, 'role', c.role, 'types', c.types,
                    'email', (select address from contact_addresses a where a.contact_id = c.id and a.main),
                    'aliases', array(select address from contact_addresses a where a.contact_id = c.id and not a.main))) order by c.id), '[]')
                   from contact_addresses w join contacts c on c.id = w.contact_id where w.address = m.from_address))
                 from mails m where m.id = (l.asks->>'mail')::bigint),
              'senders', case when l.asks->>'kind' = 'senders' then (select json_agg(json_build_object('id', s.id::text, 'site', s.site_id::text, 'siteNumber', w.number, 'address', s.address,
                  'case', c.number, 'caseContact', c.contact_id::text, 'answer', s.answer) order by s.id)
                from jsonb_array_elements_text(l.asks->'questions') as x(id) join sender_questions s on s.id = x.id::bigint join sites w on w.id = s.site_id left join cases c on c.id = s.case_id) end,
              'contact', (select json_build_object('id', c.id::text, 'lastHardBounce', c.last_hard_bounce) from contact_addresses a join contacts c on c.id = a.contact_id
                 where a.address = l.to_address order by c.id limit 1))) from asked_letters l) as letters,
          case when cardinality(q.codes) > 0 or cardinality(q.letters) > 0 then (
            select json_agg(json_build_object('letter', k.letter_id::text, 'to', (select l.to_address from letters l where l.id = k.letter_id), 'asks', k.asks, 'hash', k.hash, 'matches', k.hash = any(q."ownCodes"), 'expired', k.expires_at <= now(),
              'senders', case when k.asks->'act'->>'kind' = 'senders' then (select json_agg(json_build_object('id', s.id::text, 'site', s.site_id::text, 'siteNumber', w.number, 'address', s.address,
                  'case', c.number, 'caseContact', c.contact_id::text, 'answer', s.answer) order by s.id)
                from jsonb_array_elements(k.asks->'act'->'answers') as x(line) join sender_questions s on s.id = (x.line->>'question')::bigint join sites w on w.id = s.site_id left join cases c on c.id = s.case_id) end,
              'wrong', k.wrong, 'closed', k.closed_why) order by k.letter_id desc) from asked_codes k) end as confirmations,
          (select json_agg(json_build_object('id', p.id::text, 'told', encode(p.hash, 'hex') = any(q.privileged), 'named', encode(p.hash, 'hex') = any(q."privilegedNamed"),
              'state', ${stateOf}, 'contact', p.contact_id::text, 'address', p.address, 'site', k.site_id::text, 'case', k.number, 'until', p.expires_at, 'primary', ${primaryOf}) order by p.id)
            from found_privileged p join cases k on k.id = p.case_id join sites s on s.id = k.site_id) as privileged,
          case when q.command is not null or cardinality(q."ownCodes") > 0 then (select json_build_object(
            'doubtful', (select coalesce(json_agg(d.id::text), '[]') from found_contacts d where d.unreachable_since is not null or d.doubtful_since is not null),
            'pins', (select coalesce(json_agg(json_build_object('site', p.site_id::text, 'pin', p.pin) order by p.id), '[]') from pins p
               where p.site_id in (select site_id from found_contacts) and p.replaced_at is not distinct from null),
            'cases', (select coalesce(json_agg(told.line order by told.severity, told.due nulls last, told.id), '[]') from (
               select c.id, c.severity, c.due, json_build_object('number', c.number, 'site', c.site_id::text, 'title', c.title, 'status', c.status, 'severity', c.severity, 'kind', c.kind,
                 'openedAt', c.opened_at, 'closedAt', c.closed_at, 'due', case when c.status = 'open' and c.clock_runs and c.response_met_at is null and (c.due > now() or not exists (
                   select from case_events e where e.case_id = c.id and e.kind = 'reopened')) then c.due end, 'contact', c.contact_id::text,
                 'participants', array(select address from case_participants p where p.case_id = c.id),
                 'events', case when q.command = 'STATUS' then (select json_agg(e.line order by e.id desc) from (
                   select id, json_build_object('kind', kind, 'at', at) as line from case_events where case_id = c.id order by id desc limit 20) e) end) as line
               from cases c where c.id in (select a.id from asked_cases a where q.command = 'STATUS'
                 union all select o.id from found_contacts f join cases o on o.site_id = f.site_id where q.command = 'CASES' and o.status || '' = 'open')
               order by c.severity, c.due, c.id limit 300) told))) end as "selfService",
          -- What is looked at of a letter: within the hour what it was about, but for acknowledgements, and after that only its kind;
          -- of a question what it asks for, all day.
          (select json_agg(json_build_object('template', past.template, 'matter', past.matter, 'at', past.at, 'followsOwn', past.follows_own, 'suppressed', false, 'settled', past.settled, 'n', past.n))
            from rate_keys k cross join lateral (
            select l.template, l.follows_own, min(l.created_at) as at, count(*) as n, ${letterSettled} as settled,
              case when l.template = 'acknowledgement' or (l.created_at <= now() - interval '1 hour' and l.asks is null) then '' else l.matter end as matter
            from letters l where l.rate_key = k.key and l.created_at > now() - interval '24 hours' and l.state <> 'suppressed'
            group by l.template, l.follows_own, l.created_at > now() - interval '1 hour', 5, 6) past) as "toSender",
          case when cardinality(q.guesses) > 0 then (
            select json_build_object('locked', coalesce(bool_or(k.locked_until > q."arrivedAt"), false), 'silent', coalesce(bool_or(k.silent_until > q."arrivedAt"), false))
            from pin_locks k where k.key = any(q.guesses)) end as "pinLock",
          not exists (select from found_contacts) and exists (select from blocked_senders b where b.key = any(q.blocks) and b.lifted_at is null) as blocked,
          cardinality(q.guesses) > 0 and exists (select from found_contacts c join pin_locks k on k.key = 'contact:' || c.id where k.locked_until > q."arrivedAt") as "contactLock",
          case when q."mayGoRound" and exists (select from found_contacts)
              and (select count(*) from rate_keys k join letters l on l.rate_key = k.key and l.created_at > now() - interval '24 hours') >= 2 then (
            select json_agg(json_build_object('text', left(e.facts->>'text', 8000), 'newText', left(e.facts->>'newText', 4000),
                'case', (select c.number from cases c where c.id = e.case_id))) from (
              select m.facts, m.case_id from mails m
              where m.from_address = q.sender and m.arrived_at > q."arrivedAt" - interval '24 hours' and m.arrived_at <= q."arrivedAt" and m.id <> q.mail and m.outcome <> 'duplicate'
              order by m.arrived_at desc limit 30) e) end as "saidBefore",
          -- A letter on a case stands there as text, another one only in its bytes; the text part comes first in them.
          case when q."mayQuote" then (
            select json_agg(json_build_object('id', l.id::text, 'sealed', l.sealed, 'text', m.text, 'raw', case when m.text is null then
                encode(case when l.sealed then l.raw else substring(l.raw from 1 for 32768) end, 'base64') end) order by a.place)
            from (select * from unnest(q.letters) with ordinality a(id, place) limit 3) a join letters l on l.id = a.id left join case_messages m on m.letter_id = l.id) end as "quotedLetters",
          case when q."mayQuote" then (
            select json_agg(json_build_object('text', left(e.text, 8000), 'letter', e.direction = 'out')) from (
              select m.text, m.direction from case_messages m where m.case_id in (select c.id from asked_cases c) and m.direction <> 'note' and m.mail_id is distinct from q.mail
                and (m.letter_id is null or m.letter_id <> all(q.letters[1:3])) order by m.at desc, m.id desc limit 20) e) end as "quotedMails",
          (select json_object_agg(key, (select count(*) from letters l where l.rate_key = key and l.created_at > now() - interval '24 hours')) from rate_keys where key is not null) as "letterCounts",
          (select json_agg(json_build_object('template', l.template, 'matter', l.matter, 'at', l.created_at, 'followsOwn', false, 'suppressed', false) order by l.id)
             from (select * from letters where to_address = any(${staff}::text[]) and created_at > now() - interval '1 hour'
               union all select * from letters where to_address = any(${staff}::text[]) and matter like 'under-covered:%' and created_at <= now() - interval '1 hour'
                 and created_at > now() - interval '25 hours') l where l.state <> 'suppressed') as "toStaff",
          (select count(*) from letters where stranger and state <> 'suppressed' and created_at > now() - interval '1 hour') as "strangersHour",
          (select count(*) from letters where stranger and state <> 'suppressed' and created_at > now() - interval '24 hours') as "strangersDay"
    ) f order by q.i`.execute(db);
  const [first] = rows;
  return rows.map((row) => loaded(row, first as Row));
}

function loaded(row: Row, first: Row): Loaded {
  return {
    now: row.now,
    letterCounts: row.letterCounts ?? {},
    facts: {
      earlier: row.earlier && {
        mail: mailId(row.earlier.mail),
        case: row.earlier.case === null ? null : caseNumber(row.earlier.case),
      },
      messageIdUsedBefore: row.used,
      answeredMails: (row.answered ?? []).map((m) => ({
        id: mailId(m.id),
        state: m.state,
        case: m.case === null ? null : caseNumber(m.case),
      })),
      contacts: (row.contacts ?? []).map((c) => ({ ...c, id: contactId(c.id), siteId: siteId(c.siteId) })),
      pins: row.pins ?? [],
      licences: (row.licences ?? []).map((l) => ({ number: l.number, site: siteId(l.site) })),
      sites: Object.fromEntries(
        (row.sites ?? []).map((s) => [s.site.id, { ...s, site: { ...s.site, number: siteNumber(s.site.number) } }]),
      ),
      pinLock: { ...(row.pinLock ?? { locked: false, silent: false }), contact: row.contactLock },
      blocked: row.blocked,
      products: first.products ?? [],
      versions: first.versions ?? [],
      cases: row.cases ?? [],
      confirmations: row.confirmations ?? [],
      privileged: row.privileged ?? [],
      selfService: row.selfService,
      ...quotable(row),
      letters: (row.letters ?? []).map((l) => ({ ...l, id: letterId(l.id) })),
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
    },
  };
}

function quotable({ quotedLetters, quotedMails }: Row): Pick<Facts, 'quotable'> {
  const letters = (quotedLetters ?? []).flatMap(({ id, text, raw, sealed }): Quotable[] => {
    if (text !== null) return [{ text, letter: true }];
    return raw === null ? [] : [{ id: letterId(id), raw, sealed }];
  });
  const all = [...letters, ...(quotedMails ?? [])];
  return all.length === 0 ? {} : { quotable: all };
}

/** Sender, Message-ID and content: what makes two mails one (MAIL.md §1 "Duplicates"). */
export const fingerprint = (question: Pick<Question, 'sender' | 'messageId' | 'contentHash'>): string =>
  JSON.stringify([question.sender, question.messageId, question.contentHash]);
