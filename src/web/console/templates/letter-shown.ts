/** The right half of the editor: what is wrong with the text, and a letter as it would be written by it. */
import { html } from 'hono/html';
import type { TemplatePages, TemplateText, WholeTemplate } from '../../../flows/templates/template-pages.ts';
import { faultSays } from '../../../outbound/templates/in-use.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { details, empty } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';
import { draftOf } from './draft.ts';
import { many, pathOf } from './words.ts';

export type ShownText = {
  readonly whole: WholeTemplate;
  readonly text: TemplateText;
  readonly example: string;
  /** It is not what counts. */
  readonly typed: boolean;
};

async function checked(pages: TemplatePages, { whole, text }: ShownText): Promise<Html> {
  const { faults, recent } = await pages.check(whole, text);
  if (faults.length === 0)
    return html`<p class="checks good">It checks${recent > 0 ? `, on examples and on the last ${many(recent, 'letter')} of its kind` : ', on examples; no letter of its kind was written of late'}.</p>`;
  return html`<div class="checks"><p class="bad">${faults.length === 1 ? 'One thing is wrong' : `${faults.length} things are wrong`}, so it is not saved like this.</p><ul>${faults.map(
    (one) => html`<li>${faultSays(one)}</li>`,
  )}</ul></div>`;
}

function frame(c: ConsoleContext, { whole, text, example, typed }: ShownText): Html {
  const draft = typed ? draftOf(text, c.get('csrf')) : null;
  if (typed && draft === null)
    return empty('It is too long to be shown as HTML before it is saved; the text below is all of it.');
  const query = new URLSearchParams({ example, ...(draft && { draft }) });
  return html`<iframe class="letter" sandbox referrerpolicy="no-referrer" title="The letter as a mail program shows it" src="${pathOf(whole)}/letter?${query}"></iframe>`;
}

async function letter(c: ConsoleContext, pages: TemplatePages, shown: ShownText): Promise<Html> {
  const { whole, text, example } = shown;
  try {
    const rendered = await pages.render(whole, text, example);
    if (rendered === null) return empty('This example is not there any more; choose another one.');
    return html`<p class="subject"><span class="dim">Subject</span> ${maskPins(rendered.subject)}</p>${frame(c, shown)}${details(
      'As text',
      html`<pre class="mail" tabindex="0" role="region" aria-label="The letter as text">${maskPins(rendered.text)}</pre>`,
      true,
    )}`;
  } catch {
    return empty('No letter can be written by this text; above stands why.');
  }
}

export const letterShown = async (c: ConsoleContext, pages: TemplatePages, shown: ShownText): Promise<Html> =>
  html`${await checked(pages, shown)}${await letter(c, pages, shown)}`;
