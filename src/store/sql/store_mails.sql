-- A batch of mails is stored by one call and in one transaction, lease and all; store/intake/mails.ts says what
-- comes back.
create function store_mails_25(
  input jsonb,
  raws bytea,
  mailbox text,
  fence bigint
)
returns table (i int, id bigint, stored boolean)
language plpgsql
as $$
#variable_conflict use_column
begin
  if mailbox is not null then
    perform
    from mailboxes m
    where m.name = mailbox
      and m.lease_fence = fence
      and m.lease_until > now()
    for share;
    if not found then
      return;
    end if;
  end if;

  return query
  with input_rows as (
    select l.*, decode(l.sha, 'hex') as hash
    from jsonb_to_recordset(input) as l(
      i int, sha text, arrived timestamptz, door text, name text, epoch int, uid bigint, wait boolean, "only" text,
      "from" text, rcpt jsonb, start int, size int, lead boolean, "messageId" text)
  ), fresh as (
    insert into mails (
      arrived_at, door, door_name, mail_from, rcpt_to, sha256, size, headers_only, must_wait, due_at, message_id)
    select
      least(r.arrived, now()), r.door, r.name, r."from",
      array(select jsonb_array_elements_text(r.rcpt)),
      r.hash, r.size, r."only", r.wait, now() + interval '45 seconds', r."messageId"
    from input_rows r
    where r.lead and (select m.id from mails m where m.sha256 = r.hash) is null
    order by r.i
    on conflict (sha256) do nothing
    returning id, sha256, fence
  ), found as (
    select r.i, f.id, f.fence, r.name, r.door, r.start, r.size
    from fresh f
    join input_rows r on r.hash = f.sha256
    where r.lead
  ), bytes as (
    insert into mail_bytes (mail_id, raw)
    select f.id, substring(raws from f.start for f.size)
    from found f
  ), work as (
    insert into outbox (queue, row_id, fence)
    select 'intake', f.id, f.fence
    from found f
    order by f.id
  ), told as (
    insert into audit (actor, action, subject_kind, subject_id, detail)
    select 'door:' || f.name, 'mail-stored', 'mail', f.id::text, jsonb_build_object('door', f.door)
    from found f
  )
  select f.i, f.id, true
  from found f;

  -- A statement of its own: it sees what was written just now, here or by somebody else.
  return query
  with ways as (
    select r.i, r.door, r.name, r.epoch, r.uid, m.id
    from jsonb_to_recordset(input) as r(i int, sha text, door text, name text, epoch int, uid bigint)
    join mails m on m.sha256 = decode(r.sha, 'hex')
  ), way as (
    insert into arrivals (mail_id, door, door_name, epoch, uid, first)
    select
      w.id, w.door, w.name, w.epoch, w.uid,
      w.i = (select min(o.i) from ways o where o.id = w.id)
        and (select min(a.id) from arrivals a where a.mail_id = w.id) is null
    from ways w
    order by w.i
    on conflict do nothing
  )
  select w.i, w.id, false
  from ways w;
end $$;
