-- What only grows: the audit trail, decisions, events of cases. Triggers name it and no worker does, so that it has no
-- number.
create or replace function refuse_change()
returns trigger
language plpgsql
as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, lower(tg_op)
  using errcode = 'restrict_violation';
end $$;
