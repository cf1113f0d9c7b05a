import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import {
  hostOf,
  inOrder,
  noWebhook,
  ofWebhook,
  unlessPlain,
  webhookAbout,
  webhookId,
  webhookTopics,
  webhookUrl,
} from './input.ts';
import { mostWebhooks } from './records.ts';

const added = z.strictObject({ url: webhookUrl, topics: webhookTopics, about: webhookAbout });

/** Its secret is drawn as it is written, and shown when it is asked for. */
export const addWebhook: Act<z.infer<typeof added>> = {
  name: 'add-webhook',
  input: added,
  right: 'webhooks: manage',
  does: 'sends what happens to another program from now on, signed',
  gives: { changes: ['webhook-added'], letters: [] },
  needs: ({ url }) => ({ webhookTo: url }),
  judge({ url, topics, about = '' }, { webhookTo: { count, same } = { count: 0, same: null } }, given) {
    const plain = unlessPlain(url, given);
    if (plain) return plain;
    if (same !== null) return refused('conflict', `Webhook ${same} sends there already: change its topics.`);
    if (count >= mostWebhooks) return refused('conflict', `There are ${mostWebhooks} webhooks; remove one first.`);
    const { by, now: at } = given;
    return {
      kind: 'done',
      changes: [{ kind: 'webhook-added', url, host: hostOf(url), topics: inOrder(topics), about, at, by }],
      letters: [],
    };
  },
};

const changed = z.strictObject({
  webhook: webhookId,
  url: webhookUrl.optional(),
  topics: webhookTopics.optional(),
  about: webhookAbout,
});

export const changeWebhook: Act<z.infer<typeof changed>> = {
  name: 'change-webhook',
  input: changed,
  right: 'webhooks: manage',
  does: 'sends other topics, or to another address',
  gives: { changes: ['webhook-changed'], letters: [] },
  needs: ({ webhook: id, url }) => ({ webhook: { id }, ...(url === undefined ? {} : { webhookTo: url }) }),
  judge({ webhook: id, url, topics, about }, { webhook: found, webhookTo }, given) {
    if (!found) return noWebhook(id);
    const to = url ?? found.url;
    const plain = unlessPlain(to, given);
    if (plain) return plain;
    const same = webhookTo?.same ?? null;
    if (same !== null && same !== id) return refused('conflict', `Webhook ${same} sends there already.`);
    const next = { url: to, topics: topics ? inOrder(topics) : found.topics, about: about ?? found.about };
    if (to === found.url && next.about === found.about && `${next.topics}` === `${found.topics}`)
      return refused('conflict', `Webhook ${id} is so already.`);
    return {
      kind: 'done',
      changes: [{ kind: 'webhook-changed', ...ofWebhook(found, given), ...next, host: hostOf(to) }],
      letters: [],
    };
  },
};
