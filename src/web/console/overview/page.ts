/** `/`: what is wrong, today's figures, what is next due. It comes with everything away, too: with what was seen last. */
import { html } from 'hono/html';
import type { Look } from '../../../upkeep/overview/look.ts';
import { troublesOf } from '../../../upkeep/overview/troubles.ts';
import type { OfferDeps } from '../acts/offer.ts';
import { consolePage } from '../frame/page.ts';
import { empty, news, when } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';
import { alertsShown } from './alerts.ts';
import type { OverviewDeps } from './deps.ts';
import { figuresOf } from './figures.ts';
import { clocksShown, heldShown, mailboxesShown } from './lists.ts';
import { tilesShown } from './tiles.ts';

/** So long the first byte waits where nothing was ever seen, or what was seen is old. */
const patienceMs = 1_500;

const lists = ({ database: { seen }, at }: Look, c: ConsoleContext) => {
  const viewer = c.get('viewer');
  return seen === null
    ? html``
    : html`<div class="two"><div>${clocksShown(seen, viewer, at)}${mailboxesShown(seen, at)}</div><div>${heldShown(seen, viewer, at)}</div></div>`;
};

export async function overviewPage(
  c: ConsoleContext,
  deps: OfferDeps & { readonly overview: OverviewDeps },
): Promise<Response> {
  const look = await deps.overview.look(patienceMs);
  const viewer = c.get('viewer');
  const troubles = troublesOf(look);
  const { database } = look;
  const state = figuresOf(look)['overview.state'] ?? '';
  const asOf =
    database.fault !== null && database.at !== null
      ? html`<p class="lead">Figures of ${when(database.at, viewer)}, when the database last answered.</p>`
      : '';
  const body = html`${news('overview.state', state, '/')}
${
  troubles.length === 0
    ? html`<div class="calm">${empty('All is well: mail is read, decided and answered, and nothing waits for you.')}</div>`
    : await alertsShown(c, deps, troubles)
}
${asOf}${tilesShown(look, viewer)}
${lists(look, c)}`;
  return consolePage(c, {
    title: 'Overview',
    place: '/',
    assets: ['overview.css'],
    body,
    keys: [['1 … 9', 'Press the button of the 1st … 9th thing that is wrong']],
  });
}
