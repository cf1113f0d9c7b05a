/** Who got an announcement, with the answer of the mail server, and who did not, and why; addresses that letters came back from are taken back here. */
import { html } from 'hono/html';
import {
  type AnnouncementFull,
  type ForeseenRecipient,
  type RecipientLine,
  type RecipientState,
  recipientStates,
} from '../../../flows/announcements/announcement-desk.ts';
import { normaliseAddress } from '../../../mail/address/address.ts';
import type { Html } from '../../html.ts';
import { offer, offers } from '../acts/offer.ts';
import { withinConsole } from '../frame/back.ts';
import { consolePage } from '../frame/page.ts';
import { card, empty, pill, row, rows, tabs, when } from '../frame/parts.ts';
import { states as letterStates } from '../letters/words.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { type AnnouncementDeps, missing } from './announcement-page.ts';
import { recipients } from './words.ts';

const perPage = 50;
const assets = ['notices.css'] as const;
const place = '/announcements';

/** Addresses without letters, whoever wrote those that came back. */
export const returnedPath = '/letters/addresses';
export const takeBackHref = (address: string, back: string): string =>
  `/announcements/take-back?${new URLSearchParams({ address, back })}`;

function recipientRow(one: RecipientLine, state: RecipientState, viewer: Viewer, here: string): Html {
  const { address, siteNumber, siteName, cases, at, letter } = one;
  const known = letter ? letterStates[letter.state as keyof typeof letterStates] : undefined;
  const site = siteNumber === null ? 'on record no more' : `${siteNumber} ${siteName ?? ''}`;
  return row({
    href: letter
      ? `/letters/${letter.id}`
      : state === 'unreachable'
        ? takeBackHref(address, here)
        : `/customers/${siteNumber ?? ''}`,
    says: html`${address} ${known ? pill(known.says, known.tone) : ''}`,
    about: html`${site}${cases.length > 0 ? ` · told of ${cases.length === 1 ? 'case' : 'cases'} ${cases.join(', ')}` : ''}${
      state === 'unreachable' ? ' · letters to it come back' : ''
    }${letter?.response ? html`<br><small class="mono">${letter.response}</small>` : ''}`,
    side: when(letter?.sentAt ?? at, viewer),
  });
}

function foreseenRow(one: ForeseenRecipient): Html {
  const { address, name, siteNumber, siteName, cases, unreachable, doubtful } = one;
  return row({
    href: `/customers/${siteNumber}`,
    says: html`${address} ${unreachable ? pill('left out: letters come back', 'bad') : doubtful ? pill('one letter came back', 'warn') : ''}`,
    about: html`${name}${name === '' ? '' : ' · '}${siteNumber} ${siteName}${cases.length > 0 ? ` · told of ${cases.length === 1 ? 'case' : 'cases'} ${cases.join(', ')}` : ''}`,
  });
}

/** Before it is started nobody is a recipient yet: whom it would go to as everything stands. */
async function foreseenPage(
  c: ConsoleContext,
  { announcements }: AnnouncementDeps,
  { id, name, content }: AnnouncementFull,
): Promise<Response> {
  const given = c.req.query('after') ?? '';
  const after = /^\d{1,18}$/.test(given) ? given : null;
  const { items, next } = await announcements.foreseen(content, { after, limit: perPage });
  const here = `/announcements/${id}/recipients`;
  return consolePage(c, {
    ...{ title: `Who would get ${name}`, place, assets },
    up: { href: `/announcements/${id}`, says: name },
    tools: html`<a class="btn" href="${here}.csv" download>Save as CSV</a>`,
    body: html`<p class="lead">As everything stands; nobody is written to before it is started. An address that two sites have gets one letter.</p>
${
  items.length === 0
    ? empty(after === null ? 'It would go to nobody.' : 'These were all.')
    : rows(items.map(foreseenRow), 'Who would get it')
}
${
  after || next
    ? html`<nav class="pager" aria-label="Pages">${after ? html`<a class="btn" href="${here}">Back to the beginning</a>` : ''}${next ? html`<a class="btn" href="${here}?after=${next}" rel="next">Further</a>` : ''}</nav>`
    : ''
}`,
  });
}

export async function recipientsPage(c: ConsoleContext, deps: AnnouncementDeps): Promise<Response> {
  const { announcements } = deps;
  const one = await announcements.one(c.req.param('id') ?? '');
  if (!one) return missing(c);
  if (one.state === 'ready') return foreseenPage(c, deps, one);
  const state = recipientStates.find((name) => name === c.req.query('state')) ?? 'written';
  const after = c.req.query('after')?.replaceAll('\0', '') || null;
  const { items, next } = await announcements.recipients(one.id, { state, after, limit: perPage });
  const { open, written, notArrived, leftOut } = one.progress;
  const counts: Readonly<Record<RecipientState, number>> = { open, written, 'not-arrived': notArrived, ...leftOut };
  const to = (name: RecipientState, from?: string): string =>
    `/announcements/${one.id}/recipients?${new URLSearchParams({ state: name, ...(from && { after: from }) })}`;
  const viewer = c.get('viewer');
  return consolePage(c, {
    ...{ title: `Who gets ${one.name}`, place, assets },
    up: { href: `/announcements/${one.id}`, says: one.name },
    body: html`${tabs(
      recipientStates.map((name) => ({
        ...{ href: to(name), says: recipients[name].tab, current: name === state },
        count: counts[name].toLocaleString('en-GB'),
        hot: name === 'not-arrived' && counts[name] > 0,
      })),
      'Recipients',
    )}
${
  items.length === 0
    ? empty(recipients[state].none)
    : rows(
        items.map((line) => recipientRow(line, state, viewer, to(state))),
        recipients[state].tab,
      )
}
${
  after || next
    ? html`<nav class="pager" aria-label="Pages">${after ? html`<a class="btn" href="${to(state)}">Back to the beginning</a>` : ''}${next ? html`<a class="btn" href="${to(state, next)}" rel="next">Further</a>` : ''}</nav>`
    : ''
}`,
  });
}

export async function takeBackPage(c: ConsoleContext, deps: AnnouncementDeps): Promise<Response> {
  const typed = c.req.query('address') ?? '';
  const address = normaliseAddress(typed);
  const back = withinConsole(c.req.query('back') ?? returnedPath);
  const up = { href: back, says: 'The list' };
  if (address === null)
    return consolePage(c, {
      ...{ title: 'No address', place, up },
      body: empty(typed === '' ? 'No address was named.' : `"${typed.slice(0, 80)}" is no whole address.`),
    });
  const shown = await offer(c, deps, {
    ...{ act: 'take-back-address', input: { address }, says: 'Take it back', key: 't', main: true, back },
  });
  return consolePage(c, {
    ...{ title: 'Take an address back', heading: html`${address}`, place, up },
    keys: [['t', 'Take it back']],
    body: html`<p class="lead">Letters to it came back: <a href="/letters?${new URLSearchParams({ to: address }).toString()}">those to it, with what was answered</a>. Take it back where you know that it takes mail again.</p>${card(offers([shown]))}`,
  });
}
