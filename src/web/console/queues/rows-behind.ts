/** What stands behind the jobs: mails that were not decided and letters that have not left, by cause, each cause with its way out. */
import { html } from 'hono/html';
import type { FailedCause } from '../../../flows/queues/queues.ts';
import type { CauseCount, DatabaseSeen } from '../../../upkeep/overview/look.ts';
import { causeWords, counted, plural } from '../../../upkeep/overview/words.ts';
import type { Html } from '../../html.ts';
import { type OfferDeps, offer } from '../acts/offer.ts';
import { details, pill, when } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';

type Retry = { readonly act: 'retry-mails' | 'retry-letters'; readonly one: string };

/** Each offer costs a preview. */
const mostOffered = 6;

async function causeShown(
  c: ConsoleContext,
  deps: OfferDeps,
  given: CauseCount & { readonly givenUp: boolean; readonly retry: Retry; readonly place: number },
): Promise<Html> {
  const { cause, count, since, next, givenUp, retry, place } = given;
  const viewer = c.get('viewer');
  const way =
    place < mostOffered
      ? await offer(c, deps, {
          act: retry.act,
          input: { cause },
          says: count === 1 ? 'Try it now' : `Try all ${counted(count)} now`,
        })
      : '';
  return html`<li class="cause"><div class="cell"><p><b>${plural(count, retry.one)}</b> ${
    givenUp ? pill('given up', 'bad') : pill('tried again', 'warn')
  }</p><p class="b">${causeWords(cause)}</p><p class="side">since ${when(since, viewer)}${
    next === null ? '' : html` · again ${when(next, viewer, { relative: true })}`
  }</p></div>${way}</li>`;
}

export async function causesShown(
  c: ConsoleContext,
  deps: OfferDeps,
  { mails, letters }: Pick<DatabaseSeen, 'mails' | 'letters'>,
  queue: string,
): Promise<Html> {
  const ofMails = { act: 'retry-mails', one: 'mail' } as const;
  const ofLetters = { act: 'retry-letters', one: 'letter' } as const;
  const all =
    queue === 'intake'
      ? [
          ...mails.givenUp.map((one) => ({ ...one, givenUp: true, retry: ofMails })),
          // One retry takes both: what was given up for the same cause stands above.
          ...mails.again
            .filter(({ cause }) => !mails.givenUp.some((one) => one.cause === cause))
            .map((one) => ({ ...one, givenUp: false, retry: ofMails })),
        ]
      : queue === 'outbound'
        ? letters.again.map((one) => ({ ...one, givenUp: false, retry: ofLetters }))
        : [];
  if (all.length === 0) return html``;
  const shown = await Promise.all(all.map((one, place) => causeShown(c, deps, { ...one, place })));
  return html`<h3>Not done, and why</h3><ul class="causes">${shown}</ul>`;
}

const behindSays = ({ behind, ticks }: FailedCause): Html | string => {
  if (ticks.length > 0) return `Jobs of the clock (${ticks.join(', ')}): each comes again with its next tick.`;
  if (behind === null) return '';
  const { done, again, givenUp } = behind;
  const parts = [
    ...(done > 0 ? [`${counted(done)} done since`] : []),
    ...(again > 0 ? [`${counted(again)} tried again by themselves`] : []),
    ...(givenUp > 0 ? [`${counted(givenUp)} given up`] : []),
  ];
  return parts.length === 0 ? 'The rows behind them are gone.' : `Behind them: ${parts.join(', ')}.`;
};

/** Jobs that the queue itself does not try any more; a job is only a pointer, and what counts are the rows. */
export function failedShown(c: ConsoleContext, queue: string, causes: readonly FailedCause[]): Html {
  if (causes.length === 0) return html``;
  const viewer = c.get('viewer');
  const path = queue === 'outbound' ? '/letters' : '/mails';
  const jobs = causes.reduce((sum, one) => sum + one.jobs, 0);
  return details(
    `${plural(jobs, 'job')} failed in the last days`,
    html`<p class="b">A job points to a row of the database and is not tried again by itself: the row is, and gets a new job.</p>
<ul class="causes">${causes.map(
      (one) =>
        html`<li class="cause"><div class="cell"><p><b>${plural(one.jobs, 'job')}</b> ${causeWords(one.cause)}</p><p class="b">${behindSays(one)}</p>${
          (one.behind?.open.length ?? 0) > 0
            ? html`<ul class="b">${one.behind?.open.map(
                ({ id, says, state }) =>
                  html`<li><a href="${path}/${id}">${id}</a> ${says ?? ''} ${pill(state === 'again' ? 'tried again' : 'given up', state === 'again' ? 'warn' : 'bad')}</li>`,
              )}</ul>`
            : ''
        }<p class="side">the last ${when(one.last, viewer)}</p></div></li>`,
    )}</ul>`,
  );
}
