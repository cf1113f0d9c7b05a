/** Accounts that were not told that something ends, why, and what to do about each; the proof of the others is in *Told*. */
import { html } from 'hono/html';
import type { RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import { consolePage } from '../frame/page.ts';
import { empty, pill, row, rows } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';
import { scheduleShown, tabsOf } from './list-page.ts';
import { daySaid, endsSaid, stepSaid, whyNotTold } from './words.ts';

const perPage = 100;

type NotTold = Awaited<ReturnType<RenewalDesk['notTold']>>['items'][number];
/** They are in this order. */
const keyOf = ({ endsOn, site, renewal }: NotTold): string => `${endsOn}_${site}_${renewal}`;

export async function notToldPage(
  c: ConsoleContext,
  { renewals }: { readonly renewals: RenewalDesk },
): Promise<Response> {
  const [{ items: all }, counts, schedule] = await Promise.all([
    renewals.notTold(),
    renewals.counts(),
    renewals.schedule(),
  ]);
  // Of one account several may end.
  const accounts = new Set(all.map(({ site }) => site)).size;
  const after = c.req.query('after') ?? '';
  const known = all.findIndex((one) => keyOf(one) === after);
  const items = all.slice(known + 1, known + 1 + perPage);
  const last = items.at(-1);
  const more = last && known + 1 + items.length < all.length;
  return consolePage(c, {
    ...{ title: 'Accounts not told', place: '/renewals', assets: ['notices.css'] },
    up: { href: '/renewals', says: 'Renewals' },
    tools: html`<a class="btn" href="/renewals/not-told.csv" download>Save as CSV</a>`,
    body: html`${scheduleShown(schedule, c.get('viewer'))}
${tabsOf('not-told', counts, schedule)}
<p class="lead">${
      accounts === 0
        ? ''
        : accounts === 1
          ? 'One account was not told successfully that something ends.'
          : `${accounts} accounts were not told successfully that something ends; what ends first stands on top.`
    } Who was told stands under <a href="/renewals?view=sent">Told</a>: to whom, when, and what their mail server answered.</p>
${
  items.length === 0
    ? empty(
        schedule.running
          ? 'Nobody is missing: of every letter that was due since renewals were started somebody was told.'
          : 'While renewals stand still nobody is told, and this list counts nobody: it begins when they are started.',
      )
    : rows(
        items.map((one) =>
          row({
            href: `/renewals/${one.renewal}`,
            says: html`${one.site} ${one.siteName} ${pill('not told', 'bad')}`,
            about: html`${whyNotTold[one.why] ?? one.why.replaceAll('-', ' ')} The letter ${stepSaid(one.step)}, ${daySaid(one.day)}.${one.representative ? html` · ${renewals.lookedAfterBy(one.representative) ?? one.representative}` : ''}`,
            side: endsSaid(one.endsOn, c.get('viewer')),
          }),
        ),
        'Accounts not told',
      )
}
${
  known >= 0 || more
    ? html`<nav class="pager" aria-label="Pages">${known >= 0 ? html`<a class="btn" href="/renewals/not-told">Back to the beginning</a>` : ''}${more && last ? html`<a class="btn" href="/renewals/not-told?after=${keyOf(last)}" rel="next">Further</a>` : ''}</nav>`
    : ''
}`,
  });
}
