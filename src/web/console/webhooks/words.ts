/** Webhooks in words. */
import type { DeliveryState } from '../../../acts/webhooks/records.ts';
import { everyTopic, topicNames } from '../../../changes/webhooks/topics.ts';
import type { DeliveryRow, WebhookRow } from '../../../flows/webhooks/webhooks.ts';
import type { Html } from '../../html.ts';
import { pill, type Tone } from '../frame/parts.ts';

export const webhookPath = (id: string): string => `/webhooks/${id}`;
export const deliveryPath = (webhook: string, id: string): string => `/webhooks/${webhook}/deliveries/${id}`;

/** Where it goes to, without path and query: those may hold what nobody else is to know. */
export const shownHost = (url: string): string => URL.parse(url)?.host ?? url;

/** The first four, and how many more. */
export function topicsSaid(topics: readonly string[]): string {
  if (topics.includes(everyTopic)) return 'everything that happens';
  const first = topics.slice(0, 4).join(', ');
  const more = topics.length - 4;
  return more > 0 ? `${first} and ${more} more` : first;
}

/** By what stands before the dot, in the order of the list. */
export const topicGroups: readonly (readonly [group: string, topics: readonly string[]])[] = [
  ...Map.groupBy(topicNames, (topic) => topic.slice(0, topic.indexOf('.'))),
];

export function stateOf({ on, offBecause, failures }: WebhookRow): Html {
  if (!on) return offBecause === null ? pill('off') : pill('switched off', 'bad');
  return failures > 0 ? pill('takes nothing', 'warn') : pill('on', 'good');
}

const states = {
  due: ['waits', undefined],
  delivered: ['delivered', 'good'],
  'given-up': ['given up', 'bad'],
} as const satisfies Record<DeliveryState, readonly [string, Tone | undefined]>;

export function deliveryState({ state, tries }: Pick<DeliveryRow, 'state' | 'tries'>): Html {
  const [says, tone] = states[state];
  if (state === 'due' && tries > 0) return pill('tried again', 'warn');
  return pill(says, tone);
}
