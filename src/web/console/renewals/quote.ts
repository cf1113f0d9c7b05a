/** A quote is a file: it comes by a form of its own, and is handed to the act that attaches it. */
import { html } from 'hono/html';
import type { ListedRenewal } from '../../../flows/renewals/renewal-desk.ts';
import type { Html } from '../../html.ts';
import { notYours } from '../acts/forms.ts';
import { foresee } from '../acts/offer.ts';
import { saidOf } from '../acts/said.ts';
import { faultsOf } from '../acts/typed.ts';
import { csrfField } from '../frame/csrf.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { byOf, type ConsoleContext, mayDo } from '../viewer.ts';
import type { RenewalDeps } from './deps.ts';

const actOf = ({ acts }: RenewalDeps) => {
  const act = acts.find(({ name }) => name === 'quote-renewal');
  if (!act) throw new Error('there is no act quote-renewal');
  return act;
};

/** Above the button stands what attaching any file would do: it is no sentence of a preview, which would be asked for anew once the file is chosen. */
export async function quoteOffer(c: ConsoleContext, deps: RenewalDeps, { id, quote }: ListedRenewal): Promise<Html> {
  const act = actOf(deps);
  const viewer = c.get('viewer');
  const says = quote === null ? 'Attach a quote' : 'Attach another quote';
  const closed = (why: string): Html =>
    html`<div class="offer closed"><div class="will"><p>${why}</p></div><button class="btn" disabled>${says}</button></div>`;
  if (!mayDo(viewer, act)) return closed(notYours(viewer, act));
  const foreseen = await foresee(deps, viewer, act, { renewal: id, filename: 'quote.pdf', content: 'eA==' });
  if (foreseen.kind === 'refused') return closed(foreseen.says);
  return html`<details class="offer" id="quote"><summary class="btn" data-key="q">${says} <kbd>q</kbd></summary><form method="post" action="/renewals/${id}/quote" enctype="multipart/form-data">${csrfField(c)}<div class="fields"><label class="field"><span>The file</span><input type="file" name="file" required><small>PDF, CSV, text, a document, a table or a picture, up to 1 MB.</small></label></div><p class="hint">It goes along with this letter, and billing contacts get a copy.${quote === null ? '' : ` It takes the place of ${quote}.`}</p><button class="btn">${says}</button></form></details>`;
}

export async function attachQuote(c: ConsoleContext, deps: RenewalDeps): Promise<Response> {
  const act = actOf(deps);
  const viewer = c.get('viewer');
  if (!mayDo(viewer, act))
    return faultPage(c, { status: 403, says: 'You may not do this.', toDo: notYours(viewer, act) });
  const id = c.req.param('id') ?? '';
  const { file } = await c.req.parseBody();
  const back = `/renewals/${id}`;
  const up = { href: back, says: 'The letter' };
  const not = (says: readonly string[]) =>
    consolePage(c, {
      ...{ title: 'Nothing was attached', place: '/renewals', up, status: 422 },
      body: html`${says.map((one) => html`<p class="lead">${one}</p>`)}`,
    });
  if (!(file instanceof File) || file.size === 0) return not(['Choose a file.']);
  const content = Buffer.from(await file.arrayBuffer()).toString('base64');
  const input = { renewal: id, filename: file.name, content };
  const parsed = act.input.safeParse(input);
  if (!parsed.success) return not(faultsOf(act, parsed.error));
  const outcome = await deps.perform(act.name, parsed.data, { by: byOf(viewer), preview: false });
  if (outcome.kind === 'refused') return not([outcome.says]);
  if (outcome.kind === 'done') tellNext(c, { says: saidOf(outcome.done, { zone: viewer.zone, done: true }).first });
  return c.redirect(back, 303);
}
