/** Pausing, resuming and emptying a queue: what it means stands above the button. These are switches of the system, and no acts. */
import { html } from 'hono/html';
import type { QueueSeen } from '../../../upkeep/overview/look.ts';
import { between, plural } from '../../../upkeep/overview/words.ts';
import type { Html } from '../../html.ts';
import { csrfField } from '../frame/csrf.ts';
import { details, field } from '../frame/parts.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { wordsOf } from './words.ts';

export const right = 'system: operate';

const form = (c: ConsoleContext, queue: string, what: string, inner: Html): Html =>
  html`<form class="turn" method="post" action="/queues/${queue}/${what}">${csrfField(c)}${inner}</form>`;

export const pauseForm = (c: ConsoleContext, queue: string, typed = ''): Html =>
  form(
    c,
    queue,
    'pause',
    html`<div class="will"><p>${wordsOf(queue)?.pausing ?? ''} What is in hand is finished.</p></div><div class="fields">${field(
      {
        name: 'reason',
        label: 'Why',
        value: typed,
        required: true,
        hint: 'Everybody who looks at the overview reads it.',
      },
    )}</div><button class="btn">Pause</button>`,
  );

export function turningShown(
  c: ConsoleContext,
  seen: QueueSeen,
  asked: { readonly at: string } | null,
  now: string,
): Html {
  const { queue, waiting, paused } = seen;
  const words = wordsOf(queue);
  if (words === null || !viewerMay(c.get('viewer'), right)) return html``;
  const waits = `${plural(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}`;
  const resume = form(
    c,
    queue,
    'resume',
    html`<div class="will"><p>${asked ? `Paused for ${between(asked.at, now)}; ${waits}.` : `${waits}.`} What waits is done in order.</p></div><button class="btn main">Resume</button>`,
  );
  const pause = details('Pause it', pauseForm(c, queue));
  const empty = details(
    'Empty it',
    form(
      c,
      queue,
      'empty',
      html`<div class="will"><p>${plural(waiting, 'job')} ${waiting === 1 ? 'is' : 'are'} thrown away. ${words.emptying}</p></div><button class="btn"${
        waiting === 0 ? html` disabled` : ''
      }>Throw ${plural(waiting, 'job')} away</button>${words.rows ? html` <a href="${words.rows.href}">${words.rows.says}</a>` : ''}`,
    ),
  );
  return html`<div class="turning">${paused ? resume : pause}${empty}</div>`;
}
