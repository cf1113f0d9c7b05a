/** Whether letters about renewals go out at all: paused and let go again, started and stopped. */
import { html } from 'hono/html';
import { offer, offers } from '../acts/offer.ts';
import { consolePage } from '../frame/page.ts';
import { card, when } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';
import type { RenewalDeps } from './deps.ts';

export async function allPage(c: ConsoleContext, deps: RenewalDeps): Promise<Response> {
  const { running, pausedAt, since } = await deps.renewals.schedule();
  const viewer = c.get('viewer');
  const kind = { kind: 'renewals' } as const;
  const pause = { act: 'pause-renewals', input: {}, says: 'Pause all', key: 'p', main: true } as const;
  const resume = { act: 'resume-renewals', input: {}, says: 'Let them go again', key: 'r', main: true } as const;
  const start = { act: 'start-schedule', input: kind, says: 'Start them', key: 's', main: true } as const;
  const stop = { act: 'stop-schedule', input: kind, says: 'Stop them for good' } as const;
  const given = running ? [pausedAt === null ? pause : resume, stop] : [start];
  const shown = await Promise.all(given.map((one) => offer(c, deps, one)));
  const lead = !running
    ? 'Renewals stand still: no account is told that something ends.'
    : pausedAt !== null
      ? html`They are paused since ${when(pausedAt, viewer)}.`
      : html`They go out on their days${since ? html`, since ${when(since, viewer)}` : ''}.`;
  return consolePage(c, {
    ...{ title: 'Whether renewals go out', place: '/renewals' },
    up: { href: '/renewals', says: 'Renewals' },
    body: html`<p class="lead">${lead}</p>${card(offers(shown))}`,
  });
}
