/** What a person fills in: each field with its label. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly hint?: string;
  readonly type?: 'text' | 'search' | 'date' | 'email' | 'number';
  readonly required?: boolean;
  /** Of several lines. */
  readonly lines?: number;
  /** It has the focus when the page comes. */
  readonly focus?: boolean;
};
export const field = ({ name, label, value = '', hint, type = 'text', required, lines, focus }: Field): Html => {
  const must = html`${required ? html` required` : ''}${focus ? html` autofocus` : ''}`;
  return html`<label class="field"><span>${label}</span>${
    lines === undefined
      ? html`<input type="${type}" name="${name}" value="${value}"${must}>`
      : html`<textarea name="${name}" rows="${lines}"${must}>${value}</textarea>`
  }${hint === undefined ? '' : html`<small>${hint}</small>`}</label>`;
};

export type Choice = readonly [value: string, says: string];
export const select = (name: string, label: string, choices: readonly Choice[], value = ''): Html =>
  html`<label class="field"><span>${label}</span><select name="${name}">${choices.map(
    ([one, says]) => html`<option value="${one}"${one === value ? html` selected` : ''}>${says}</option>`,
  )}</select></label>`;
