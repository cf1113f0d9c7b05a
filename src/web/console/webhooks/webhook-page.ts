/** `/webhooks/ID`: one endpoint, what can be done with it, and the log of what it was sent. */
import { html } from 'hono/html';
import { type DeliveryState, deliveryStates } from '../../../acts/webhooks/records.ts';
import type { DeliveryRow, WebhookRow } from '../../../flows/webhooks/webhooks.ts';
import type { Html } from '../../html.ts';
import { type Offer, offer, offers } from '../acts/offer.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import {
  alert,
  card,
  empty,
  field,
  pager,
  row,
  rows,
  type Shown,
  select,
  tabs,
  when,
  whyList,
} from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { type WebhooksDeps, webhookFields } from './list-page.ts';
import { deliveryPath, deliveryState, shownHost, stateOf, topicsSaid, webhookPath } from './words.ts';

const perPage = 50;
const up = { href: '/webhooks', says: 'Webhooks' };

export const noSuchWebhook = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, { status: 404, says: 'There is no such webhook.', toDo: 'It may have been removed: the list has all.' });

const address = (id: string, state: DeliveryState | undefined, before?: string): string => {
  const query = new URLSearchParams({ ...(state && { state }), ...(before && { before }) }).toString();
  return query === '' ? webhookPath(id) : `${webhookPath(id)}?${query}`;
};

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const spans = [
  [1, 'the last hour'],
  [24, 'the last day'],
  [72, 'the last three days'],
  [168, 'the last week'],
  [720, 'the last 30 days'],
] as const;

function offersOf(one: WebhookRow): readonly Offer[] {
  const input = { webhook: one.id };
  const change: Offer = {
    act: 'change-webhook',
    input: { ...input, url: one.url, topics: one.topics, about: one.about },
    says: 'Change it',
    key: 'c',
    fields: webhookFields(one),
    whole: ['url', 'topics', 'about'],
  };
  const rotate: Offer = {
    act: 'rotate-webhook-secret',
    input,
    says: 'Make a new secret',
    key: 'n',
    fields: field({
      name: 'hours',
      label: 'Hours for which the secret before signs, too',
      value: '24',
      type: 'number',
      required: true,
      hint: 'So long whoever receives can take either; 0 if it is known to somebody who must not know it.',
    }),
  };
  const remove: Offer = { act: 'remove-webhook', input, says: 'Remove it', key: 'x', back: '/webhooks' };
  if (!one.on)
    return [{ act: 'switch-webhook-on', input, says: 'Switch it on', key: 'o', main: true }, change, rotate, remove];
  return [
    { act: 'test-webhook', input, says: 'Send a test', key: 't', main: true },
    {
      act: 'resend-webhook-since',
      input,
      says: 'Send all again',
      key: 's',
      fields: select(
        'since',
        'Events of',
        spans.map(([hours, says]) => [hoursAgo(hours), says]),
      ),
    },
    change,
    rotate,
    { act: 'switch-webhook-off', input, says: 'Switch it off', key: 'o' },
    remove,
  ];
}

const secretForm = (c: ConsoleContext, { id }: WebhookRow): Html =>
  html`<form class="offer" method="post" action="${webhookPath(id)}/secret">${csrfField(c)}<div class="will"><p>Whoever receives checks with it that an event is from here. The audit says who was shown it.</p></div><button class="btn" data-key="p">Show the secret <kbd>p</kbd></button></form>`;

function facts(one: WebhookRow, viewer: Viewer): Html {
  const all: (readonly [string, Shown] | null)[] = [
    ['Address', html`<code>${one.url}</code>`],
    one.about === '' ? null : ['For', one.about],
    ['Is sent', topicsSaid(one.topics)],
    ['Added', when(one.madeAt, viewer)],
    ['Took one', one.tookAt === null ? 'never' : when(one.tookAt, viewer, { relative: true })],
    one.waiting === 0 || one.oldest === null
      ? ['Waits', 'nothing']
      : ['Waits', html`${countShown(one.waiting)}, the oldest since ${when(one.oldest, viewer)}`],
    one.givenUp === 0 ? null : ['Given up', countShown(one.givenUp)],
    one.rotatingUntil === null ? null : ['Signs twice', html`until ${when(one.rotatingUntil, viewer)}`],
  ];
  return whyList(all.filter((line) => line !== null));
}

