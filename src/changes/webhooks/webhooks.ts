/** The endpoints of other programs, and what is sent to them once more. */
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';
import { everyTopic } from './topics.ts';

type Common = { readonly at: string; readonly by: By };
type OfWebhook = Common & {
  readonly webhook: string;
  /** Where it is sent to, without what stands behind the host. */
  readonly host: string;
  /** As it was judged: where it has moved on nothing is written. */
  readonly webhookVersion: number;
};
/** Drawn and sealed before it is written; the preview goes without. */
export type SealedSecret = { readonly id: string; readonly sealed: Buffer };

export type WebhookAdded = Common & {
  readonly kind: 'webhook-added';
  readonly url: string;
  readonly host: string;
  readonly topics: readonly string[];
  readonly about: string;
  readonly secret?: SealedSecret;
  /** Its row, once it is written. */
  readonly webhook?: string;
};
export type WebhookChanged = OfWebhook & {
  readonly kind: 'webhook-changed';
  readonly url: string;
  readonly topics: readonly string[];
  readonly about: string;
};
export type WebhookSwitched = OfWebhook & { readonly kind: 'webhook-switched'; readonly on: boolean };
export type WebhookSecretRotated = OfWebhook & {
  readonly kind: 'webhook-secret-rotated';
  /** So long the one before signs, too. */
  readonly hours: number;
  readonly secret?: SealedSecret;
};
/** Whoever saw it can sign in our name: it is on record who did. */
export type WebhookSecretShown = OfWebhook & { readonly kind: 'webhook-secret-shown' };
export type WebhookRemoved = OfWebhook & { readonly kind: 'webhook-removed' };
export type WebhookTested = OfWebhook & { readonly kind: 'webhook-tested' };
export type WebhookResent = OfWebhook & {
  readonly kind: 'webhook-resent';
  /** One delivery, or all of events since then. */
  readonly delivery: string | null;
  readonly since: string | null;
  /** As they were counted; 10,001: there are more. */
  readonly counted: number;
};

export type WebhookChange =
  | WebhookAdded
  | WebhookChanged
  | WebhookSwitched
  | WebhookSecretRotated
  | WebhookSecretShown
  | WebhookRemoved
  | WebhookTested
  | WebhookResent;

const common = {
  event: none('it belongs to no case'),
  topic: none('what is told of is what is told, not to whom'),
  batched: false,
} as const;

const about = (action: string, { webhook = '' }: { readonly webhook?: string }, detail = {}) =>
  ({ action, subjectKind: 'webhook', subjectId: webhook, detail }) as const;

const topicsSaid = (topics: readonly string[]): string =>
  topics.includes(everyTopic) ? 'everything that happens' : topics.join(', ');

/** Capped where it was counted. */
const eventsSaid = (count: number): string =>
  count > 10_000 ? '10,000+ events' : count === 1 ? '1 event' : `${count.toLocaleString('en-GB')} events`;

export const webhookChanges = {
  'webhook-added': {
    ...common,
    audit: (change) => about('webhook-added', change, { host: change.host, topics: change.topics }),
    says: ({ host, topics }) => `${host} is sent ${topicsSaid(topics)}, from now on and signed.`,
  },
  'webhook-changed': {
    ...common,
    audit: (change) => about('webhook-changed', change, { host: change.host, topics: change.topics }),
    says: ({ webhook, host, topics }) =>
      `Webhook ${webhook} sends ${topicsSaid(topics)} to ${host}; what waits already goes there, too.`,
  },
  'webhook-switched': {
    ...common,
    audit: (change) => about(change.on ? 'webhook-switched-on' : 'webhook-switched-off', change),
    says: ({ webhook, host, on }) =>
      on
        ? `Webhook ${webhook} sends to ${host} again; what waited goes first.`
        : `Webhook ${webhook} sends nothing to ${host} until it is switched on again; what happens meanwhile is not kept for it.`,
  },
  'webhook-secret-rotated': {
    ...common,
    audit: (change) => about('webhook-secret-rotated', change, { hours: change.hours }),
    says: ({ webhook, hours }) =>
      hours === 0
        ? `Webhook ${webhook} signs with a new secret, and with that alone.`
        : `Webhook ${webhook} signs with a new secret, and for ${hours} ${hours === 1 ? 'hour' : 'hours'} with the one before, too.`,
  },
  'webhook-secret-shown': {
    ...common,
    audit: (change) => about('webhook-secret-shown', change),
    says: ({ webhook }) => `The secret of webhook ${webhook} is shown once, and the audit says to whom.`,
  },
  'webhook-removed': {
    ...common,
    audit: (change) => about('webhook-removed', change, { host: change.host }),
    says: ({ webhook, host }) =>
      `Webhook ${webhook} is removed with its log; nothing is sent to ${host} any more, of what waits neither.`,
  },
  'webhook-tested': {
    ...common,
    audit: (change) => about('webhook-tested', change),
    says: ({ webhook, host }) => `A test event goes to ${host} by webhook ${webhook}.`,
  },
  'webhook-resent': {
    ...common,
    audit: (change) => about('webhook-resent', change, { delivery: change.delivery, since: change.since }),
    says: ({ webhook, host, since, counted: count }) =>
      `${eventsSaid(count)}${since === null ? '' : ` since ${since}`} ${count === 1 ? 'goes' : 'go'} to ${host} once more by webhook ${webhook}, each under its own id.`,
  },
} as const satisfies { [kind in WebhookChange['kind']]: ChangeRow<Extract<WebhookChange, { kind: kind }>> };
