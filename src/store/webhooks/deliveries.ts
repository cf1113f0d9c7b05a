/** What is due to which endpoint, and what became of it. `at`: a moment that is handed in; null: now, by the clock of the database. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database.ts';

const moment = (at: string | null): RawBuilder<unknown> => sql`coalesce(${at}::timestamptz, clock_timestamp())`;

/** Endpoints that something is due to. */
export async function dueEndpoints(database: Database, at: string | null): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`
      select e.id::text
      from webhook_endpoints e
      where e.state = 'on'
        and (e.rests_until is null or e.rests_until <= ${moment(at)})
        and exists (
          select
          from webhook_deliveries d
          where d.endpoint_id = e.id and d.state = 'due' and d.due_at <= ${moment(at)})
      order by e.id`.execute(db),
  );
  return rows.map(({ id }) => id);
}

export type Claimed = {
  readonly id: string;
  /** With this one: whoever writes down another number has lost it. */
  readonly tries: number;
  readonly firstAt: string;
  readonly at: string;
  readonly url: string;
  readonly uid: string;
  readonly topic: string;
  readonly happenedAt: string;
  readonly data: Readonly<Record<string, string>>;
  readonly secrets: readonly { readonly id: string; readonly sealed: string }[];
};

/**
 * Takes what is due to one endpoint for so long; where whoever took it ends within that time, it comes back. Of what is told of the same
 * thing only the first is taken, so that it stays in its order.
 */
export async function claimDeliveries(
  database: Database,
  endpoint: string,
  { at, most, seconds }: { readonly at: string | null; readonly most: number; readonly seconds: number },
): Promise<Claimed[]> {
  const { rows } = await database.ask((db) =>
    sql<Claimed>`
      with next as (
        select d.id
        from webhook_endpoints e
        join webhook_deliveries d on d.endpoint_id = e.id
        where e.id = ${endpoint}::bigint
          and e.state = 'on'
          and (e.rests_until is null or e.rests_until <= ${moment(at)})
          and d.state = 'due'
          and d.due_at <= ${moment(at)}
          and not exists (
            select
            from webhook_deliveries f
            where f.endpoint_id = d.endpoint_id and f.key = d.key and f.state = 'due' and f.id < d.id)
        order by d.due_at, d.id
        limit ${most}
        for update of d skip locked
      ), taken as (
        update webhook_deliveries d
        set
          tries = d.tries + 1,
          first_at = coalesce(d.first_at, ${moment(at)}),
          due_at = ${moment(at)} + make_interval(secs => ${seconds})
        from next
        where d.id = next.id
        returning d.id, d.endpoint_id, d.event_id, d.tries, d.first_at
      )
      select
        t.id::text,
        t.tries,
        to_json(t.first_at) #>> '{}' as "firstAt",
        to_json(${moment(at)}) #>> '{}' as at,
        e.url,
        v.uid,
        v.topic,
        to_json(v.at) #>> '{}' as "happenedAt",
        v.data,
        (
          select coalesce(
            jsonb_agg(
              jsonb_build_object('id', s.id, 'sealed', encode(s.secret, 'base64'))
              order by s.made_at desc, s.id),
            '[]')
          from webhook_secrets s
          where s.endpoint_id = e.id and (s.ends_at is null or s.ends_at > ${moment(at)})
        ) as secrets
      from taken t
      join webhook_endpoints e on e.id = t.endpoint_id
      join webhook_events v on v.id = t.event_id
      order by t.id`.execute(db),
  );
  return rows;
}

type Came = {
  readonly id: string;
  readonly tries: number;
  readonly at: string;
  readonly tookMs: number;
  readonly status: number | null;
  readonly says: string;
};
/** `next`: when it is tried again; null: it is given up. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly next: string | null };

/** What the same thing is told of next may go now. */
const wakeNext = (endpoint: string, id: string, at: string): RawBuilder<unknown> => sql`
  update webhook_deliveries n set due_at = ${at}::timestamptz
  where n.id = (
    select min(f.id)
    from webhook_deliveries f
    join webhook_deliveries d on d.id = ${id}::bigint
    where f.endpoint_id = ${endpoint}::bigint and f.key = d.key and f.state = 'due' and f.id > d.id)`;

