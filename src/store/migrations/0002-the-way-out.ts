import { type Kysely, sql } from 'kysely';

const statements = `
-- Stopped by a person until a person lets it go on; paused_until is the server's doing and ends by itself.
alter table channels add column stopped_at timestamptz, add column stopped_by text, add column stop_reason text;

-- How many letters were let out this minute, to everybody ('*') and to each domain.
create table letter_rates (
  scope text primary key,
  minute timestamptz not null,
  used int not null check (used >= 0),
  -- What the last claim was given of what it asked for, and the most a minute by its settings.
  granted int not null check (granted >= 0),
  most int not null check (most > 0)
) with (fillfactor = 50);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
