-- What only grows: the audit trail, decisions, events of cases. Triggers name it and no worker does, so that it has no
-- number. A transaction that says what it does may delete what is past its time, and take an erased person out of
-- decisions and events; the audit is never changed (POLICY §11.5).
create or replace function refuse_change()
returns trigger
language plpgsql
as $$
begin
  if tg_op = 'DELETE' and current_setting('postern.upkeep', true) = 'retention' then
    return old;
  end if;
  if tg_op = 'UPDATE' and current_setting('postern.upkeep', true) = 'erasure' and tg_table_name <> 'audit' then
    return new;
  end if;
  raise exception '% only grows: % is refused', tg_table_name, lower(tg_op)
  using errcode = 'restrict_violation';
end $$;
