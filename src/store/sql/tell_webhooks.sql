-- What other programs hear, written in the transaction of what it tells of: the event once, and a delivery for each
-- endpoint that wants it. Without endpoints that is a look into an empty table. What is told of the same thing goes in
-- its order: behind what still waits it is not due before that is.
create function tell_webhooks_90(given jsonb)
returns void
language plpgsql
as $$
begin
  if not exists (select from webhook_endpoints where state = 'on') then
    return;
  end if;

  with told as (
    insert into webhook_events (topic, key, data)
    select t.one->>'topic', t.one->>'key', t.one->'data'
    from jsonb_array_elements(given) with ordinality as t(one, n)
    where exists (
      select
      from webhook_endpoints e
      where e.state = 'on' and e.topics && array[t.one->>'topic', '*'])
    order by t.n
    returning id, topic, key
  )
  insert into webhook_deliveries (endpoint_id, event_id, key, due_at)
  select
    e.id, t.id, t.key,
    greatest(
      now(),
      (
        select max(d.due_at)
        from webhook_deliveries d
        where d.endpoint_id = e.id and d.key = t.key and d.state = 'due'
      ))
  from told t
  join webhook_endpoints e on e.state = 'on' and e.topics && array[t.topic, '*']
  order by t.id, e.id;
end $$;
