/**
 * A desk of three years, straight in SQL, as the console is asked about it: a million mails and 200,000 cases of 2,000 sites, with the letters,
 * the held mail and the audit that go with them. One mail in five opens a case. Spreads are those of real work: most of a kind, a little of
 * the rest, and all that waits among the newest.
 */
export type Scale = { readonly mails: number; readonly cases: number; readonly sites: number };
export const wholeScale: Scale = { mails: 1_000_000, cases: 200_000, sites: 2_000 };

const peopleAtSite = 5;
const years = 3;

/** A whole number from 0 to `most - 1` that stands for chance: the same for the same row. */
const chance = (row: string, salt: number, most: number): string =>
  `((hashint8((${row})::bigint * 7919 + ${salt}) & 2147483647) % ${most})`;

const prose = (row: string, size: number): string =>
  `left(repeat('Since the update the workflow of node ' || ${row} || ' stops with an error, and the log says more about it. ', ${Math.ceil(size / 80)}), ${size})`;

/** Of the newest mails one in a hundred is held; of the older ones what is left behind. */
const outcomeOf = (cases: number, mails: number): string => `case
    when i % 5 = 0 and i / 5 <= ${cases} then 'case-opened'
    when i > ${mails} * 0.97 and ${chance('i', 3, 100)} < 3 then
      (array['held-unknown', 'held-unregistered', 'held-pin-needed', 'held-stranger-on-case', 'held-unauthenticated', 'held-unreadable'])[1 + ${chance('i', 4, 6)}]
    when ${chance('i', 5, 100)} < 78 then 'case-updated'
    when ${chance('i', 5, 100)} < 88 then 'machine-recorded'
    when ${chance('i', 5, 100)} < 92 then 'bounce-recorded'
    when ${chance('i', 5, 100)} < 95 then 'care-recorded'
    when ${chance('i', 5, 100)} < 97 then 'answer-not-understood'
    else 'refused' end`;

const stateOf = (letters: number): string => `case
    when i > ${letters} - 40 and i % 4 = 0 then 'queued'
    when i > ${letters} * 0.98 and ${chance('i', 7, 1000)} < 4 then 'waiting'
    when ${chance('i', 8, 1000)} < 60 then 'suppressed'
    when ${chance('i', 8, 1000)} < 70 then 'failed'
    when ${chance('i', 8, 1000)} < 85 then 'bounced'
    else 'sent' end`;

const templates = `(array['acknowledgement', 'acknowledgement', 'acknowledgement', 'added-to-case', 'reply-received', 'case-message', 'case-progress',
    'case-closed', 'pin-needed', 'staff-notice', 'case-notice', 'neutral-receipt', 'contacts-monthly', 'renewal-notice'])[1 + ${chance('i', 9, 14)}]`;

