/** The newest of what a customer has to do with us, each kind with the way to all of it. */
import { html } from 'hono/html';
import type { CustomerNews, SiteCase } from '../../../flows/registry/customers.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import type { Html } from '../../html.ts';
import { states as requestStates } from '../access/words.ts';
import { card, pill, row, rows, type Tone, when } from '../frame/parts.ts';
import { states } from '../letters/words.ts';
import { states as renewalStates } from '../renewals/words.ts';
import type { Viewer } from '../viewer.ts';
import { dayShown, stepSays } from './words.ts';

type Way = { readonly href: string; readonly says: string };

const newest = (title: string, lines: readonly Html[], none: string, way?: Way): Html =>
  card(
    html`${lines.length === 0 ? html`<p class="dim">${none}</p>` : rows(lines, title)}${
      way && lines.length > 0 ? html`<p><a href="${way.href}">${way.says}</a></p>` : ''
    }`,
    title,
  );

const pilled = ({ says, tone }: { readonly says: string; readonly tone?: Tone }): Html => pill(says, tone);

export const casesShown = (cases: readonly SiteCase[], viewer: Viewer, way: Way): Html =>
  newest(
    'Cases',
    cases.map((one) =>
      row({
        href: `/cases/${one.number}`,
        says: html`${one.number} <span class="title">${one.title}</span>`,
        about: html`severity ${one.severity}${one.contact === null ? '' : html` · <bdi>${one.contact}</bdi>`}`,
        side: html`${pilled(one.status === 'open' ? { says: 'open', tone: 'good' } : { says: 'closed' })} opened ${when(one.openedAt, viewer, { relative: true })}`,
      }),
    ),
    'No case was opened yet.',
    way,
  );

export function newsShown(site: string, { cases, letters, requests, renewals }: CustomerNews, viewer: Viewer): Html {
  return html`<div class="news-of">${casesShown(cases, viewer, { href: `/cases?site=${site}&status=any`, says: 'All its cases' })}${newest(
    'Letters',
    letters.map((one) => {
      const known = states[one.state as keyof typeof states] ?? { says: one.state };
      return row({
        href: `/letters/${one.id}`,
        says: html`${one.subject || letterName(one.template)}`,
        about: html`<bdi>${one.to}</bdi>`,
        side: html`${pilled(known)} ${when(one.at, viewer, { relative: true })}`,
      });
    }),
    'Nothing was written to its people yet.',
  )}${newest(
    'Requests for access',
    requests.map((one) =>
      row({
        href: `/access/${one.id}`,
        says: html`<bdi>${one.address}</bdi>`,
        about: html`<bdi>${one.name ?? 'no name given'}</bdi>${one.role === null ? '' : ` · asks to be ${one.role}`}`,
        side: html`${pilled(requestStates[one.state])}${one.at === null ? '' : html` ${when(one.at, viewer, { relative: true })}`}`,
      }),
    ),
    'Nobody has asked for access.',
    { href: `/access?state=all&site=${site}`, says: 'All its requests' },
  )}${newest(
    'Letters about renewals',
    renewals.map((one) =>
      row({
        href: `/renewals/${one.id}`,
        says: `${dayShown(one.day)}, ${stepSays(one.step)}`,
        about: `what ends on ${dayShown(one.ends)} and within 30 days of it`,
        side: pilled(renewalStates[one.state]),
      }),
    ),
    'None is planned.',
    { href: `/renewals?site=${site}`, says: 'All of its ladder' },
  )}</div>`;
}
