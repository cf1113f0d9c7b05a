import { sql } from 'kysely';
import { testTopic } from '../../../changes/webhooks/topics.ts';
import type {
  SealedSecret,
  WebhookAdded,
  WebhookChanged,
  WebhookRemoved,
  WebhookResent,
  WebhookSecretRotated,
  WebhookSecretShown,
  WebhookSwitched,
  WebhookTested,
} from '../../../changes/webhooks/webhooks.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';

type Seen = { readonly webhook: string; readonly webhookVersion: number };

/** Locks it and raises its version; where it has moved on nothing is written. */
async function take(tx: Tx, { webhook, webhookVersion }: Seen): Promise<void> {
  const { rows } = await sql`
    update webhook_endpoints set version_no = version_no + 1
    where id = ${webhook}::bigint and version_no = ${webhookVersion}
    returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', 'the webhook has changed meanwhile');
}

const drawn = (secret: SealedSecret | undefined): SealedSecret => {
  if (!secret) throw new Error('no secret was drawn');
  return secret;
};

async function writeSecret(tx: Tx, webhook: string, { id, sealed }: SealedSecret): Promise<void> {
  await sql`
    insert into webhook_secrets (id, endpoint_id, secret)
    values (${id}::uuid, ${webhook}::bigint, ${sealed})`.execute(tx);
}

export async function writeWebhookAdded(tx: Tx, change: WebhookAdded): Promise<WebhookAdded> {
  const { url, about, topics, secret } = change;
  const { rows } = await sql<{ id: string }>`
    insert into webhook_endpoints (url, about, topics)
    values (${url}, ${about}, ${[...topics]}::text[])
    returning id::text`.execute(tx);
  const webhook = rows[0]?.id ?? '';
  await writeSecret(tx, webhook, drawn(secret));
  return { ...change, webhook };
}

export async function writeWebhookChanged(tx: Tx, change: WebhookChanged): Promise<void> {
  await take(tx, change);
  const { webhook, url, about, topics } = change;
  await sql`
    update webhook_endpoints
    set url = ${url}, about = ${about}, topics = ${[...topics]}::text[], failures = 0, rests_until = null
    where id = ${webhook}::bigint`.execute(tx);
}

/** Switched on, what waited has its three days anew. */
export async function writeWebhookSwitched(tx: Tx, change: WebhookSwitched): Promise<void> {
  await take(tx, change);
  const { webhook, on } = change;
  await sql`
    update webhook_endpoints
    set
      state = ${on ? 'on' : 'off'},
      off_because = null,
      off_at = ${on ? null : sql`now()`},
      failures = 0,
      rests_until = null
    where id = ${webhook}::bigint`.execute(tx);
  if (on)
    await sql`
      update webhook_deliveries set due_at = now(), tries = 0, first_at = null
      where endpoint_id = ${webhook}::bigint and state = 'due'`.execute(tx);
}

export async function writeWebhookSecretRotated(tx: Tx, change: WebhookSecretRotated): Promise<void> {
  await take(tx, change);
  const { webhook, hours, secret } = change;
  await sql`
    update webhook_secrets set ends_at = now() + make_interval(hours => ${hours})
    where endpoint_id = ${webhook}::bigint and ends_at is null`.execute(tx);
  await sql`
    delete from webhook_secrets
    where endpoint_id = ${webhook}::bigint and ends_at <= now()`.execute(tx);
  await writeSecret(tx, webhook, drawn(secret));
}

/** Its audit row alone says it. */
export const writeWebhookSecretShown = (tx: Tx, change: WebhookSecretShown): Promise<void> => take(tx, change);

/** Deliveries, attempts and secrets go with it. */
export async function writeWebhookRemoved(tx: Tx, change: WebhookRemoved): Promise<void> {
  await take(tx, change);
  await sql`delete from webhook_endpoints where id = ${change.webhook}::bigint`.execute(tx);
}

export async function writeWebhookTested(tx: Tx, change: WebhookTested): Promise<void> {
  await take(tx, change);
  await sql`
    with event as (
      insert into webhook_events (topic, key, data)
      values (${testTopic}, null, ${JSON.stringify({ change: testTopic, by: change.by.kind })}::jsonb)
      returning id
    )
    insert into webhook_deliveries (endpoint_id, event_id, key, due_at)
    select ${change.webhook}::bigint, id, null, now()
    from event`.execute(tx);
}

/** In their order: what is told of the same thing waits for what was told of it before. */
export async function writeWebhookResent(tx: Tx, change: WebhookResent): Promise<void> {
  await take(tx, change);
  const { webhook, delivery, since } = change;
  await sql`
    update webhook_deliveries d
    set state = 'due', due_at = now(), tries = 0, first_at = null, ended_at = null
    where d.endpoint_id = ${webhook}::bigint
      and d.state <> 'due'
      and (${delivery}::bigint is null or d.id = ${delivery}::bigint)
      and (
        ${since}::timestamptz is null
        or d.event_id in (select id from webhook_events where at >= ${since}::timestamptz))`.execute(tx);
}