/** `facts` is what was read of one mail, as it is stored; the rows differ from it in what lists and searches go by. */
export function fillStatements({ mails, cases, sites }: Scale, facts: string): string[] {
  const letters = cases * 2;
  const at = (row: string, of: number) =>
    `now() - interval '90 seconds' - interval '${years * 365} days' * (1 - ${row}::float / ${of})`;
  const person = (row: string, salt: number) => `${chance(row, salt, sites * peopleAtSite)}`;
  const caseOf = (mail: string) => `least(${cases}, 1 + (${mail} - 1) / 5)`;
  const caseMail = 'i * 5';
  return [
    `insert into sites (number, name, country, timezone, language)
      select (3000000 + i)::text, (array['Aldous', 'Marlin', 'Hafen', 'Kobe', 'Vale', 'Orion', 'Linden', 'Tarn'])[1 + i % 8] || ' Works ' || i,
        (array['GB', 'DE', 'US', 'JP', 'FR'])[1 + i % 5], (array['Europe/London', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Europe/Paris'])[1 + i % 5],
        (array['en', 'de', 'en', 'ja', 'fr'])[1 + i % 5]
      from generate_series(1, ${sites}) i`,
    `create temp table own_sites as select id, row_number() over (order by id) - 1 as n from sites where number > '3000000'`,
    `insert into pins (site_id, pin) select id, (200000 + n)::text from own_sites`,
    `insert into plans (site_id, kind, valid_from, valid_to, position)
      select id, (array['standard', 'standard', '24x7', 'premier'])[1 + n % 4], current_date - 900 - n::int % 200, current_date + (n::int % 400) - 30, 0 from own_sites`,
    `insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position)
      select s.id, l.letter || s.n, (select min(id) from products), l.kind, 50, current_date - 900, current_date + (s.n::int % 400) - 30, l.place
      from own_sites s, (values ('CU', 'user', 0), ('CS', 'support', 1)) l(letter, kind, place)`,
    `insert into contacts (site_id, name, role, types, position)
      select s.id, (array['Ada', 'Max', 'Zoe', 'Ken', 'Eva'])[1 + k] || ' Byron ' || s.n, case when k = 0 then 'primary' else 'authorized user' end,
        case when k = 0 then '{primary,renewal}'::text[] else '{}' end, k
      from own_sites s, generate_series(0, ${peopleAtSite - 1}) k`,
    `insert into contact_addresses (site_id, contact_id, address, main)
      select c.site_id, c.id, lower(split_part(c.name, ' ', 1)) || s.n || '@customer' || s.n || '.example', true
      from contacts c join own_sites s on s.id = c.site_id`,
    `create temp table folk as
      select (row_number() over (order by c.id) - 1)::int as n, c.id as contact, c.site_id as site, a.address::text as address, c.name
      from contacts c join own_sites s on s.id = c.site_id join contact_addresses a on a.contact_id = c.id`,
    'create unique index on folk (n)',
    'analyze folk',
    `insert into staff (email, person) select 'engineer' || i || '@desk.example', jsonb_build_object('name', 'Engineer ' || i, 'email', 'engineer' || i || '@desk.example',
        'roles', jsonb_build_array('engineer'), 'hours', null, 'timezone', null, 'absent', '[]'::jsonb, 'products', '[]'::jsonb) from generate_series(1, 20) i`,
    `insert into mails (id, arrived_at, stored_at, door, door_name, mail_from, rcpt_to, sha256, size, state, due_at, tries, message_id, from_address, subject, to_addresses,
        content_hash, facts, outcome, reason, reason_code, case_id)
      select m.i, m.at, m.at + interval '1 second', 'imap', 'inbox', null, '{}', sha256(convert_to('mail ' || m.i, 'UTF8')), 3400, 'decided', m.at, 1, m.mid, m.sender, m.subject,
        '{support@desk.example}', encode(sha256(convert_to('content ' || m.i, 'UTF8')), 'hex'),
        $facts$${facts}$facts$::jsonb || jsonb_build_object('subject', m.subject, 'text', ${prose('m.i', 600)}, 'newText', ${prose('m.i', 300)}, 'messageId', m.mid,
          'from', jsonb_build_object('kind', 'one', 'address', m.sender, 'name', m.name),
          'threads', case when m.outcome = 'case-updated' then jsonb_build_array(jsonb_build_object('by', 'message-id', 'signed', true, 'letter', (1 + (m.i - 1) / 5 * 2)::text, 'case', (1 + (m.i - 1) / 5)::text)) else '[]'::jsonb end),
        m.outcome, case when m.outcome like 'held-%' then 'The address is not on record at the site of the PIN.' else 'A PIN and a contact of the same site.' end,
        case when m.outcome = 'held-unknown' and m.i % 2 = 0 then 'spam' end,
        case when m.outcome in ('case-opened', 'case-updated') then ${caseOf('m.i')} end
      from (
        select i, ${at('i', mails)} as at, ${outcomeOf(cases, mails)} as outcome, '<m' || i || '@customer.example>' as mid,
          case when ${chance('i', 21, 10)} = 0 then 'somebody' || ${chance('i', 22, 40_000)} || '@elsewhere.example' else f.address end as sender, f.name,
          (array['Workflow stopped unexpectedly', 'Licence key for a new server', 'Export is slow since the update', 'Cannot sign in', 'Robot arm drifts', 'Question about the report'])[1 + i % 6] || ' ' || i as subject
        from generate_series(1, ${mails}) i
        join folk f on f.n = ${person('(1 + (i - 1) / 5)', 1)}
      ) m`,
    `insert into mail_bytes
      select i, convert_to('From: Somebody <' || from_address || E'>\\r\\nTo: support@desk.example\\r\\nSubject: ' || subject || E'\\r\\nMessage-ID: ' || message_id
        || E'\\r\\nDate: Mon, 23 Nov 2026 09:00:00 +0000\\r\\nContent-Type: text/plain; charset=utf-8\\r\\n\\r\\n' || ${prose('i', 400)} || E'\\r\\n', 'UTF8')
      from (select id as i, from_address, subject, message_id from mails) m`,
    `insert into arrivals (mail_id, at, door, door_name, epoch, uid, first) select id, stored_at, 'imap', 'inbox', 1, id, true from mails`,
    `insert into cases (id, number, site_id, title, severity, kind, status, opened_at, opened_by_mail, contact_id, contact_address, language, product, due, response_met_at, owner, closed_at, report,
        thread_message_id) overriding system value
      select i, (100000 + i)::text, f.site, m.subject, (array[1, 2, 2, 3, 3, 3, 3, 4, 4, 4])[1 + ${chance('i', 11, 10)}], (array['incident', 'incident', 'question', 'defect'])[1 + i % 4],
        case when i > ${cases} * 0.99 then 'open' else 'closed' end, m.arrived_at, m.id, f.contact, f.address, 'en', 'Vault', m.arrived_at + interval '8 hours',
        case when i > ${cases} * 0.999 then null else m.arrived_at + interval '2 hours' end,
        case when ${chance('i', 12, 10)} = 0 then null else 'engineer' || (1 + ${chance('i', 13, 20)}) || '@desk.example' end,
        case when i > ${cases} * 0.99 then null else m.arrived_at + interval '5 days' end, '{"impact": "a department waits"}', m.message_id
      from generate_series(1, ${cases}) i
      join mails m on m.id = ${caseMail}
      join folk f on f.n = ${person('i', 1)}`,
    `insert into case_participants select i, f.address, f.contact, c.opened_at from generate_series(1, ${cases}) i join cases c on c.id = i join folk f on f.n = ${person('i', 1)}`,
    `insert into letters (id, created_at, idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject, message_id, envelope_from, raw, case_id, caused_by,
        state, state_reason, due_at, give_up_at, attempts, response, sent_at, bounced_at)
      select l.i, l.at, 'old:' || l.i, l.template, case when l.template like 'staff%' or l.template like 'con%' then 1 else 0 end, 'en', l.receiver, false, l.receiver,
        'case:' || l.on_case, 'Re: [Case ' || (100000 + l.on_case) || '] ' || l.title, '<letter' || l.i || '@desk.example>', 'support@desk.example',
        case when l.state = 'suppressed' then null else convert_to('From: Support <support@desk.example>' || E'\\r\\nTo: ' || l.receiver || E'\\r\\nSubject: Re: ' || l.title
          || E'\\r\\nMessage-ID: <letter' || l.i || E'@desk.example>\\r\\nContent-Type: text/plain; charset=utf-8\\r\\n\\r\\n' || ${prose('l.i', 500)} || E'\\r\\n', 'UTF8') end,
        l.on_case, l.mail, l.state,
        case l.state when 'suppressed' then 'over the number of letters of an hour' when 'waiting' then 'answers a mail that was old when it was first seen' end,
        case when l.state = 'queued' then now() + interval '300 days' else l.at end, l.at + interval '400 days', case l.state when 'sent' then 1 when 'failed' then 6 when 'bounced' then 1 else 0 end,
        case l.state when 'sent' then '250 2.0.0 taken' when 'failed' then '550 5.1.1 no such user here' when 'bounced' then '550 5.1.1 unknown recipient' end,
        case when l.state in ('sent', 'bounced') then l.at + interval '2 seconds' end, case when l.state = 'bounced' then l.at + interval '1 minute' end
      from (
        select i, m.stored_at + interval '1 second' as at, ${templates} as template, ${stateOf(letters)} as state, (i + 1) / 2 as on_case, m.id as mail, c.title,
          case when ${chance('i', 14, 8)} = 0 then 'engineer' || (1 + ${chance('i', 15, 20)}) || '@desk.example' else c.contact_address end as receiver
        from generate_series(1, ${letters}) i
        join cases c on c.id = (i + 1) / 2
        join mails m on m.id = c.opened_by_mail
      ) l`,
    `insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
      select id, stored_at, outcome, 'r14', reason, jsonb_build_object('grade', 'verified', 'gradeReason', 'DKIM of the domain of the sender passed', 'pin', null, 'site', '3000001',
        'contact', '100', 'role', 'primary', 'contract', null, 'thread', null, 'recipient', 'support@desk.example', 'messageIdUsedBefore', false), case_id, '[]'
      from mails`,
    `insert into case_messages (case_id, mail_id, direction, author, text, at)
      select case_id, id, 'in', from_address, ${prose('id', 300)}, stored_at from mails where case_id is not null`,
    `insert into case_messages (case_id, letter_id, direction, author, text, at, automatic)
      select case_id, id, 'out', 'support@desk.example', ${prose('id', 200)}, created_at, true from letters where state <> 'suppressed'`,
    `insert into case_events (case_id, at, kind, mail_id, detail)
      select case_id, stored_at, case when outcome = 'case-opened' then 'opened' else 'message' end, id, '{"by": "mail"}' from mails where case_id is not null`,
    `insert into audit (at, actor, action, subject_kind, subject_id, detail)
      select at, actor, action, kind, subject, detail::jsonb
      from (
        select stored_at as at, 'door:inbox' as actor, 'mail-stored' as action, 'mail' as kind, id::text as subject, '{"door": "imap"}' as detail, 1 as place from mails
        union all
        select stored_at, 'mail:' || id, 'mail-decided', 'mail', id::text, '{"outcome": "' || outcome || '", "rule": "r14"}', 2 from mails
        union all
        select stored_at, 'mail:' || id, case when outcome = 'case-opened' then 'case-opened' else 'case-updated' end, 'case', (100000 + case_id)::text, '{}', 3 from mails where case_id is not null
        union all
        select created_at, 'mail:' || caused_by, 'letter-' || case when state in ('suppressed', 'waiting') then state else 'queued' end, 'letter', id::text, '{}', 4 from letters
        union all
        select sent_at, 'outbound', 'letter-sent', 'letter', id::text, '{"response": "250 2.0.0 taken"}', 5 from letters where sent_at is not null
        union all
        select created_at + interval '1 minute', 'outbound', 'letter-failed', 'letter', id::text, '{"response": "550 5.1.1 no such user here"}', 5 from letters where state = 'failed'
        union all
        select opened_at + interval '1 hour', (array['console', 'api', 'command'])[1 + id % 3] || ' for ' || owner, 'case-taken', 'case', number, '{}', 6 from cases where owner is not null
        union all
        select closed_at, 'mail:' || opened_by_mail || ' of ' || owner, 'case-closed', 'case', number, '{}', 7 from cases where owner is not null and closed_at is not null
      ) a
      where at < now()
      order by at, place`,
    `insert into mailboxes (name, epoch, uid_validity, watermark, seen, stored, fetched_at, known_at) values ('inbox', 1, '1', ${mails}, ${mails}, ${mails}, now(), now() - interval '3 years')`,
    `select setval('mail_ids', ${mails + 1000}), setval('letter_ids', ${letters + 1000}), setval('case_numbers', ${100_000 + cases + 1000}), setval(pg_get_serial_sequence('cases', 'id'), ${cases + 1000})`,
  ];
}

/** Of so many mails, in the proportions of the whole; throws what a person is told. */
export function scaleOf(typed: string | undefined): Scale {
  if (typed === undefined) return wholeScale;
  const mails = Number(typed);
  if (!Number.isInteger(mails) || mails < 1_000 || mails > 10_000_000)
    throw new Error('--mails is a number from 1000 to 10000000.');
  const share = mails / wholeScale.mails;
  return {
    mails,
    cases: Math.floor(wholeScale.cases * share),
    sites: Math.max(20, Math.floor(wholeScale.sites * share)),
  };
}
