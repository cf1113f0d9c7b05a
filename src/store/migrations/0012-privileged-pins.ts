/** Privileged PINs by their keyed hash (POLICY §1): bound to a person, an address and a case, used once, never good for more than a day. */
import { type Kysely, sql } from 'kysely';

const statements = `
create table privileged_pins (
  id bigint generated always as identity primary key,
  hash bytea not null unique check (octet_length(hash) = 32),
  contact_id bigint not null references contacts on delete cascade,
  address text not null,
  case_id bigint not null references cases on delete cascade,
  issued_at timestamptz not null default now(),
  issued_by text not null,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  redeemed_by text,
  revoked_at timestamptz,
  revoked_by text,
  -- When its end was written down, not when it was: a PIN is past its end without that.
  ended_at timestamptz,
  check (expires_at > issued_at and expires_at <= issued_at + interval '24 hours'),
  check ((redeemed_at is null) = (redeemed_by is null)),
  check ((revoked_at is null) = (revoked_by is null)),
  check (redeemed_at < expires_at)
);
create index on privileged_pins (contact_id);
create index on privileged_pins (case_id);
create index on privileged_pins (expires_at) where ended_at is null and revoked_at is null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
