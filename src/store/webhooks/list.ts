/** Endpoints and what was sent to them, for people. Lists go by key, newest first. */
import { sql } from 'kysely';
import type { DeliveryState } from '../../acts/webhooks/records.ts';
import { mostCounted } from '../../upkeep/overview/look.ts';
import type { Database } from '../database.ts';

export type WebhookRow = {
  readonly id: string;
  readonly url: string;
  readonly about: string;
  readonly topics: readonly string[];
  readonly on: boolean;
  /** Why it was switched off by itself; null: a person did, or it is on. */
  readonly offBecause: string | null;
  readonly offAt: string | null;
  readonly madeAt: string;
  readonly tookAt: string | null;
  /** In a row. */
  readonly failures: number;
  /** Of it, up to 10,001. */
  readonly waiting: number;
  readonly oldest: string | null;
  readonly givenUp: number;
  /** The one before signs until then. */
  readonly rotatingUntil: string | null;
};

const counted = (state: DeliveryState) => sql`
  (
    select count(*)::int
    from (
      select
      from webhook_deliveries d
      where d.endpoint_id = e.id and d.state = ${sql.lit(state)}
      limit ${sql.lit(mostCounted + 1)}
    ) counted
  )`;

export async function listWebhooks(database: Database, id: string | null = null): Promise<WebhookRow[]> {
  const { rows } = await database.ask((db) =>
    sql<WebhookRow>`
      select
        e.id::text,
        e.url,
        e.about,
        e.topics,
        e.state = 'on' as on,
        e.off_because as "offBecause",
        to_json(e.off_at) #>> '{}' as "offAt",
        to_json(e.made_at) #>> '{}' as "madeAt",
        to_json(e.took_at) #>> '{}' as "tookAt",
        e.failures,
        ${counted('due')} as waiting,
        (
          select to_json(v.at) #>> '{}'
          from webhook_deliveries d
          join webhook_events v on v.id = d.event_id
          where d.endpoint_id = e.id and d.state = 'due'
          order by d.id
          limit 1
        ) as oldest,
        ${counted('given-up')} as "givenUp",
        (
          select to_json(max(s.ends_at)) #>> '{}'
          from webhook_secrets s
          where s.endpoint_id = e.id and s.ends_at > now()
        ) as "rotatingUntil"
      from webhook_endpoints e
      where ${id}::bigint is null or e.id = ${id}::bigint
      order by e.id`.execute(db),
  );
  return rows;
}

export async function countFailed(database: Database): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ failed: number }>`
      select count(*)::int as failed
      from webhook_endpoints
      where state = 'off' and off_because is not null`.execute(db),
  );
  return rows[0]?.failed ?? 0;
}

export type DeliveryRow = {
  readonly id: string;
  readonly uid: string;
  readonly topic: string;
  readonly at: string;
  readonly data: Readonly<Record<string, string>>;
  readonly state: DeliveryState;
  readonly tries: number;
  /** Of one that waits: when it is tried next. */
  readonly dueAt: string;
  readonly endedAt: string | null;
  readonly status: number | null;
  readonly says: string | null;
};

const columns = sql`
  d.id::text,
  v.uid,
  v.topic,
  to_json(v.at) #>> '{}' as at,
  v.data,
  d.state,
  d.tries,
  to_json(d.due_at) #>> '{}' as "dueAt",
  to_json(d.ended_at) #>> '{}' as "endedAt",
  d.status,
  d.says`;

export type DeliveriesAsked = {
  readonly webhook: string;
  readonly state?: DeliveryState | undefined;
  /** The id of the last one of the page before. */
  readonly before?: string | null | undefined;
  readonly limit: number;
};

export async function listDeliveries(
  database: Database,
  { webhook, state, before = null, limit }: DeliveriesAsked,
): Promise<{ readonly items: readonly DeliveryRow[]; readonly next: string | null }> {
  const ofState = state === undefined ? sql`` : sql`and d.state = ${state}`;
  const older = before === null ? sql`` : sql`and d.id < ${before}::bigint`;
  const { rows } = await database.ask((db) =>
    sql<DeliveryRow>`
      select ${columns}
      from webhook_deliveries d
      join webhook_events v on v.id = d.event_id
      where d.endpoint_id = ${webhook}::bigint
        ${ofState}
        ${older}
      order by d.id desc
      limit ${limit + 1}`.execute(db),
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export type AttemptRow = {
  readonly at: string;
  readonly tookMs: number;
  readonly status: number | null;
  readonly says: string;
};
export type DeliveryDetail = DeliveryRow & { readonly attempts: readonly AttemptRow[] };

export async function readDelivery(database: Database, webhook: string, id: string): Promise<DeliveryDetail | null> {
  const { rows } = await database.ask((db) =>
    sql<DeliveryDetail>`
      select
        ${columns},
        (
          select coalesce(
            jsonb_agg(
              jsonb_build_object(
                'at', to_json(a.at) #>> '{}', 'tookMs', a.took_ms, 'status', a.status, 'says', a.says)
              order by a.at),
            '[]')
          from webhook_attempts a
          where a.delivery_id = d.id
        ) as attempts
      from webhook_deliveries d
      join webhook_events v on v.id = d.event_id
      where d.id = ${id}::bigint and d.endpoint_id = ${webhook}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}

export async function readSecrets(
  database: Database,
  webhook: string,
): Promise<readonly { readonly id: string; readonly sealed: Buffer; readonly endsAt: string | null }[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string; sealed: Buffer; endsAt: string | null }>`
      select id::text, secret as sealed, to_json(ends_at) #>> '{}' as "endsAt"
      from webhook_secrets
      where endpoint_id = ${webhook}::bigint and (ends_at is null or ends_at > now())
      order by made_at desc, id`.execute(db),
  );
  return rows;
}
