/** `/queues`: what each queue is for, what waits in it and since when, what failed and why, and who works on it. */
import { html } from 'hono/html';
import { shownActor } from '../../../audit/audit-words.ts';
import type { FailedCause } from '../../../flows/queues/queues.ts';
import type { QueueBackend } from '../../../queues/types.ts';
import type { DatabaseSeen, Look, QueueSeen } from '../../../upkeep/overview/look.ts';
import { between, counted, plural } from '../../../upkeep/overview/words.ts';
import { patience } from '../../../upkeep/overview/work-troubles.ts';
import type { Html } from '../../html.ts';
import type { OfferDeps } from '../acts/offer.ts';
import { consolePage } from '../frame/page.ts';
import { fault, live, pill, when } from '../frame/parts.ts';
import type { OverviewDeps, QueuesDeps } from '../overview/deps.ts';
import { stateOf } from '../overview/figures.ts';
import type { ConsoleContext } from '../viewer.ts';
import { mailboxesSection } from './mailboxes-page.ts';
import { causesShown, failedShown } from './rows-behind.ts';
import { turningShown } from './turning.ts';
import { queueWords, wordsOf } from './words.ts';
import { clockShown, workersShown } from './workers.ts';

export type QueuePagesDeps = OfferDeps & {
  readonly overview: OverviewDeps;
  readonly queuePages: QueuesDeps;
  /** For the board; null: there are none in this process. */
  readonly queues: QueueBackend | null;
};

/** Jobs whose time is still to come: most are ticks, and none of them waits for a worker. */
const laterSaid = (delayed: number): Html =>
  html` · <span title="Ticks of the clock, and what is tried again">${counted(delayed)} set for later</span>`;

/** That nothing failed is known only where everything was seen. */
function failuresSaid({ database, queues }: Look): string {
  const known = database.fault === null ? database.seen : null;
  if (known === null || queues.fault !== null || queues.seen === null) return '';
  const rows = [...known.mails.again, ...known.mails.givenUp, ...known.letters.again];
  return rows.length === 0 && queues.seen.every(({ failed }) => failed === 0)
    ? 'Nothing failed: no mail and no letter waits to be tried again. '
    : '';
}

function standing(seen: QueueSeen, paused: DatabaseSeen['paused'], c: ConsoleContext, at: string): Html {
  const { queue, waiting, active, delayed, failed, oldest } = seen;
  const viewer = c.get('viewer');
  const asked = paused.find((one) => one.queue === queue);
  const state = seen.paused
    ? pill('paused', 'warn')
    : waiting === 0
      ? pill(delayed > 0 ? 'nothing is due' : 'nothing waits', 'good')
      : pill(
          `oldest ${oldest === null ? '' : between(oldest, at)}`,
          oldest && Date.parse(at) - Date.parse(oldest) > patience.soonMs ? 'warn' : 'good',
        );
  return html`<p class="standing">${state} <b>${live(`queue.${queue}.waiting`, counted(waiting))}</b> waiting${
    oldest === null ? '' : html`, the oldest since ${when(oldest, viewer)}`
  } · <b>${live(`queue.${queue}.active`, counted(active))}</b> in hand${
    delayed > 0 ? laterSaid(delayed) : ''
  }${failed > 0 ? html` · ${live(`queue.${queue}.failed`, counted(failed))} failed` : ''}</p>${
    asked
      ? html`<p class="b">Paused ${when(asked.at, viewer)} by ${shownActor(asked.by).says}${asked.reason ? `: ${asked.reason}` : ''}.</p>`
      : ''
  }`;
}

/** What failed is asked of the queue itself; where it does not answer, the page comes without. */
const failuresOf = async (deps: QueuePagesDeps, seen: QueueSeen): Promise<readonly FailedCause[]> =>
  seen.failed === 0 ? [] : deps.queuePages.failures(seen.queue).catch(() => []);

async function queueShown(c: ConsoleContext, deps: QueuePagesDeps, seen: QueueSeen, look: Look): Promise<Html> {
  const words = wordsOf(seen.queue);
  const known = look.database.fault === null ? look.database.seen : null;
  const asked = known?.paused.find((one) => one.queue === seen.queue) ?? null;
  const [causes, failed] = await Promise.all([
    known ? causesShown(c, deps, known, seen.queue) : html``,
    failuresOf(deps, seen),
  ]);
  return html`<section class="card queue" id="${seen.queue}" data-state="queue.${seen.queue}.state" data-seen="${stateOf(seen)}" hx-get="/queues" hx-select="#${seen.queue}" hx-target="this" hx-swap="outerHTML" hx-trigger="stale"><h2>${words?.title ?? seen.queue} <span class="dim">${seen.queue}</span></h2>
<div class="inner"><p class="b">${words?.purpose ?? ''}</p>
${standing(seen, known?.paused ?? [], c, look.at)}
${causes}
${failedShown(c, seen.queue, failed)}
${turningShown(c, seen, asked, look.at)}
${words?.rows ? html`<p class="b"><a href="${words.rows.href}">${words.rows.says}</a></p>` : ''}</div></section>`;
}

const away = (look: Look, c: ConsoleContext): Html => {
  const { queues } = look;
  if (queues.fault === null) return html``;
  return fault(
    html`The queues have not answered since ${when(queues.fault.since, c.get('viewer'))}: ${queues.fault.says}`,
    'Mail is taken and stored meanwhile. As soon as they answer, everything goes on by itself.',
  );
};

export async function queuesPage(c: ConsoleContext, deps: QueuePagesDeps): Promise<Response> {
  const look = await deps.overview.look();
  const viewer = c.get('viewer');
  const jobs = look.database.fault === null ? await deps.queuePages.clockJobs().catch(() => null) : null;
  const seen = look.queues.fault === null ? (look.queues.seen ?? []) : [];
  const order = Object.keys(queueWords);
  const shown = await Promise.all(
    seen
      .toSorted((a, b) => order.indexOf(a.queue) - order.indexOf(b.queue))
      .map((one) => queueShown(c, deps, one, look)),
  );
  const waiting = seen.reduce((sum, one) => sum + one.waiting, 0);
  return consolePage(c, {
    title: 'Queues',
    place: '/queues',
    assets: ['overview.css'],
    tools: html`<a class="btn" href="/queues/hours" data-key="h">By the hour <kbd>h</kbd></a> <a class="btn" href="/queues/jobs" data-key="b">Single jobs <kbd>b</kbd></a>`,
    body: html`${away(look, c)}
<p class="lead">${
      seen.length === 0 ? '' : `${plural(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}. `
    }${failuresSaid(look)}Nothing is lost with a queue: it is filled again from the database. Letters that failed or came back stand under <a href="/letters?state=not-arrived">Letters</a>.</p>
<div class="queues">${shown}</div>
${mailboxesSection(look.database.seen, look.at)}
${workersShown(look.database.seen?.workers ?? [], viewer, look.at)}
${clockShown(jobs, viewer)}`,
    keys: [
      ['h', 'Mails and letters by the hour'],
      ['b', 'Single jobs'],
    ],
  });
}
