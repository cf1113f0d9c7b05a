/** `/letters/addresses`: who gets no letters, why, and the way back: addresses that letters came back from, and senders that were blocked. */
import { html } from 'hono/html';
import { shownActor } from '../../../audit/audit-words.ts';
import type { AnnouncementDesk, ReturnedLine } from '../../../flows/announcements/announcement-desk.ts';
import type { Letters } from '../../../flows/letters/shown-letter.ts';
import type { Html } from '../../html.ts';
import { type OfferDeps, offer, offers } from '../acts/offer.ts';
import { returnedPath, takeBackHref } from '../announcements/recipients-page.ts';
import { consolePage } from '../frame/page.ts';
import { card, empty, pill, row, rows, when } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';

export type AddressesDeps = OfferDeps & {
  readonly announcements: Pick<AnnouncementDesk, 'returned' | 'returnedSubscriptions'>;
  readonly letters: Pick<Letters, 'blocked'>;
};

const perPage = 50;

/** What still goes there: the reason tells it apart. */
const gets = ({ subscription, unreachable }: ReturnedLine): string =>
  subscription
    ? 'Letters that can be ended are not sent there any more'
    : unreachable
      ? 'Two came back within a week: nothing that we begin goes there, such as announcements and renewals; answers to their mails do'
      : 'One came back: it is still written to; a second one within a week ends what we begin';

const returnedRow = (one: ReturnedLine, viewer: Viewer): Html =>
  row({
    href: takeBackHref(one.address, returnedPath),
    says: html`${one.address} ${one.unreachable ? pill('not written to', 'bad') : pill('one came back', 'warn')}`,
    about: html`${one.siteNumber} ${one.siteName} · ${gets(one)}${
      one.letter === null
        ? ''
        : html`<br><a href="/letters/${one.letter.id}">The letter that did not arrive</a>${
            one.letter.response === null ? '' : html`: <small class="mono">${one.letter.response}</small>`
          }`
    }`,
    side: when(one.since, viewer, { relative: true }),
  });

export async function addressesPage(c: ConsoleContext, deps: AddressesDeps, tabs: Html): Promise<Response> {
  const { announcements, letters } = deps;
  const given = c.req.query('after') ?? '';
  const after = /^\d{1,18}$/.test(given) ? given : null;
  const [{ items, next }, subscriptions, blocked] = await Promise.all([
    announcements.returned({ after, limit: perPage }),
    after === null ? announcements.returnedSubscriptions() : [],
    after === null ? letters.blocked() : [],
  ]);
  const viewer = c.get('viewer');
  const returned = [...subscriptions, ...items];
  return consolePage(c, {
    ...{ title: 'Addresses without letters', place: '/letters', assets: ['letters.css'] },
    up: { href: '/letters', says: 'Letters' },
    body: html`${tabs}
<p class="lead">Addresses that letters came back from, and senders that were blocked: what still goes there, and why. What one person has ended for themselves stands on their page under Customers.</p>
<section><h2>Letters came back</h2>${
      returned.length === 0
        ? empty('Letters come back from no address on record.')
        : rows(
            returned.map((one) => returnedRow(one, viewer)),
            'Addresses that letters came back from',
          )
    }
${
  after || next
    ? html`<nav class="pager" aria-label="Pages">${after ? html`<a class="btn" href="${returnedPath}">Back to the beginning</a>` : ''}${next ? html`<a class="btn" href="${returnedPath}?after=${next}" rel="next">Further</a>` : ''}</nav>`
    : ''
}</section>
${
  after === null
    ? html`<section><h2>Blocked by us</h2>${
        blocked.length === 0
          ? empty('Nobody is blocked. A sender is blocked on the page of a held mail.')
          : rows(
              blocked.map(({ key, at, by }) =>
                row({
                  href: `/letters/blocked?${new URLSearchParams({ sender: key }).toString()}`,
                  says: html`${key} ${pill('blocked', 'warn')}`,
                  about: `${key.startsWith('@') ? 'Everybody of this domain' : 'This sender'} hears nothing from us; blocked by ${shownActor(by).says}`,
                  side: when(at, viewer, { relative: true }),
                }),
              ),
              'Senders that are blocked',
            )
      }</section>`
    : ''
}`,
  });
}

export async function blockedPage(c: ConsoleContext, deps: AddressesDeps): Promise<Response> {
  const sender = (c.req.query('sender') ?? '').slice(0, 320);
  const shown = await offer(c, deps, {
    ...{ act: 'unblock-sender', input: { sender }, says: 'Unblock', key: 'u', main: true, back: returnedPath },
  });
  return consolePage(c, {
    ...{ title: 'A sender that is blocked', heading: html`${sender}`, place: '/letters' },
    up: { href: returnedPath, says: 'Addresses without letters' },
    body: html`<p class="lead"><a href="/mails?${new URLSearchParams({ q: `from:${sender}` }).toString()}">Mails from there</a> are taken and held, and nobody there hears of it.</p>${card(offers([shown]))}`,
  });
}
