/**
 * Lists of the console over requests for access, renewals and recipients of announcements: by state, and by day. Nothing of this is written
 * by a mail but by those that ask for access.
 */
import { type Kysely, sql } from 'kysely';

const statements = `
-- What the steps of a request come to (src/access/request.ts), so that a list does not read all of them.
alter table access_requests add column state text not null default 'to-verify';
update access_requests r set state = coalesce(
  '{"verified": "waiting", "handed-over": "with-client-care", "granted": "granted", "denied": "denied", "ended": "expired", "erased": "expired"}'::jsonb
    ->> coalesce(
      nullif((
        select h.kind
        from access_request_steps h
        where h.request_id = r.id
          and h.kind in ('verified', 'handed-over', 'granted', 'denied', 'ended', 'erased', 'taken-back')
        order by h.id desc
        limit 1), 'taken-back'),
      (
        select h.kind
        from access_request_steps h
        where h.request_id = r.id and h.kind in ('verified', 'handed-over', 'ended', 'erased')
        order by h.id desc
        limit 1)),
  'to-verify');
create index access_requests_by_state on access_requests (state, id);

drop index renewal_steps_day;
create index renewal_steps_by_day on renewal_steps (day, state);
create index renewal_steps_by_state on renewal_steps (state, due_at, id) include (settled_at);

-- Of who may open cases: when the site was last asked by a person, or for the first time.
alter table schedule_turns add column asked_at timestamptz;

-- Addresses that letters came back from.
create index contacts_returned on contacts (id) where doubtful_since is not null or unreachable_since is not null;

-- Who of a site is asked about still.
create index contacts_to_attest on contacts (site_id) where to_attest is not null;

create index announcement_recipients_left_out on announcement_recipients (announcement_id, state, address)
  where state not in ('open', 'written');
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
