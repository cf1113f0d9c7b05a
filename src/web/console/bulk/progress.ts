/** How far a run has come, as it stands on its page and is asked for every second while it runs. */
import { html } from 'hono/html';
import type { BulkItem, BulkRun } from '../../../flows/bulk/bulk-runs.ts';
import type { Html } from '../../html.ts';
import { csrfField } from '../frame/csrf.ts';
import { details, when } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export function standing({ state, total, done, not, stoppedBy }: BulkRun): string {
  const left = total - done - not;
  const sums = `${done} of ${total} done${not > 0 ? `, ${not} not` : ''}`;
  switch (state) {
    case 'running':
      return `${sums}, ${left} to go.`;
    case 'stopped':
      return `Stopped by ${stoppedBy ?? 'somebody'}: ${sums}. ${count(left, 'is', 'are')} as ${left === 1 ? 'it was' : 'they were'}.`;
    case 'done':
      return not === 0 ? `All ${total} are done.` : `${sums}. What was not is told below.`;
    default:
      return state satisfies never;
  }
}

const button = (c: ConsoleContext, path: string, says: string, key: string, main = false): Html =>
  html`<form method="post" action="${path}" hx-post="${path}" hx-target="#main" hx-select="#main" hx-swap="outerHTML">${csrfField(c)}<button class="btn${
    main ? ' main' : ''
  }" data-key="${key}">${says} <kbd>${key}</kbd></button></form>`;

const lines = (items: readonly BulkItem[]): Html =>
  html`<ul class="rows">${items.map(
    ({ label, says }) =>
      html`<li class="row"><div class="cell"><span class="a">${label}</span>${says ? html`<div class="b">${says}</div>` : ''}</div></li>`,
  )}</ul>`;

type Shown = {
  readonly run: BulkRun;
  readonly items: readonly BulkItem[];
  readonly may: boolean;
  readonly undo: number;
};

export function progress(c: ConsoleContext, { run, items, may, undo }: Shown): Html {
  const { id, state, total, done, not, madeAt, endedAt, staff, back } = run;
  const viewer = c.get('viewer');
  const of = (...states: readonly BulkItem['state'][]) => items.filter((one) => states.includes(one.state));
  const [missed, over, waits] = [of('declined', 'failed'), of('done'), of('waiting', 'at-work')];
  // Asked again while it runs, and no longer.
  const again =
    state === 'running'
      ? html` hx-get="/bulk/${id}/progress" hx-trigger="every 1s" hx-swap="outerHTML" hx-target="this"`
      : '';
  return html`<div id="progress"${again}>
<p class="lead" role="status">${standing(run)}</p>
<progress max="${total}" value="${done + not}" aria-label="Done">${done + not} of ${total}</progress>
<p class="hint">Begun by ${staff} ${when(madeAt, viewer)}${endedAt ? html`, ended ${when(endedAt, viewer)}` : ''}.${state === 'running' ? ' It goes on when this page is closed.' : ''}</p>
<div class="act">
${may && state === 'running' ? button(c, `/bulk/${id}/stop`, 'Stop', 's') : ''}
${may && state === 'stopped' ? button(c, `/bulk/${id}/resume`, 'Go on', 'g', true) : ''}
${may && state !== 'running' && undo > 0 ? button(c, `/bulk/${id}/undo`, `Undo ${undo}`, 'z') : ''}
<a class="btn" href="${back}" data-up>Back to the list <kbd>u</kbd></a>
</div>
${missed.length > 0 ? html`<section><h2>Not done</h2>${lines(missed)}</section>` : ''}
${waits.length > 0 && state !== 'running' ? html`<section>${details(`${count(waits.length, 'was', 'were')} not begun`, lines(waits), true)}</section>` : ''}
${over.length > 0 && state !== 'running' ? html`<section>${details(`${count(over.length, 'is', 'are')} done`, lines(over))}</section>` : ''}
</div>`;
}
