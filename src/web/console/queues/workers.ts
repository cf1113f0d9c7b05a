/** Who works on the queues: processes that say they are here, with what they have in hand. */
import { html } from 'hono/html';
import type { ListedJob } from '../../../flows/upkeep/clock-runs.ts';
import type { WorkerSeen } from '../../../upkeep/overview/look.ts';
import { between, causeWords, counted, plural } from '../../../upkeep/overview/words.ts';
import { patience } from '../../../upkeep/overview/work-troubles.ts';
import type { Html } from '../../html.ts';
import { card, details, empty, pill, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { workerWords } from './words.ts';

const inHand = ({ mails, letters }: WorkerSeen): string => {
  const parts = [...(mails > 0 ? [plural(mails, 'mail')] : []), ...(letters > 0 ? [plural(letters, 'letter')] : [])];
  return parts.length === 0 ? 'nothing in hand' : `${parts.join(' and ')} in hand`;
};

export const workersShown = (workers: readonly WorkerSeen[], viewer: Viewer, at: string): Html =>
  html`<section id="workers"><h2>Who works</h2>${
    workers.length === 0
      ? empty('No process has said that it is here. Start one: npx postern start')
      : card(
          html`<ul class="rows" aria-label="Processes">${workers.map((one) => {
            const silent = Date.parse(at) - Date.parse(one.seenAt) > patience.workerMs;
            return html`<li class="row"><div class="cell"><span class="a">${one.host} <span class="dim">${one.pid}</span></span><div class="b">${one.does
              .map((name) => workerWords[name] ?? name)
              .join(', ')} · ${inHand(one)}</div></div><div class="side">${
              silent
                ? pill(`silent for ${between(one.seenAt, at)}`, 'bad')
                : pill(`heard ${between(one.seenAt, at)} ago`, 'good')
            } since ${when(one.startedAt, viewer)}</div></li>`;
          })}</ul>`,
        )
  }</section>`;

/** Each of some thirty: what failed is shown at once. */
function clockSaid(jobs: readonly ListedJob[]): string {
  const failed = jobs.filter(({ failure }) => failure !== null).length;
  const waits = jobs.filter(({ last, failure }) => last === null && failure === null).length;
  return `${plural(jobs.length, 'job')}: ${failed === 0 ? 'none failed' : `${counted(failed)} failed`}${waits === 0 ? '' : `, ${counted(waits)} to run yet`}`;
}

const often = (seconds: number): string => (seconds < 60 ? `${seconds} s` : plural(seconds / 60, 'minute'));

export const clockShown = (jobs: readonly ListedJob[] | null, viewer: Viewer): Html =>
  html`<section id="clock"><h2>Jobs of the clock</h2>${
    jobs === null
      ? empty('They are known again as soon as the database answers.')
      : details(
          clockSaid(jobs),
          card(
            html`<ul class="rows" aria-label="Jobs of the clock">${jobs.map(
              ({ job, does, everySeconds, last, did, didAt, failure, failedAt }) =>
                html`<li class="row"><div class="cell"><span class="a">${does}</span><div class="b"><small>${job}</small></div>${
                  failure === null
                    ? ''
                    : html`<div class="b bad">Failed ${failedAt === null ? '' : when(failedAt, viewer)}: ${causeWords(failure)}</div>`
                }</div><div class="side">${
                  failure !== null
                    ? pill('failed', 'bad')
                    : last === null
                      ? pill('has not run yet')
                      : pill(`ran`, 'good')
                } ${last === null ? '' : when(last, viewer, { relative: true })} · every ${often(everySeconds)}${
                  didAt === null ? '' : html` · did ${counted(did)} ${when(didAt, viewer)}`
                }</div></li>`,
            )}</ul>`,
          ),
          jobs.some(({ failure }) => failure !== null),
        )
  }</section>`;
