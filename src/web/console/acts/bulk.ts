/** For a list: one act on all that were chosen, as it was shown for each. The answer leads to the page of its progress. */
import { html } from 'hono/html';
import { isFailure } from '../../../foundation/failure.ts';
import type { Html } from '../../html.ts';
import type { ConsoleDeps } from '../deps.ts';
import { withinConsole } from '../frame/back.ts';
import { faultPage } from '../frame/page.ts';
import { type ConsoleContext, mayDo } from '../viewer.ts';
import { notYours } from './forms.ts';

/** Of a page of a list; more than that a person does not look at. */
const mostAtOnce = 50;

/** Ids or numbers of what was chosen, as a form or an address has them: each once. */
export const chosenOf = (values: readonly unknown[]): readonly string[] =>
  [...new Set(values.filter((one): one is string => typeof one === 'string' && /^\d{1,18}$/.test(one)))].slice(
    0,
    mostAtOnce,
  );

type ManyButton = readonly [name: string, says: string, key?: string | null];

/** Asked with GET: nothing is done before it was shown. The boxes of the rows belong to this form; a script says how many are chosen. */
export const manyBar = (action: string, back: string, buttons: readonly ManyButton[]): Html =>
  html`<form id="many" class="many" method="get" action="${action}"><input type="hidden" name="back" value="${back}"><span class="dim" data-chosen>With those chosen:</span> ${buttons.map(
    ([name, says, key]) =>
      html`<button class="btn" name="do" value="${name}"${key ? html` data-key="${key}"` : ''}>${says}${key ? html` <kbd>${key}</kbd>` : ''}</button> `,
  )}<button class="quiet" type="reset" data-key="Escape">Choose none <kbd>Esc</kbd></button></form>`;

export type Bulk = {
  readonly act: string;
  /** On the button: `Release`. */
  readonly says: string;
  readonly items: readonly {
    /** What a person knows it by: an address with its subject, a number. */
    readonly label: string;
    readonly input: unknown;
    /** The fingerprint of what was shown; left out: whatever follows by then. */
    readonly expect?: string | null;
  }[];
  /** The list that it was chosen from. */
  readonly back: string;
};

export async function startBulk(
  c: ConsoleContext,
  { acts, bulk }: Pick<ConsoleDeps, 'acts' | 'bulk'>,
  { act: name, says, items, back }: Bulk,
): Promise<Response> {
  const act = acts.find((one) => one.name === name);
  if (!act) throw new Error(`there is no act ${name}`);
  const viewer = c.get('viewer');
  if (!mayDo(viewer, act))
    return faultPage(c, { status: 403, says: 'You may not do this.', toDo: notYours(viewer, act) });
  try {
    const id = await bulk.start({ act: name, says, items, back: withinConsole(back), staff: viewer.address });
    return c.redirect(`/bulk/${id}`, 303);
  } catch (error) {
    if (!isFailure(error, 'bad-input')) throw error;
    return faultPage(c, { status: 422, says: 'Nothing was begun.', toDo: error.message });
  }
}
