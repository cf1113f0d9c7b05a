/** `/webhooks`: where other programs hear what happens. */
import { html } from 'hono/html';
import { everyTopic, hookTopics, isTopic } from '../../../changes/webhooks/topics.ts';
import type { WebhookRow } from '../../../flows/webhooks/webhooks.ts';
import type { Html } from '../../html.ts';
import { type OfferDeps, offer } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { consolePage } from '../frame/page.ts';
import { empty, field, row, rows, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { shownHost, stateOf, topicGroups, topicsSaid, webhookPath } from './words.ts';

export type WebhooksDeps = OfferDeps & Pick<ConsoleDeps, 'webhooks'>;

const tick = (topic: string, says: string, about: string, ticked: boolean): Html =>
  html`<label class="check"><input type="checkbox" name="topics" value="${topic}"${
    ticked ? html` checked` : ''
  }> <span>${says}${about === '' ? '' : html` <small>${about}</small>`}</span></label>`;

/** What somebody fills in about an endpoint; `one`: as it stands. */
export const webhookFields = (one: WebhookRow | null): Html =>
  html`${field({
    name: 'url',
    label: 'Address',
    value: one?.url ?? '',
    required: true,
    hint: 'https://… Each event is posted there as JSON, signed by Standard Webhooks.',
  })}${field({ name: 'about', label: 'What it is for', value: one?.about ?? '' })}<fieldset class="field topics"><legend>What it is sent</legend>${tick(
    everyTopic,
    'Everything that happens',
    'and what is added later',
    one?.topics.includes(everyTopic) ?? false,
  )}${topicGroups.map(
    ([group, topics]) =>
      html`<details${one !== null && topics.some((topic) => one.topics.includes(topic)) ? html` open` : ''}><summary>${group} <small>${topics.length}</small></summary>${topics.map(
        (topic) =>
          tick(topic, topic, isTopic(topic) ? hookTopics[topic].says : '', one?.topics.includes(topic) ?? false),
      )}</details>`,
  )}</fieldset>`;

function lastOf({ on, tookAt, offAt, waiting }: WebhookRow, viewer: Viewer): Html {
  const waits = waiting > 0 ? html`<br>${countShown(waiting)} ${waiting === 1 ? 'waits' : 'wait'}` : '';
  if (!on && offAt !== null) return html`off since ${when(offAt, viewer)}${waits}`;
  return tookAt === null
    ? html`has taken nothing yet${waits}`
    : html`took one ${when(tookAt, viewer, { relative: true })}${waits}`;
}

const webhookRow = (one: WebhookRow, viewer: Viewer): Html =>
  row({
    href: webhookPath(one.id),
    says: html`${shownHost(one.url)} ${stateOf(one)}`,
    about: html`${one.about ? `${one.about} · ` : ''}${topicsSaid(one.topics)}${
      one.offBecause === null ? '' : html`<br><small>${one.offBecause}</small>`
    }`,
    side: lastOf(one, viewer),
  });

export async function listPage(c: ConsoleContext, deps: WebhooksDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const all = await deps.webhooks.list();
  const add = await offer(c, deps, {
    act: 'add-webhook',
    input: {},
    says: 'Add a webhook',
    key: 'a',
    main: all.length === 0,
    fields: webhookFields(null),
    back: '/webhooks',
  });
  return consolePage(c, {
    title: 'Webhooks',
    place: '/webhooks',
    keys: [['a', 'Add a webhook']],
    assets: ['webhooks.css'],
    body: html`<p class="lead">Other programs hear of what happens here: ids, numbers and times, and no word of a mail. What is not taken is sent again for three days, in order for a case.</p>
${
  all.length === 0
    ? empty('No other program hears anything yet.')
    : rows(
        all.map((one) => webhookRow(one, viewer)),
        'Webhooks',
      )
}${add}`,
  });
}
