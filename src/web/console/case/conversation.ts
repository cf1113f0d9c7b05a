/** What was written, oldest first or newest first, with what happened between. */
import { html } from 'hono/html';
import { eventWords } from '../../../cases/shown/event-words.ts';
import type { CaseDesk, Conversation, Item } from '../../../flows/cases/one/case-desk.ts';
import type { Message } from '../../../flows/cases/one/conversation.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import type { Html } from '../../html.ts';
import { details, empty, pill, when } from '../frame/parts.ts';
import { timeIn } from '../frame/times.ts';
import { gradePill, warningSays } from '../mails/sender.ts';
import { sizeSays } from '../mails/words.ts';
import type { Viewer } from '../viewer.ts';

type Given = {
  readonly viewer: Viewer;
  readonly desk: Pick<CaseDesk, 'name' | 'warnings'>;
  readonly order: 'oldest' | 'newest';
  /** The number of the site. */
  readonly site: string;
  /** Where the page before stands; null: there is none. */
  readonly earlier: string | null;
  /** Of those who look at it anew: the newest that they have seen. */
  readonly seen: string | null;
};

function files({ mail, letter, attachments }: Message): Html | string {
  if (attachments.length === 0) return '';
  const size = (bytes: number | undefined) =>
    bytes === undefined ? '' : html` <small class="dim">${sizeSays(bytes)}</small>`;
  return html`<ul class="files" aria-label="Attachments">${attachments.map(({ name, type, size: bytes }, at) =>
    mail === null
      ? html`<li>${letter === null ? '' : html`<a href="/letters/${letter.id}">`}<bdi>${name || type || 'a file'}</bdi>${letter === null ? '' : html`</a>`}${size(bytes)}</li>`
      : html`<li><a href="/mails/${mail.id}/attachments/${at}" download><bdi>${name || type || 'a file'}</bdi></a>${size(bytes)}</li>`,
  )}</ul>`;
}

const from = ({ direction, author, name, mail }: Message, desk: Given['desk']): Html => {
  if (direction !== 'in') return html`<b>${desk.name(author)}</b>`;
  const called = name ?? mail?.fromName ?? null;
  return html`<b><bdi>${author || 'no sender'}</bdi></b>${called && called !== author ? html` <span class="dim"><bdi>${called}</bdi></span>` : ''}${
    mail ? html` ${gradePill(mail.grade)}` : ''
  }`;
};

/** Careful with whoever is not who they seem to be. */
function warned({ direction, author, mail }: Message, desk: Given['desk']): Html | string {
  if (direction !== 'in' || !mail?.fromName) return '';
  const all = desk.warnings({ address: author, name: mail.fromName });
  return all.length === 0
    ? ''
    : html`<ul class="warnings">${all.map((one) => html`<li class="bad"><b>Careful:</b> ${warningSays(one, author)}</li>`)}</ul>`;
}

function toWhom({ direction, copies, letter }: Message): Html | string {
  if (direction === 'note') return html` ${pill('note, for us alone', 'warn')}`;
  if (direction !== 'out') return '';
  const shown = copies.slice(0, 3);
  const bad = letter !== null && ['failed', 'bounced', 'suppressed'].includes(letter.state);
  return html`${shown.length === 0 ? '' : html` <span class="dim">to <bdi>${shown.join(', ')}</bdi>${copies.length > 3 ? ` and ${copies.length - 3} more` : ''}</span>`}${
    letter && letter.state !== 'sent'
      ? html` ${pill(letter.state === 'queued' ? 'on its way' : letter.state, bad ? 'bad' : 'warn')}`
      : ''
  }`;
}

const whereIs = ({ mail, letter }: Message): string | null =>
  mail ? `/mails/${mail.id}` : letter ? `/letters/${letter.id}` : null;

const unread: Readonly<Record<string, string>> = {
  encrypted: 'an encrypted part',
  signed: 'a signed part',
  'winmail.dat': 'a part that only Outlook writes',
  calendar: 'an entry of a calendar',
};

function body(message: Message): Html {
  const { own, rest, mail, unreadParts } = message;
  return html`<pre class="text" dir="auto">${own.trim() || 'It holds no text, or none is kept.'}</pre>
${rest === '' ? '' : details('Show what it quotes', html`<pre class="text quoted" dir="auto">${rest}</pre>`)}
${unreadParts.length > 0 ? html`<p class="hint">Not read: ${unreadParts.map((one) => unread[one] ?? one).join(', ')}.</p>` : ''}
${files(message)}
${
  mail?.hasHtml
    ? details(
        'Show it as HTML',
        html`<iframe class="foreign" sandbox referrerpolicy="no-referrer" loading="lazy" title="The mail as HTML, without scripts and pictures" src="/mails/${mail.id}/html"></iframe>`,
      )
    : ''
}`;
}

