/** `/queues/hours`: mails in and letters out by the hour, as a line, and as a table for whoever has no scripts. */
import { html } from 'hono/html';
import { acknowledgedGoalSeconds as goalSeconds, type Hour } from '../../../upkeep/overview/look.ts';
import { counted } from '../../../upkeep/overview/words.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import { details, empty, when } from '../frame/parts.ts';
import type { OverviewDeps } from '../overview/deps.ts';
import { secondsShown } from '../overview/figures.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';

const chart = (hours: readonly Hour[], viewer: Viewer): Html => {
  const columns = [
    hours.map(({ hour }) => Date.parse(hour) / 1000),
    hours.map(({ mails }) => mails),
    hours.map(({ letters }) => letters),
  ];
  return html`<figure class="chart" data-chart="${JSON.stringify(columns)}" data-zone="${viewer.zone}" aria-hidden="true"></figure>`;
};

const table = (hours: readonly Hour[], viewer: Viewer): Html =>
  html`<table class="figures"><caption>Newest first; hours without mail and letters are left out</caption><thead><tr><th scope="col">Hour</th><th scope="col">Mails in</th><th scope="col">Letters out</th></tr></thead><tbody>${hours
    .filter(({ mails, letters }) => mails + letters > 0)
    .toReversed()
    .map(
      ({ hour, mails, letters }) =>
        html`<tr><th scope="row">${when(hour, viewer)}</th><td>${counted(mails)}</td><td>${counted(letters)}</td></tr>`,
    )}</tbody></table>`;

export async function hoursPage(c: ConsoleContext, deps: { readonly overview: OverviewDeps }): Promise<Response> {
  const { database } = await deps.overview.look();
  const viewer = c.get('viewer');
  const hours = database.seen?.hours ?? [];
  const all = hours.reduce((sum, { mails, letters }) => sum + mails + letters, 0);
  const acknowledged = database.seen?.acknowledged ?? null;
  return consolePage(c, {
    title: 'Mails and letters by the hour',
    place: '/queues',
    up: { href: '/queues', says: 'Queues' },
    assets: ['overview.css', 'uplot.css', 'uplot.js', 'chart.js'],
    body: html`<p class="lead">${
      acknowledged === null
        ? 'No acknowledgement went out in the last 24 hours.'
        : `Of the ${counted(acknowledged.count)} acknowledgements of the last 24 hours half were taken by our mail server within ${secondsShown(acknowledged.p50)} of the mail's arrival, and 95 in 100 within ${secondsShown(acknowledged.p95)}; the goal is ${goalSeconds} s.`
    }</p>${
      all === 0
        ? empty('No mail came in and no letter went out in the last seven days.')
        : html`${chart(hours, viewer)}${details('As a table', table(hours, viewer))}`
    }`,
  });
}
