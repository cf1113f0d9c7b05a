/** Many at once: chosen in the list, shown with what would become of each, then handed to a run that can be watched and stopped. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';

export const manyActs = ['release', 'refuse'] as const;
export type ManyAct = (typeof manyActs)[number];

/** Asked with GET: nothing is done before it was shown. The boxes of the rows belong to this form. */
export const manyForm = (back: string): Html =>
  html`<form id="many" class="many" method="get" action="/held/many"><input type="hidden" name="back" value="${back}">
<span class="dim">Those chosen:</span> <button class="btn" name="do" value="release" data-key="m">Release <kbd>m</kbd></button> <button class="btn" name="do" value="refuse">Refuse</button></form>`;
