/** What acts on webhooks see. */

export type WebhookRecord = {
  readonly id: string;
  readonly version: number;
  readonly url: string;
  readonly topics: readonly string[];
  readonly about: string;
  readonly on: boolean;
  /** Something was sent or tried by it: a delivery that waits, or one that came to an end. */
  readonly delivery?: { readonly id: string; readonly state: DeliveryState } | null;
  /** Where it was asked for: deliveries of events since then that have come to an end; 10,001: there are more. */
  readonly since?: number;
};
export const deliveryStates = ['due', 'delivered', 'given-up'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export type WebhookNeeds = {
  readonly webhook?: {
    readonly id: string;
    readonly delivery?: string | undefined;
    readonly since?: string | undefined;
  };
  /** How many there are, and whether one sends there already. */
  readonly webhookTo?: string;
};
export type WebhookRecords = {
  readonly webhook?: WebhookRecord | null;
  readonly webhookTo?: { readonly count: number; readonly same: string | null };
};

export const mostWebhooks = 50;
