/**
 * A database of many years, straight in SQL: rows of ordinary size, spread over three years, for the people of the bench. Bytes of
 * mails and letters are short, so that a million of them fit beside the rest. Ordering and references are those of real work.
 */
export const fillStatements = (mails: number, cases: number): string[] => {
  const letters = cases * 2;
  const text = (column: string, size: number) =>
    `left(repeat('the workflow stops at node ' || ${column} || ' with an error and the log says more about it. ', ${Math.ceil(size / 70)}), ${size})`;
  const at = `now() - interval '2 days' - interval '1095 days' * (1 - i::float / ${mails})`;
  const caseOf = `((i - 1) % ${cases} + 1)`;
  return [
    `create temp table folk as select (row_number() over (order by c.id) - 1)::int as n, c.id as contact, c.site_id as site, a.address
      from contacts c join contact_addresses a on a.contact_id = c.id and a.main`,
    'analyze folk',
    `insert into mails (id, arrived_at, stored_at, door, door_name, mail_from, rcpt_to, sha256, size, state, claimed_at, due_at, tries, message_id, from_address, subject, to_addresses, content_hash,
        facts, outcome, reason, case_id)
      select i, ${at}, ${at}, 'imap', 'inbox', null, '{}', sha256(convert_to('mail ' || i, 'UTF8')), 3400, 'decided', null, ${at}, 1, '<old' || i || '@customer.test>', f.address::text,
        'PIN ' || (70000 + f.site * 137) || ' stops ' || i, '{support@bench.test}', encode(sha256(convert_to('content ' || i, 'UTF8')), 'hex'),
        jsonb_build_object('subject', 'stops ' || i, 'text', ${text('i', 700)}, 'messageId', '<old' || i || '@customer.test>', 'references', '[]'::jsonb, 'attachments', '[]'::jsonb),
        case when i <= ${cases} then 'case-opened' else 'case-updated' end, 'a PIN and a contact of the same site', ${caseOf}
      from generate_series(1, ${mails}) i join folk f on f.n = ${caseOf} % (select count(*) from folk)`,
    `insert into mail_bytes select i, convert_to(${text('i', 300)}, 'UTF8') from generate_series(1, ${mails}) i`,
    `insert into arrivals (mail_id, at, door, door_name, epoch, uid, first) select i, ${at}, 'imap', 'inbox', 1, i, true from generate_series(1, ${mails}) i`,
    `insert into content_first_seen select '["person' || i || '@customer.test","<old' || i || '@customer.test>","' || encode(sha256(convert_to('content ' || i, 'UTF8')), 'hex') || '"]', i, ${at}
      from generate_series(1, ${mails}) i`,
    `insert into cases (id, number, site_id, title, severity, kind, status, opened_at, opened_by_mail, contact_id, contact_address, language, product, due, closed_at, report) overriding system value
      select i, i::text, f.site, 'stops ' || i, 1 + i % 4, 'incident', case when i % 20 = 0 then 'open' else 'closed' end, ${at}, i, f.contact, f.address, 'en', null, ${at} + interval '8 hours',
        case when i % 20 = 0 then null else ${at} + interval '5 days' end, '{"impact": "a department waits"}'
      from generate_series(1, ${cases}) i join folk f on f.n = i % (select count(*) from folk)`,
    `insert into case_participants select i, f.address, f.contact, ${at} from generate_series(1, ${cases}) i join folk f on f.n = i % (select count(*) from folk)`,
    `insert into letters (id, created_at, idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject, message_id, envelope_from, raw, case_id, caused_by,
        state, due_at, give_up_at, attempts, response, sent_at)
      select i, ${at}, 'old:' || i, case when i <= ${cases} then 'acknowledgement' else 'staff-notice' end, 2, 'en', f.address, false, f.address, 'case:' || ${caseOf}, 'Re: stops ' || i,
        '<letter' || i || '@bench.test>', 'support@bench.test', convert_to(${text('i', 600)}, 'UTF8'), ${caseOf}, i, 'sent', ${at}, ${at} + interval '2 days', 1, '250 taken', ${at}
      from generate_series(1, ${letters}) i join folk f on f.n = ${caseOf} % (select count(*) from folk)`,
    `insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
      select i, ${at}, case when i <= ${cases} then 'case-opened' else 'case-updated' end, '1.1', 'a PIN and a contact of the same site',
        jsonb_build_object('pin', 'given', 'site', i % 20, 'contact', i % 200, 'plan', 'standard', 'said', ${text('i', 150)}), ${caseOf}, '[{"template": "acknowledgement", "fate": "send"}]'
      from generate_series(1, ${mails}) i`,
    `insert into case_messages (case_id, mail_id, direction, author, text, at)
      select ${caseOf}, i, 'in', 'person@customer.test', ${text('i', 400)}, ${at} from generate_series(1, ${mails}) i`,
    `insert into case_messages (case_id, letter_id, direction, author, text, at)
      select ${caseOf}, i, 'out', 'support@bench.test', ${text('i', 300)}, ${at} from generate_series(1, ${letters}) i`,
    `insert into case_events (case_id, at, kind, mail_id, detail) select ${caseOf}, ${at}, case when i <= ${cases} then 'opened' else 'message' end, i, '{"by": "mail"}'
      from generate_series(1, ${mails}) i`,
    `insert into audit (at, actor, action, subject_kind, subject_id, detail) select ${at}, 'mail:' || i, 'letter-queued', 'letter', i::text, '{}' from generate_series(1, ${letters}) i`,
    `insert into audit (at, actor, action, subject_kind, subject_id, detail) select ${at}, 'mail:' || i, 'case-changed', 'case', ${caseOf}::text, '{"of": "status"}' from generate_series(1, ${mails}) i`,
    `select setval('mail_ids', ${mails + 1000}), setval('letter_ids', ${letters + 1000}), setval('case_numbers', ${cases + 1000}), setval(pg_get_serial_sequence('cases', 'id'), ${cases + 1000})`,
  ];
};
