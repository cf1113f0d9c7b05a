/** Endpoints as acts see them. */
import { sql } from 'kysely';
import type { WebhookNeeds, WebhookRecord, WebhookRecords } from '../../acts/webhooks/records.ts';
import { mostCounted } from '../../upkeep/overview/look.ts';
import type { Database } from '../database.ts';

async function webhookRecord(
  database: Database,
  { id, delivery, since }: NonNullable<WebhookNeeds['webhook']>,
): Promise<WebhookRecord | null> {
  const { rows } = await database.ask((db) =>
    sql<WebhookRecord>`
      select
        e.id::text,
        e.version_no as version,
        e.url,
        e.topics,
        e.about,
        e.state = 'on' as on,
        (
          select jsonb_build_object('id', d.id::text, 'state', d.state)
          from webhook_deliveries d
          where d.id = ${delivery ?? null}::bigint and d.endpoint_id = e.id
        ) as delivery,
        (
          select count(*)::int
          from (
            select
            from webhook_deliveries d
            join webhook_events v on v.id = d.event_id
            where d.endpoint_id = e.id and d.state <> 'due' and v.at >= ${since ?? null}::timestamptz
            limit ${mostCounted + 1}
          ) counted
        ) as since
      from webhook_endpoints e
      where e.id = ${id}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}

export async function webhookRecords(database: Database, needs: WebhookNeeds): Promise<WebhookRecords> {
  const { webhook, webhookTo } = needs;
  const records: { webhook?: WebhookRecord | null; webhookTo?: NonNullable<WebhookRecords['webhookTo']> } = {};
  if (webhook) records.webhook = await webhookRecord(database, webhook);
  if (webhookTo !== undefined) {
    const { rows } = await database.ask((db) =>
      sql<{ count: number; same: string | null }>`
        select
          count(*)::int as count,
          min(id) filter (where url = ${webhookTo})::text as same
        from webhook_endpoints`.execute(db),
    );
    records.webhookTo = rows[0] ?? { count: 0, same: null };
  }
  return records;
}
