/** Whether letters about renewals go out at all: paused and let go again, started and stopped. */
import { html } from 'hono/html';
import { offer, offers } from '../acts/offer.ts';
import { consolePage } from '../frame/page.ts';
import type { Html } from '../../html.ts';
import { card, empty, rows, when } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import type { RenewalDeps } from './deps.ts';
import { wouldGoRow } from './list-page.ts';

/** The next letter of what ends at each account, as starting them says. */
async function firstRound({ renewals }: RenewalDeps, viewer: Viewer): Promise<Html> {
  const all = await renewals.wouldGo(firstDays);
  const next = [...Map.groupBy(all, ({ site, group }) => `${site} ${group}`).values()].flatMap(([one]) => one ?? []);
  if (next.length === 0) return empty(`Started now, no letter would go out within ${firstDays} days.`);
  const shown = next.slice(0, mostShown);
  return card(
    html`${rows(
      shown.map((one) => wouldGoRow(one, viewer)),
      'The first letters',
    )}<p class="hint">${next.length > shown.length ? `And ${next.length - shown.length} more. ` : ''}<a href="/renewals?view=planned">All that would go out within ${firstDays} days</a></p>`,
    `The first letter of each account, of the next ${firstDays} days`,
  );
}
const firstDays = 100;
const mostShown = 20;

export async function allPage(c: ConsoleContext, deps: RenewalDeps): Promise<Response> {
  const { running, pausedAt, since } = await deps.renewals.schedule();
  const viewer = c.get('viewer');
  const kind = { kind: 'renewals' } as const;
  const pause = { act: 'pause-renewals', input: {}, says: 'Pause all', key: 'p', main: true } as const;
  const resume = { act: 'resume-renewals', input: {}, says: 'Let them go again', key: 'r', main: true } as const;
  const start = { act: 'start-schedule', input: kind, says: 'Start them', key: 's', main: true } as const;
  const stop = { act: 'stop-schedule', input: kind, says: 'Switch them off' } as const;
  const given = running ? [pausedAt === null ? pause : resume, stop] : [start];
  const shown = await Promise.all(given.map((one) => offer(c, deps, one)));
  const differ = html`<dl class="why"><dt>Pause</dt><dd>For some days: letters are planned on and wait. Let go again, the newest that became due meanwhile still goes to each account, if it is not too late by then.</dd>
<dt>Switch off</dt><dd>As before they were ever started: nothing is planned, and nothing of the time between is made up for. They are started from here again, which says first how many letters go to whom.</dd></dl>`;
  const lead = !running
    ? 'Renewals stand still: no account is told that something ends.'
    : pausedAt !== null
      ? html`They are paused since ${when(pausedAt, viewer)}.`
      : html`They go out on their days${since ? html`, since ${when(since, viewer)}` : ''}.`;
  const first = running ? html`` : await firstRound(deps, viewer);
  return consolePage(c, {
    ...{ title: 'Whether renewals go out', place: '/renewals' },
    up: { href: '/renewals', says: 'Renewals' },
    body: html`<p class="lead">${lead}</p>${card(offers(shown))}${running ? card(differ, 'Pause or switch off') : first}`,
  });
}
