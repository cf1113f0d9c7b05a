/** Accounts where something ends soon and is not renewed: when, what, who was told, and which letter goes next. */
import { html } from 'hono/html';
import type { EndingAccount, RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import { empty, pill, row, rows, when } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { scheduleShown, tabsOf } from './list-page.ts';
import { aboutOf, daySaid, endsSaid } from './words.ts';

const spans = [30, 60, 90] as const;
const perPage = 100;
const keyOf = ({ endsOn, site, group }: EndingAccount): string => `${endsOn}_${site}_${group}`;
const address = (days: number, after?: string): string =>
  `/renewals/ends?${new URLSearchParams({ days: `${days}`, ...(after && { after }) })}`;

const nextSaid = ({ next }: EndingAccount): Html | string => {
  if (next === null) return 'no letter is planned';
  return next.held
    ? html`the letter of <a href="/renewals/${next.renewal}">${daySaid(next.day)}</a> is held`
    : html`next letter <a href="/renewals/${next.renewal}">${daySaid(next.day)}</a>`;
};

const endingRow = (one: EndingAccount, after: string | null, viewer: Viewer): Html =>
  row({
    href: `/customers/${one.site}`,
    says: html`${one.site} ${one.siteName} ${one.toldAt === null ? pill('not told yet') : pill('told', 'good')}`,
    about: html`${aboutOf(one)} · ${one.toldAt === null ? '' : html`told ${when(one.toldAt, viewer)}, `}${nextSaid(one)}${
      after === null ? '' : html` · ${after}`
    }`,
    side: endsSaid(one.endsOn, viewer),
  });

export async function endsPage(c: ConsoleContext, { renewals }: { readonly renewals: RenewalDesk }): Promise<Response> {
  const days = spans.find((one) => `${one}` === c.req.query('days')) ?? 90;
  const viewer = c.get('viewer');
  const [all, counts, schedule] = await Promise.all([renewals.ending(days), renewals.counts(), renewals.schedule()]);
  const after = c.req.query('after') ?? '';
  const from = all.findIndex((one) => keyOf(one) === after) + 1;
  const items = all.slice(from, from + perPage);
  const last = items.at(-1);
  const more = last !== undefined && from + items.length < all.length;
  const accounts = new Set(all.map(({ site }) => site)).size;
  return consolePage(c, {
    ...{ title: 'Accounts that end', place: '/renewals', assets: ['notices.css'] },
    up: { href: '/renewals', says: 'Renewals' },
    body: html`${scheduleShown(schedule, viewer)}
${tabsOf('ends', counts, schedule)}
<p class="spans">Within ${spans.map((one, i) => html`${i > 0 ? ' · ' : ''}${one === days ? html`<b aria-current="true">${one} days</b>` : html`<a href="${address(one)}">${one} days</a>`}`)}</p>
${
  items.length === 0
    ? empty(`At no account something ends within ${days} days that is not renewed.`)
    : html`<p class="lead">At ${accounts === 1 ? 'one account' : `${accounts} accounts`} something ends within ${days} days and is not renewed; what ends first stands on top.</p>${rows(
        items.map((one) => endingRow(one, renewals.lookedAfterBy(one.representative), viewer)),
        'Accounts that end',
      )}`
}
${
  from > 0 || more
    ? html`<nav class="pager" aria-label="Pages">${from > 0 ? html`<a class="btn" href="${address(days)}">Back to the beginning</a>` : ''}${more && last ? html`<a class="btn" href="${address(days, keyOf(last))}" rel="next">Further</a>` : ''}</nav>`
    : ''
}`,
  });
}
