/** What stands in the form of an act besides what a person types. */
import { html } from 'hono/html';
import type { AnyAct } from '../../../acts/act.ts';
import { rolesWith } from '../../../staff/rights.ts';
import type { Html } from '../../html.ts';
import { csrfField } from '../frame/csrf.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { listOf, type Said } from './said.ts';
import { labelOf } from './typed.ts';
import { isFinal } from './undo.ts';

/** Names in such a form that are no fields of an act. */
export const ownNames = ['csrf', 'input', 'expect', 'back', 'offer', 'says', 'asks', 'sure', 'shown'] as const;
type OwnName = (typeof ownNames)[number];

export type Asked = {
  readonly act: AnyAct;
  /** As the browser sends them: JSON of the fixed part, where to go then, which offer of the page it is, what its button says, and what is said before it is done. */
  readonly own: { readonly [name in Exclude<OwnName, 'csrf' | 'expect' | 'sure' | 'shown'>]: string };
  readonly typed: Readonly<Record<string, readonly string[]>>;
};

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

export const ownFields = (c: ConsoleContext, { own }: Pick<Asked, 'own'>): Html =>
  html`${csrfField(c)}${Object.entries(own).map(([name, value]) => hidden(name, value))}`;

/** Sentences of what follows say how it is by then: the word before them says that it is not so yet. */
export const thenShown = (says: Html | string): Html => html`<span class="then">Then:</span> ${says}`;

/** With the fingerprint of what is said: nothing else is done. */
export const willShown = ({ name }: Pick<AnyAct, 'name'>, { first, more, none }: Said, fingerprint: string): Html =>
  html`${hidden('expect', fingerprint)}<p>${none ? first.join(' ') : thenShown(first.join(' '))}${isFinal(name) ? ' It cannot be undone.' : ''}</p>${
    more.length > 0
      ? html`<details><summary>and ${more.length} more</summary><ul>${more.map((one) => html`<li>${one}</li>`)}</ul></details>`
      : ''
  }`;

/** Who may what this viewer may not. */
export const notYours = ({ roles }: Pick<Viewer, 'roles'>, { right }: Pick<AnyAct, 'right'>): string =>
  right === 'none' || right === 'asked'
    ? 'Nobody does this by hand.'
    : `You are ${listOf(roles)}; this takes ${listOf(rolesWith(right), 'or')}.`;

/** The form once more, on a page of its own: what was typed stands in it, to be changed or only to be confirmed. */
export function formAgain(c: ConsoleContext, asked: Asked, { above, hide }: { above: Html; hide: boolean }): Html {
  const { act, own, typed } = asked;
  const fields = Object.entries(typed).flatMap(([name, texts]) =>
    texts.map((text) =>
      hide
        ? hidden(name, text)
        : html`<label class="field"><span>${labelOf(act, name)}</span><textarea name="${name}" rows="${
            text.includes('\n') ? 8 : 1
          }">${text}</textarea></label>`,
    ),
  );
  return html`<form class="again" method="post" action="/do/${act.name}">${ownFields(c, asked)}${hide ? hidden('shown', 'yes') : ''}${fields}<div class="will">${above}</div>
<div class="act"><button class="btn main" autofocus>${own.says}</button><a class="btn" href="${own.back}">Leave it</a></div></form>`;
}
