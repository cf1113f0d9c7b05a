/** Webhooks for people: console, API and command line ask here. */
import type { By } from '../../changes/by.ts';
import type { Database } from '../../store/database.ts';
import {
  countFailed,
  type DeliveriesAsked,
  type DeliveryDetail,
  type DeliveryRow,
  listDeliveries,
  listWebhooks,
  readDelivery,
  readSecrets,
  type WebhookRow,
} from '../../store/webhooks/list.ts';
import type { Sealer } from '../../vault/seal.ts';
import type { CommitOutcome } from '../acts/commit.ts';
import { bodyOf } from './deliver.ts';
import { openSecret } from './secrets.ts';

export type { AttemptRow, DeliveriesAsked, DeliveryRow, WebhookRow } from '../../store/webhooks/list.ts';

/** `body`: as it is sent. */
export type ShownDelivery = DeliveryDetail & { readonly body: string };
export type ShownSecret = { readonly secret: string; readonly endsAt: string | null };
export type SecretsShown =
  | { readonly kind: 'shown'; readonly secrets: readonly ShownSecret[] }
  | { readonly kind: 'refused'; readonly why: string; readonly says: string };

export type Webhooks = {
  list(): Promise<readonly WebhookRow[]>;
  /** How many were switched off by themselves. */
  failed(): Promise<number>;
  one(id: string): Promise<WebhookRow | null>;
  deliveries(asked: DeliveriesAsked): Promise<{ readonly items: readonly DeliveryRow[]; readonly next: string | null }>;
  delivery(webhook: string, id: string): Promise<ShownDelivery | null>;
  /** Not before it stands in the audit who was shown it. */
  secrets(webhook: string, by: By): Promise<SecretsShown>;
};

type Deps = {
  readonly database: Database;
  readonly vault: Pick<Sealer, 'open'>;
  readonly perform: (act: string, input: unknown, how: { by: By; preview: boolean }) => Promise<CommitOutcome>;
};

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

export function openWebhooks({ database, vault, perform }: Deps): Webhooks {
  return {
    list: () => listWebhooks(database),
    failed: () => countFailed(database),
    one: async (id) => (isId(id) ? ((await listWebhooks(database, id))[0] ?? null) : null),
    deliveries: (asked) => listDeliveries(database, asked),
    async delivery(webhook, id) {
      const found = isId(webhook) && isId(id) ? await readDelivery(database, webhook, id) : null;
      return found && { ...found, body: bodyOf({ topic: found.topic, happenedAt: found.at, data: found.data }) };
    },
    async secrets(webhook, by) {
      const noted = await perform('show-webhook-secret', { webhook }, { by, preview: false });
      if (noted.kind === 'refused') return noted;
      if (noted.kind !== 'done') throw new Error(`not noted: ${noted.kind}`);
      const sealed = await readSecrets(database, webhook);
      return {
        kind: 'shown',
        secrets: sealed.map(({ endsAt, ...one }) => ({ secret: openSecret(vault, one), endsAt })),
      };
    },
  };
}