function alarm(one: WebhookRow, viewer: Viewer): Html | string {
  if (!one.on && one.offBecause !== null && one.offAt !== null)
    return alert(
      html`Switched off ${when(one.offAt, viewer)}: ${one.offBecause}.`,
      'What waited is kept, and goes first when it is switched on. What happens meanwhile is not kept for it.',
    );
  return one.on && one.failures > 0
    ? alert(
        'It takes nothing at the moment.',
        'What is due is kept and tried again, for three days each. Then it is switched off, and whoever hears of alerts is told.',
        undefined,
        'warn',
      )
    : '';
}

/** `case 100042`, and what it was decided to be. */
const aboutSaid = ({ data }: Pick<DeliveryRow, 'data'>): string =>
  Object.entries(data)
    .filter(([name]) => name !== 'change' && name !== 'by')
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ') || 'nothing but that it happened';

const deliveryRow = (webhook: string, one: DeliveryRow, viewer: Viewer): Html =>
  row({
    href: deliveryPath(webhook, one.id),
    says: html`${one.topic} ${deliveryState(one)}`,
    about: html`${aboutSaid(one)}${one.says === null || one.state === 'delivered' ? '' : html`<br><small>${one.says}</small>`}`,
    side: when(one.at, viewer, { relative: true }),
  });

const nothing = {
  due: 'Nothing waits: everything was taken.',
  delivered: 'It has taken nothing of the last 30 days.',
  'given-up': 'Nothing was given up.',
} as const satisfies Record<DeliveryState, string>;

export async function webhookPage(c: ConsoleContext, deps: WebhooksDeps, id: string): Promise<Response> {
  const one = await deps.webhooks.one(id);
  if (!one) return noSuchWebhook(c);
  const viewer = c.get('viewer');
  const state = deliveryStates.find((given) => given === c.req.query('state'));
  const asked = c.req.query('before');
  const before = asked !== undefined && /^\d{1,18}$/.test(asked) ? asked : undefined;
  const { items, next } = await deps.webhooks.deliveries({ webhook: id, state, before, limit: perPage });
  const given = await Promise.all(
    offersOf(one).map((each) => offer(c, deps, { ...each, back: each.back ?? webhookPath(id) })),
  );
  const tab = (which: DeliveryState | undefined, says: string, count?: number) => ({
    href: address(id, which),
    says,
    ...(count === undefined || count === 0 ? {} : { count: countShown(count) }),
    current: state === which,
  });
  const log = html`${tabs(
    [
      tab(undefined, 'All'),
      tab('due', 'Waiting', one.waiting),
      tab('delivered', 'Delivered'),
      tab('given-up', 'Given up', one.givenUp),
    ],
    'States of deliveries',
  )}${
    items.length === 0
      ? empty(
          state === undefined
            ? 'It was sent nothing yet: send a test, or wait for something to happen.'
            : nothing[state],
        )
      : rows(
          items.map((each) => deliveryRow(id, each, viewer)),
          'Deliveries',
        )
  }${pager({ next: next === null ? null : address(id, state, next), prev: before === undefined ? null : address(id, state) })}`;
  return consolePage(c, {
    title: `Webhook to ${shownHost(one.url)}`,
    heading: html`${shownHost(one.url)} ${stateOf(one)}`,
    place: '/webhooks',
    up,
    assets: ['webhooks.css'],
    keys: [
      ['t', 'Send a test'],
      ['s', 'Send all again'],
      ['c', 'Change it'],
      ['n', 'Make a new secret'],
      ['p', 'Show the secret'],
      ['o', one.on ? 'Switch it off' : 'Switch it on'],
      ['x', 'Remove it'],
    ],
    body: html`${alarm(one, viewer)}
<div class="hook">
<div>${card(log, 'What it was sent')}</div>
<div class="side">${card(facts(one, viewer), 'This webhook')}
${card(offers([...given, secretForm(c, one)]))}</div>
</div>`,
  });
}
