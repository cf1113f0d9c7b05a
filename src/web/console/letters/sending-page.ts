/** Whether letters go out at all: what stopping them and letting them go would come to, and the button. */
import { html } from 'hono/html';
import { pauseFollows, resumeFollows, type SendingState, sendingSays } from '../../../outbound/sending-words.ts';
import { rolesWith } from '../../../staff/rights.ts';
import type { Html } from '../../html.ts';
import { thenShown } from '../acts/forms.ts';
import { listOf } from '../acts/said.ts';
import { csrfField } from '../frame/csrf.ts';
import { card, fault, field } from '../frame/parts.ts';
import { timesSaid } from '../frame/times.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';

export const pauseRight = 'letters: pause';

/** `anew`: it is not so yet. */
const follows = (sentences: readonly string[], { zone, anew }: { zone: string; anew: boolean }): Html =>
  html`<div class="will">${sentences.map((says, i) => {
    const said = timesSaid(says, zone);
    return html`<p>${anew && i === 0 ? thenShown(said) : said}</p>`;
  })}</div>`;

/** `typed`: as it was sent, where it cannot be done so. */
export function sendingBody(c: ConsoleContext, state: SendingState, wrong?: { says: string; typed: string }): Html {
  const viewer = c.get('viewer');
  const lead = html`<p class="lead">${sendingSays(state)}</p>`;
  if (!viewerMay(viewer, pauseRight))
    return html`${lead}<p class="hint">You are ${listOf(viewer.roles)}; stopping letters and letting them go takes ${listOf(rolesWith(pauseRight), 'or')}.</p>`;
  const pause = card(
    html`<form class="form" method="post" action="/letters/pause">${csrfField(c)}${follows(pauseFollows(state), { zone: viewer.zone, anew: state.stopped === null })}
${field({ name: 'reason', label: 'Why', value: wrong?.typed ?? state.stopped?.reason ?? '', required: true, hint: 'Shown on top of this console, by doctor and in /readyz.' })}
<div class="act"><button class="btn${state.stopped ? '' : ' main'}">${state.stopped ? 'Set the reason' : 'Pause all letters'}</button></div></form>`,
    state.stopped ? 'Another reason' : 'Pause all letters',
  );
  const resume = card(
    html`<form class="form" method="post" action="/letters/resume">${csrfField(c)}${follows(resumeFollows(state), { zone: viewer.zone, anew: true })}
<div class="act"><button class="btn main" data-key="r">Let them go again <kbd>r</kbd></button></div></form>`,
    'Let them go again',
  );
  return html`${lead}${wrong ? fault(wrong.says, 'Nothing was done.') : ''}${state.stopped ? resume : ''}${pause}`;
}
