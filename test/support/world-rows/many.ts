/** A store with some ten thousand rows of what grows with the customers: 4,000 sites with five people and five licences each. */
const sites = 4_000;

/** Statements, in their order. */
export const manyRows: readonly string[] = [
  `insert into products (name) values ('Vault')`,
  `insert into sites (number, name, country, timezone, language)
    select (1000000 + n)::text, 'Firm ' || n, 'GB', 'Europe/London', 'en' from generate_series(1, ${sites}) n`,
  `insert into contacts (site_id, name, role, position)
    select s.id, 'Person ' || n, case when n = 1 then 'primary' else 'authorized user' end, n
    from sites s, generate_series(1, 5) n`,
  `insert into contact_addresses (site_id, contact_id, address, main)
    select c.site_id, c.id, 'c' || (s.number::int - 1000000) || '-' || c.position || '@x.example', true
    from contacts c join sites s on s.id = c.site_id`,
  `insert into licences (site_id, number, service_tag, product_id, kind, quantity, valid_from, position)
    select s.id, 'L-' || (s.number::int - 1000000) || '-' || n, 'Tag-' || (s.number::int - 1000000) || '-' || n,
      p.id, 'user', 5, '2026-01-01', n
    from sites s, generate_series(1, 5) n, products p`,
  // Spelled like the number of another one.
  `update licences set service_tag = 'l-79-1' where number = 'L-80-1'`,
  `insert into subscriptions (contact_id, kind, wanted, address)
    select a.contact_id, 'announcements', true, 'old-' || (s.number::int - 1000000) || '@x.example'
    from contact_addresses a join sites s on s.id = a.site_id
    where a.address like '%-2@x.example'`,
  `insert into access_requests (address, language) select 'a' || n || '@x.example', 'en' from generate_series(1, 3000) n`,
  `insert into access_requests (address, language, licence_named, timer_at)
    values ('r1@x.example', 'en', 'l-77-1', now() - interval '4 hours'),
      ('r2@x.example', 'en', 'TAG-78-1', now() - interval '3 hours'),
      ('r3@x.example', 'en', 'L-79-1', now() - interval '2 hours'),
      ('r4@x.example', 'en', 'L-NOBODY', now() - interval '1 hour')`,
  `insert into access_request_steps (request_id, kind, at, by)
    select id, 'asked', now(), 'intake' from access_requests`,
  `insert into schedules (kind, running, since, by)
    select k, true, now() - interval '1 year', 'test' from unnest(array['renewals', 'contact-lists', 're-attestation']) k`,
  `insert into schedule_turns (site_id, kind, period, due_at)
    select s.id, k.kind, '2026-11', case when s.number < '1000010' then now() else now() + interval '20 days' end
    from sites s, schedules k where k.kind <> 'renewals'`,
  `insert into renewal_sites (site_id, plan_at)
    select id, case when number < '1000010' then now() else now() + interval '1 day' end from sites`,
  `insert into renewal_steps (site_id, group_on, step, day, due_at, items, state, settled_at)
    select s.id, current_date + 30, n, current_date,
      case when s.number <= '1000010' then now() - interval '1 hour' else now() + interval '20 days' end,
      '[]', case when n = 1 then 'planned' else 'sent' end, case when n > 1 then now() - interval '60 days' end
    from sites s, generate_series(1, 5) n`,
  `insert into announcements (name, kind, state, content, gathered_to, by, resumed_at)
    values ('move', 'announcements', 'running', '{}', null, 'test', now() - interval '1 day')`,
  // Half of it has gone out.
  `insert into letters (idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject,
      message_id, envelope_from, raw, state, give_up_at)
    select 'announcement:' || address, 'announcement', 0, 'en', address, false, address, 'announcement', 'Moved',
      '<' || address || '>', '', 'x', 'sent', now()
    from contact_addresses
    where contact_id % 2 = 0`,
  `insert into announcement_recipients (announcement_id, address, contact_id, language, state, letter_id)
    select n.id, a.address, a.contact_id, 'en', case when l.id is null then 'open' else 'written' end, l.id
    from announcements n, contact_addresses a
    left join letters l on l.to_address = a.address`,
  'analyze',
];
