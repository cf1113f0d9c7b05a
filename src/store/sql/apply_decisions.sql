-- Everything that follows from decisions, written by one call for many mails: a round trip is the dear part of a
-- mail, and each statement in here is planned once a connection. Each mail is written whole or not at all;
-- store/intake/decision-rows.ts has the verdicts.
create function apply_decisions_90(
  input jsonb,
  mail_facts jsonb,
  raws bytea,
  gated boolean,
  duplicate_days int
)
returns table (i int, verdict text)
language plpgsql
as $$
#variable_conflict use_column
declare
  claimed int[];
  fresh int[];
  passed int[];
  ids bigint[] := array(select id from jsonb_to_recordset(input->'mails') as t(id bigint));
  apart interval := make_interval(days => duplicate_days);
begin
  -- Two decisions at the same moment would not see each other's letters. One order for all, so that nobody waits in a
  -- circle.
  perform pg_advisory_xact_lock(hashtext('letters'), hashtext(k.key))
  from (
    select distinct key
    from jsonb_to_recordset(input->'keys') as t(key text)
    order by key
  ) k;

  perform
  from cases c
  where c.number in (select number from jsonb_to_recordset(input->'changes') as t(number text))
  order by c.id
  for update;

  with held as (
    select m.i
    from jsonb_to_recordset(input->'mails') as m(i int, id bigint, worker uuid)
    join mails x on x.id = m.id
    where x.id = any(ids)
      and x.claimed_by = m.worker
      and x.state || '' = 'new'
    for update of x
  )
  select array_agg(h.i) into claimed
  from held h;

  -- What was true when it was decided has to be true still; of two in one batch that touch the same thing the first
  -- goes.
  select array_agg(u.i) into fresh
  from unnest(claimed) as u(i)
  where (not gated or not exists (
      select
      from jsonb_to_recordset(input->'keys') as t(i int, key text, n int, since timestamptz)
      where t.i = u.i
        and (t.n <> (select count(*) from letters l where l.rate_key = t.key and l.created_at > t.since)
          or exists (
            select
            from jsonb_to_recordset(input->'keys') as e(i int, key text)
            where e.key = t.key and e.i < t.i))))
    and not exists (
      select
      from jsonb_to_recordset(input->'changes') as t(i int, number text, "versionNo" int)
      where t.i = u.i
        and (not exists (select from cases c where c.number = t.number and c.version_no = t."versionNo")
          or exists (
            select
            from jsonb_to_recordset(input->'changes') as e(i int, number text)
            where e.number = t.number and e.i < t.i)));

  with firsts as (
    select distinct on (m.fingerprint) m.*
    from jsonb_to_recordset(input->'mails') as m(i int, id bigint, fingerprint text, "arrivedAt" timestamptz)
    where m.i = any(fresh) and m.fingerprint is not null
    order by m.fingerprint, m.i
  ), seen as (
    insert into content_first_seen as f (fingerprint, mail_id, arrived_at)
    select fingerprint, id, "arrivedAt"
    from firsts
    on conflict (fingerprint) do update set mail_id = excluded.mail_id, arrived_at = excluded.arrived_at
    where f.mail_id = excluded.mail_id
      or f.arrived_at not between excluded.arrived_at - apart and excluded.arrived_at + apart
    returning mail_id
  )
  select array_agg(m.i) into passed
  from jsonb_to_recordset(input->'mails') as m(i int, id bigint, fingerprint text)
  where m.i = any(fresh)
    and (m.fingerprint is null or m.id in (select mail_id from seen));

  insert into cases (
    id, number, site_id, title, severity, kind, status, opened_at, opened_by_mail, contact_id, contact_address,
    language, product, version, provisional, under_covered, due, timer_at, follow_up_of, report)
  overriding system value
  select
    t.id, t.number, t.site, t.title, t.severity, t.kind, 'open', t."openedAt", t.mail, t.contact, t."contactAddress",
    t.language, t.product, t.version, t.provisional, t."underCovered", t.due, t."timerAt",
    (select c.id from cases c where c.number = t.follows), t.report
  from jsonb_to_recordset(input->'cases') as t(
    i int, id bigint, number text, site bigint, title text, severity smallint, kind text, "openedAt" timestamptz,
    mail bigint, contact bigint, "contactAddress" text, language text, product text, version text,
    provisional boolean, "underCovered" boolean, due timestamptz,
    "timerAt" timestamptz, follows text, report jsonb)
  where t.i = any(passed);

  update cases c set
    version_no = c.version_no + 1,
    status = case when t.reopen then 'open' else c.status end,
    closed_at = case when t.reopen then null else c.closed_at end,
    lapsed = c.lapsed or t.lapse,
    clock_runs = c.clock_runs and not t.lapse,
    -- Whoever owns it hears of it, and what is due is looked at anew.
    timer_at = case when t.reopen or c.owner is not null then now() else c.timer_at end,
    report = t."fillsIn" || c.report
  from jsonb_to_recordset(input->'changes') as t(i int, number text, reopen boolean, lapse boolean, "fillsIn" jsonb)
  where t.i = any(passed) and c.number = t.number;

  update mails x set
    state = 'decided',
    outcome = m.outcome,
    reason = m.reason,
    reason_code = m.code,
    case_id = m."caseId",
    message_id = m."messageId",
    from_address = m."from",
    subject = m.subject,
    to_addresses = m."to",
    content_hash = m."contentHash",
    facts = mail_facts->m.i,
    message_id_used_before = m."usedBefore",
    duplicate_of = m."duplicateOf",
    claimed_by = null,
    claimed_at = null,
    last_failure = null
  from jsonb_to_recordset(input->'mails') as m(
    i int, id bigint, outcome text, reason text, code text, "caseId" bigint, "messageId" text, "from" text,
    subject text, "to" text[], "contentHash" text, "usedBefore" boolean, "duplicateOf" bigint)
  where m.i = any(passed)
    and x.id = any(ids)
    and x.id = m.id;

  insert into case_participants (case_id, address, contact_id, added_at)
  select t."caseId", t.address, t.contact, t.at
  from jsonb_to_recordset(input->'participants') as t(
    i int, "caseId" bigint, address text, contact bigint, at timestamptz)
  where t.i = any(passed)
  on conflict do nothing;

  insert into case_events (case_id, at, kind, mail_id, detail)
  select t."caseId", t.at, t.kind, t.mail, t.detail
  from jsonb_to_recordset(input->'events') as t(
    i int, "caseId" bigint, at timestamptz, kind text, mail bigint, detail jsonb)
  where t.i = any(passed);

  with written as (
    insert into letters (
      id, idempotency_key, template, priority, language, to_address, stranger, rate_key, follows_own, matter, subject,
      message_id, envelope_from, raw, case_id, caused_by, asks, state, state_reason, state_code, give_up_at, due_at)
    select
      t.id, t.key, t.template, t.priority, t.language, t."to", t.stranger, t."rateKey", t."followsOwn", t.matter,
      t.subject, t."messageId", t."envelopeFrom",
      case when t.length is not null then substring(raws from t.start for t.length) end,
      t."caseId", t."causedBy",
      case when jsonb_typeof(t.asks) = 'object' then t.asks end,
      t.state, t."stateReason", t."stateCode",
      now() + make_interval(hours => t."giveUpHours"),
      now() + interval '45 seconds'
    from jsonb_to_recordset(input->'letters') as t(
      i int, id bigint, key text, template text, priority smallint, language text, "to" text, stranger boolean,
      "rateKey" text, "followsOwn" boolean, matter text, subject text, "messageId" text, "envelopeFrom" text,
      start int, length int, "caseId" bigint, "causedBy" bigint, asks jsonb, state text, "stateReason" text,
      "stateCode" text, "giveUpHours" int)
    where t.i = any(passed)
    on conflict (idempotency_key) do nothing
    returning id, state, fence, caused_by
  ), work as (
    insert into outbox (queue, row_id, fence)
    select 'outbound', id, fence
    from written
    where state = 'queued'
    order by id
  )
  insert into audit (actor, action, subject_kind, subject_id)
  select 'mail:' || caused_by, 'letter-' || state, 'letter', id::text
  from written;

  insert into case_messages (
    case_id, mail_id, letter_id, direction, author, contact_id, automatic, text, attachments, unread_parts, at)
  select
    t."caseId", t.mail, t.letter, t.direction, t.author, t.contact, t.automatic,
    coalesce(t.text, mail_facts->t.i->>t.shown, ''),
    t.attachments, t."unreadParts", t.at
  from jsonb_to_recordset(input->'messages') as t(
    i int, "caseId" bigint, mail bigint, letter bigint, direction text, author text, contact bigint,
    automatic boolean, text text, shown text, attachments jsonb, "unreadParts" text[], at timestamptz)
  where t.i = any(passed)
    and (t.letter is null or (select l.id from letters l where l.id = t.letter) is not null)
  on conflict (case_id, mail_id) do nothing;

  insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
  select t.mail, t.at, t.outcome, t.rule, t.reason, t.evidence, t."caseId", t.letters
  from jsonb_to_recordset(input->'decisions') as t(
    i int, mail bigint, at timestamptz, outcome text, rule text, reason text, evidence jsonb, "caseId" bigint,
    letters jsonb)
  where t.i = any(passed);

  insert into audit (actor, action, subject_kind, subject_id, detail)
  select t.actor, t.action, t."subjectKind", t."subjectId", coalesce(t.detail, '{}')
  from jsonb_to_recordset(input->'audit') as t(
    i int, actor text, action text, "subjectKind" text, "subjectId" text, detail jsonb)
  where t.i = any(passed);

  -- Other programs hear of it where somebody wants to.
  if exists (select from webhook_endpoints where state = 'on') then
    perform tell_webhooks_90(
      (
        select jsonb_agg(t.told order by t.n)
        from jsonb_array_elements(input->'told') with ordinality as t(told, n)
        where (t.told->>'i')::int = any(passed)
      ));
  end if;

  return query
  select
    m.i,
    case
      when m.i = any(passed) then 'done'
      when m.i = any(claimed) then 'moved'
      else 'claim-lost'
    end
  from jsonb_to_recordset(input->'mails') as m(i int)
  order by m.i;
end $$;
