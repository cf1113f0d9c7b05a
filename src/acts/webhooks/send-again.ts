/** What an endpoint is sent because a person asks for it: a test, one event once more, or all since a moment. */
import { z } from 'zod';
import { type Act, type Given, type Judged, refused } from '../act.ts';
import { noWebhook, ofWebhook, webhookId } from './input.ts';
import type { WebhookRecord } from './records.ts';

const whileOff = ({ id }: WebhookRecord) => refused('conflict', `Webhook ${id} is off: switch it on first.`);

const test = z.strictObject({ webhook: webhookId });

export const testWebhook: Act<z.infer<typeof test>> = {
  name: 'test-webhook',
  input: test,
  right: 'webhooks: manage',
  does: 'sends a test event to an endpoint',
  gives: { changes: ['webhook-tested'], letters: [] },
  needs: ({ webhook: id }) => ({ webhook: { id } }),
  judge({ webhook: id }, { webhook: found }, given) {
    if (!found) return noWebhook(id);
    if (!found.on) return whileOff(found);
    return { kind: 'done', changes: [{ kind: 'webhook-tested', ...ofWebhook(found, given) }], letters: [] };
  },
};

const resent = (
  found: WebhookRecord,
  given: Given,
  what: { readonly delivery: string | null; readonly since: string | null; readonly counted: number },
): Judged =>
  found.on
    ? { kind: 'done', changes: [{ kind: 'webhook-resent', ...ofWebhook(found, given), ...what }], letters: [] }
    : whileOff(found);

const one = z.strictObject({ webhook: webhookId, delivery: z.string().regex(/^\d{1,18}$/, 'is no delivery') });

export const resendWebhook: Act<z.infer<typeof one>> = {
  name: 'resend-webhook',
  input: one,
  right: 'webhooks: manage',
  does: 'sends one event to an endpoint once more, under its own id',
  gives: { changes: ['webhook-resent'], letters: [] },
  needs: ({ webhook: id, delivery }) => ({ webhook: { id, delivery } }),
  judge({ webhook: id, delivery }, { webhook: found }, given) {
    if (!found) return noWebhook(id);
    if (!found.delivery) return refused('not-found', `Webhook ${id} has no delivery ${delivery}.`);
    if (found.delivery.state === 'due')
      return refused('conflict', 'It has not been taken yet: it is sent by itself until it is.');
    return resent(found, given, { delivery, since: null, counted: 1 });
  },
};

const moment = z.iso.datetime({ offset: true, error: 'is no moment such as 2026-11-29T08:00:00Z' });
const since = z.strictObject({ webhook: webhookId, since: moment.describe('events from then on') });

export const resendWebhookSince: Act<z.infer<typeof since>> = {
  name: 'resend-webhook-since',
  input: since,
  right: 'webhooks: manage',
  does: 'sends all events since a moment to an endpoint once more, each under its own id and in their order',
  gives: { changes: ['webhook-resent'], letters: [] },
  needs: ({ webhook: id, since: from }) => ({ webhook: { id, since: from } }),
  judge({ webhook: id, since: typed }, { webhook: found }, given) {
    if (!found) return noWebhook(id);
    const from = new Date(typed).toISOString();
    const counted = found.since ?? 0;
    if (counted === 0) return refused('conflict', 'Nothing since then has been sent, or the log of it is gone.');
    return resent(found, given, { delivery: null, since: from, counted });
  },
};