/** False where somebody else has it by now: then nothing is written but the try. */
export async function writeCame(
  database: Database,
  endpoint: string,
  { id, tries, at, tookMs, status, says }: Came,
  outcome: Outcome,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    await sql`
      insert into webhook_attempts (delivery_id, at, took_ms, status, says)
      select id, ${at}::timestamptz, ${tookMs}, ${status}::int, ${says}
      from webhook_deliveries
      where id = ${id}::bigint`.execute(tx);
    const next = outcome.ok ? null : outcome.next;
    const state = outcome.ok ? 'delivered' : next === null ? 'given-up' : 'due';
    const { rows } = await sql<{ id: string }>`
      update webhook_deliveries
      set
        state = ${state},
        due_at = coalesce(${next}::timestamptz, due_at),
        ended_at = ${state === 'due' ? null : at}::timestamptz,
        status = ${status}::int,
        says = ${says}
      where id = ${id}::bigint and state = 'due' and tries = ${tries}
      returning id`.execute(tx);
    if (rows.length === 0) return false;
    if (next === null) await wakeNext(endpoint, id, at).execute(tx);
    else
      await sql`
        update webhook_deliveries f set due_at = greatest(f.due_at, ${next}::timestamptz)
        from webhook_deliveries d
        where d.id = ${id}::bigint
          and f.endpoint_id = d.endpoint_id
          and f.key = d.key
          and f.state = 'due'
          and f.id > d.id`.execute(tx);
    return true;
  });
}

/** So many times in a row it took nothing before what waits is not left to its own time once it takes again. */
const wasAway = 3;

/** It took something: it is well, and after it was away all that waits for another try goes at once. */
export async function noteTaken(database: Database, endpoint: string, at: string, claimSeconds: number): Promise<void> {
  await database.ask((db) =>
    sql`
      with before as (
        select id, failures
        from webhook_endpoints
        where id = ${endpoint}::bigint
        for update
      ), well as (
        update webhook_endpoints e
        set took_at = greatest(e.took_at, ${at}::timestamptz), failures = 0, rests_until = null
        from before b
        where e.id = b.id
      )
      update webhook_deliveries d set due_at = ${at}::timestamptz
      from before b
      where b.failures >= ${wasAway}
        and d.endpoint_id = b.id
        and d.state = 'due'
        and d.due_at > ${at}::timestamptz + make_interval(secs => ${claimSeconds})`.execute(db),
  );
}

/** Of all that were sent at once none was taken. Answers with how many times in a row that was so. */
export async function noteRefused(database: Database, endpoint: string): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ failures: number }>`
      update webhook_endpoints set failures = failures + 1
      where id = ${endpoint}::bigint
      returning failures`.execute(db),
  );
  return rows[0]?.failures ?? 1;
}

export async function letRest(database: Database, endpoint: string, until: string): Promise<void> {
  await database.ask((db) =>
    sql`update webhook_endpoints set rests_until = ${until}::timestamptz where id = ${endpoint}::bigint`.execute(db),
  );
}

/** By itself: no person has. `since`: only where it has taken nothing from then on. True where it was on until now. */
export async function switchOffFailed(
  database: Database,
  endpoint: string,
  { because, at, since }: { readonly because: string; readonly at: string; readonly since: string | null },
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const { rows } = await sql`
      with off as (
        update webhook_endpoints
        set state = 'off', off_because = ${because}, off_at = ${at}::timestamptz, version_no = version_no + 1
        where id = ${endpoint}::bigint
          and state = 'on'
          and (${since}::timestamptz is null or took_at is null or took_at < ${since}::timestamptz)
        returning id
      )
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'scheduler', 'webhook-switched-off', 'webhook', id::text, jsonb_build_object('because', ${because}::text)
      from off
      returning id`.execute(tx);
    return rows.length > 0;
  });
}
