/** One delivery, what was sent and every try; and the secret, once somebody has asked for it. */
import { html } from 'hono/html';
import type { AttemptRow, ShownDelivery, ShownSecret } from '../../../flows/webhooks/webhooks.ts';
import type { Html } from '../../html.ts';
import { offer } from '../acts/offer.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, empty, type Shown, when, whyList } from '../frame/parts.ts';
import { byOf, type ConsoleContext, type Viewer } from '../viewer.ts';
import type { WebhooksDeps } from './list-page.ts';
import { noSuchWebhook } from './webhook-page.ts';
import { deliveryPath, deliveryState, shownHost, webhookPath } from './words.ts';

const up = (url: string, id: string) => ({ href: webhookPath(id), says: shownHost(url) });

const attemptsShown = (attempts: readonly AttemptRow[], viewer: Viewer): Html =>
  attempts.length === 0
    ? empty('It has not been tried yet.')
    : html`<ol class="tries">${attempts.map(
        ({ at, tookMs, status, says }) =>
          html`<li class="${status !== null && status >= 200 && status < 300 ? 'good' : 'bad'}"><span>${says}</span><small>${when(at, viewer)} · ${tookMs} ms</small></li>`,
      )}</ol>`;

function facts(one: ShownDelivery, viewer: Viewer): Html {
  const all: (readonly [string, Shown] | null)[] = [
    ['Event', html`<code>${one.uid}</code>`],
    ['Happened', when(one.at, viewer)],
    one.data.case === undefined ? null : ['Case', html`<a href="/cases/${one.data.case}">${one.data.case}</a>`],
    one.data.mail === undefined ? null : ['Mail', html`<a href="/mails/${one.data.mail}">${one.data.mail}</a>`],
    one.data.letter === undefined
      ? null
      : ['Letter', html`<a href="/letters/${one.data.letter}">${one.data.letter}</a>`],
    one.endedAt === null
      ? ['Next try', when(one.dueAt, viewer, { relative: true })]
      : [one.state === 'delivered' ? 'Delivered' : 'Given up', when(one.endedAt, viewer)],
  ];
  return whyList(all.filter((line) => line !== null));
}

export async function deliveryPage(
  c: ConsoleContext,
  deps: WebhooksDeps,
  webhook: string,
  id: string,
): Promise<Response> {
  const [hook, one] = await Promise.all([deps.webhooks.one(webhook), deps.webhooks.delivery(webhook, id)]);
  if (!hook) return noSuchWebhook(c);
  if (!one)
    return faultPage(c, {
      status: 404,
      says: 'There is no such delivery.',
      toDo: 'The log is kept for 30 days; what is older is gone.',
    });
  const viewer = c.get('viewer');
  const again =
    one.state === 'due'
      ? html`<p class="hint">It is sent by itself until it is taken, for three days.</p>`
      : await offer(c, deps, {
          act: 'resend-webhook',
          input: { webhook, delivery: id },
          says: 'Send it again',
          key: 's',
          back: deliveryPath(webhook, id),
        });
  return consolePage(c, {
    title: `${one.topic} to ${shownHost(hook.url)}`,
    heading: html`${one.topic} ${deliveryState(one)}`,
    place: '/webhooks',
    up: up(hook.url, webhook),
    assets: ['webhooks.css'],
    keys: [['s', 'Send it again']],
    body: html`<div class="hook"><div>${card(html`<pre class="payload">${JSON.stringify(JSON.parse(one.body), null, 2)}</pre>`, 'What was sent')}
${card(attemptsShown(one.attempts, viewer), 'Tries')}</div>
<div class="side">${card(facts(one, viewer), 'This event')}${card(again)}</div></div>`,
  });
}

const secretShown = ({ secret, endsAt }: ShownSecret, viewer: Viewer): Html =>
  html`<p><code class="secret">${secret}</code></p>${
    endsAt === null ? '' : html`<p class="hint">The one before: it signs until ${when(endsAt, viewer)}.</p>`
  }`;

/** On this page alone; to be seen again it has to be asked for again. */
export async function secretPage(c: ConsoleContext, deps: WebhooksDeps, id: string): Promise<Response> {
  const hook = await deps.webhooks.one(id);
  if (!hook) return noSuchWebhook(c);
  const viewer = c.get('viewer');
  const shown = await deps.webhooks.secrets(id, byOf(viewer));
  if (shown.kind === 'refused')
    return faultPage(c, {
      status: shown.why === 'no-right' ? 403 : 409,
      says: shown.says,
      toDo: 'Nothing was shown.',
    });
  c.header('cache-control', 'no-store');
  return consolePage(c, {
    title: `Secret of the webhook to ${shownHost(hook.url)}`,
    place: '/webhooks',
    up: up(hook.url, id),
    assets: ['webhooks.css'],
    body: html`<p class="lead">Keep it where the program that receives keeps its secrets. It is not shown again by itself, and the audit says that you have seen it.</p>${card(
      html`${shown.secrets.map((one) => secretShown(one, viewer))}`,
    )}`,
  });
}
