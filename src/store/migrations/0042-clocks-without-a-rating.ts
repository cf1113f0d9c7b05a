import { type Kysely, sql } from 'kysely';

const statements = `
-- Nothing has ever written or read them.
alter table cases
  drop column identified,
  drop column opened_by;

-- Cases that were taken over before their clocks were given what they run by (POLICY §11.6) are looked at once more.
update cases c set timer_at = now()
where c.status = 'open'
  and c.response_met_at is null
  and c.silent_until is not null
  and c.silent_until <> 'infinity'
  and not exists (
    select
    from case_events e
    where e.case_id = c.id and e.kind = 'clock-started' and e.detail->'rating' is not null);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
