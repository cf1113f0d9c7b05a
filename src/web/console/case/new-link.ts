/** Where somebody looks for it who has a caller on the line: on the list of cases, at a customer, at a person. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Key } from '../frame/keys.ts';
import { type Viewer, viewerMay } from '../viewer.ts';

export const newCaseKeys = (viewer: Pick<Viewer, 'roles'>): readonly Key[] =>
  viewerMay(viewer, 'cases: work') ? [['n', 'Open a case for a caller']] : [];

/** `known`: what is filled in already. */
export function newCaseLink(
  viewer: Pick<Viewer, 'roles'>,
  known: { readonly site?: string; readonly contact?: string } = {},
): Html | string {
  if (!viewerMay(viewer, 'cases: work')) return '';
  const query = new URLSearchParams(known).toString();
  return html`<a class="btn" href="/cases/new${query === '' ? '' : `?${query}`}" data-key="n">Open a case <kbd>n</kbd></a>`;
}
