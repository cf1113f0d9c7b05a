/** An endpoint as a whole: switched off and on, removed, and its secret. */
import { z } from 'zod';
import type { OwnChange } from '../../changes/change.ts';
import { type Act, type Given, type Judged, type Records, refused } from '../act.ts';
import { noWebhook, ofWebhook, webhookId } from './input.ts';
import type { WebhookRecord } from './records.ts';

const input = z.strictObject({ webhook: webhookId });
type OfOne = z.infer<typeof input>;

type Turned = (found: WebhookRecord, given: Given) => OwnChange | Extract<Judged, { kind: 'refused' }>;
const turning = ({ turn, ...act }: Pick<Act<OfOne>, 'name' | 'does' | 'gives'> & { turn: Turned }): Act<OfOne> => ({
  ...act,
  input,
  right: 'webhooks: manage',
  needs: ({ webhook: id }) => ({ webhook: { id } }),
  judge({ webhook: id }, { webhook: found }: Records, given) {
    if (!found) return noWebhook(id);
    const made = turn(found, given);
    return made.kind === 'refused' ? made : { kind: 'done', changes: [made], letters: [] };
  },
});

const switched =
  (on: boolean): Turned =>
  (found, given) =>
    found.on === on
      ? refused('conflict', `Webhook ${found.id} is ${on ? 'on' : 'off'} already.`)
      : { kind: 'webhook-switched', ...ofWebhook(found, given), on };

export const switchWebhookOff = turning({
  name: 'switch-webhook-off',
  does: 'sends nothing to an endpoint until it is switched on again',
  gives: { changes: ['webhook-switched'], letters: [] },
  turn: switched(false),
});
export const switchWebhookOn = turning({
  name: 'switch-webhook-on',
  does: 'sends to an endpoint again; what waited goes first',
  gives: { changes: ['webhook-switched'], letters: [] },
  turn: switched(true),
});
export const removeWebhook = turning({
  name: 'remove-webhook',
  does: 'takes an endpoint away, with its secret and its log',
  gives: { changes: ['webhook-removed'], letters: [] },
  turn: (found, given) => ({ kind: 'webhook-removed', ...ofWebhook(found, given) }),
});
export const showWebhookSecret = turning({
  name: 'show-webhook-secret',
  does: 'notes who was shown the secret of an endpoint, which whoever receives needs',
  gives: { changes: ['webhook-secret-shown'], letters: [] },
  turn: (found, given) => ({ kind: 'webhook-secret-shown', ...ofWebhook(found, given) }),
});

const rotated = z.strictObject({
  webhook: webhookId,
  hours: z.coerce.number().int().min(0).max(720).default(24).describe('so long the secret before signs, too'),
});

/** Standard Webhooks: for a while there are two signatures, so that whoever receives can change over without losing anything. */
export const rotateWebhookSecret: Act<z.infer<typeof rotated>> = {
  name: 'rotate-webhook-secret',
  input: rotated as z.ZodType<z.infer<typeof rotated>>,
  right: 'webhooks: manage',
  does: 'signs with a new secret, and for a while with the one before, too',
  gives: { changes: ['webhook-secret-rotated'], letters: [] },
  needs: ({ webhook: id }) => ({ webhook: { id } }),
  judge({ webhook: id, hours }, { webhook: found }, given) {
    if (!found) return noWebhook(id);
    return {
      kind: 'done',
      changes: [{ kind: 'webhook-secret-rotated', ...ofWebhook(found, given), hours }],
      letters: [],
    };
  },
};