function messageShown(message: Message, given: Given): Html {
  const { viewer, desk, seen } = given;
  const { id, direction, automatic, at, letter, mail } = message;
  const href = whereIs(message);
  const time = when(at, viewer);
  const isNew = seen !== null && !automatic && BigInt(id) > BigInt(seen);
  const head = html`<header><span class="who">${from(message, desk)}${toWhom(message)}${isNew ? html` ${pill('new', 'warn')}` : ''}</span>${
    href === null
      ? html`<span class="at" data-main tabindex="-1">${time}</span>`
      : html`<a class="at" data-main href="${href}">${time}<span class="sr"> ${direction === 'in' ? `Mail ${mail?.id}: the whole of it, and why it was decided so` : `Letter ${letter?.id}`}</span></a>`
  }</header>${warned(message, desk)}`;
  if (automatic)
    return html`<li class="msg auto" id="m${id}" data-row><details><summary data-main><span class="who">${direction === 'in' ? 'Automatic mail of' : html`Letter${letter ? ` “${letterName(letter.template)}”` : ''} to`} <bdi>${
      direction === 'in' ? message.author : message.copies.slice(0, 3).join(', ')
    }</bdi>${direction === 'in' ? '' : toWhomState(message)}</span> ${time}</summary>${body(message)}${
      href === null
        ? ''
        : html`<p><a href="${href}">${direction === 'in' ? `Mail ${mail?.id}` : `Letter ${letter?.id}`}</a></p>`
    }</details></li>`;
  return html`<li class="msg ${direction}" id="m${id}" data-row>${head}${body(message)}</li>`;
}

const toWhomState = ({ letter }: Message): Html | string =>
  letter && letter.state !== 'sent' && letter.state !== 'queued' ? html` ${pill(letter.state, 'bad')}` : '';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

type Event = Extract<Item, { kind: 'event' }>;

/** Our people by their names, as they speak of each other. */
const named = (detail: unknown, { name }: Given['desk']): unknown =>
  detail !== null &&
  typeof detail === 'object' &&
  'to' in detail &&
  typeof detail.to === 'string' &&
  detail.to.includes('@')
    ? { ...detail, to: name(detail.to) }
    : detail;

const read = (detail: unknown, name: string, form: RegExp): string | null => {
  const value = detail !== null && typeof detail === 'object' ? (detail as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? (form.exec(`${value}`)?.[1] ?? null) : null;
};

function eventShown({ event }: Event, { viewer, desk, site }: Given): Html {
  const now = new Date();
  const mail = event.mail ?? read(event.detail, 'by', /^mail:(\d+)$/);
  const contact = read(event.detail, 'contact', /^(\d+)$/);
  const says = eventWords(event.kind, named(event.detail, desk), (at) => timeIn(viewer.zone, new Date(at), now));
  return html`<li>${when(event.at, viewer)} <span>${sentence(says)}${
    contact === null ? '' : html` <a href="/customers/${site}/people/${contact}">Who</a>`
  }${mail ? html` <a href="/mails/${mail}">mail ${mail}</a>` : ''}</span></li>`;
}

/** Events that stand together are one list within the list. */
function grouped(items: readonly Item[]): (Extract<Item, { kind: 'message' }> | Event[])[] {
  const groups: (Extract<Item, { kind: 'message' }> | Event[])[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (item.kind === 'event' && Array.isArray(last)) last.push(item);
    else groups.push(item.kind === 'event' ? [item] : item);
  }
  return groups;
}

export function conversationShown({ items, earlier }: Conversation, given: Given): Html {
  const inOrder = given.order === 'newest' ? items.toReversed() : items;
  const back =
    given.earlier === null || earlier === null
      ? ''
      : html`<p class="earlier"><a class="btn" href="${given.earlier}" rel="next">Earlier messages</a></p>`;
  if (items.length === 0) return empty('Nothing was written on it yet.');
  return html`${given.order === 'oldest' ? back : ''}<ol class="conv" aria-label="Conversation">${grouped(inOrder).map(
    (one) =>
      Array.isArray(one)
        ? html`<li class="events"><ol>${one.map((event) => eventShown(event, given))}</ol></li>`
        : messageShown(one.message, given),
  )}</ol>${given.order === 'newest' ? back : ''}`;
}
