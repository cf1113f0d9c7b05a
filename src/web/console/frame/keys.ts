/** Keys of the console, for the dialog behind `?` and the page of the same. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import { type Place, places } from '../places.ts';
import { type Viewer, viewerMay } from '../viewer.ts';

/** A key as it is pressed, and what it does. */
export type Key = readonly [key: string, says: string];

const everywhere: readonly Key[] = [
  ['/', 'Search'],
  ['j k', 'Next, previous row'],
  ['Enter', 'Open the row'],
  ['u', 'Back to the list'],
  ['y', 'Why'],
  ['.', 'What can be done with this'],
  ['space', 'Tick the row, to do many at once'],
  ['z', 'Undo what was just done'],
  ['Ctrl Enter', 'Send what is typed'],
  ['Esc', 'Close, leave a field'],
  ['?', 'These keys'],
];

export const placesOf = (viewer: Pick<Viewer, 'roles'>): readonly Place[] =>
  places.filter(({ right }) => viewerMay(viewer, right));

const list = (title: string, keys: readonly Key[], name = ''): Html =>
  html`<section${name === '' ? '' : html` class="${name}"`}><h2>${title}</h2><dl class="keys">${keys.map(
    ([key, says]) => html`<div><dt>${key.split(' ').map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${says}</dd></div>`,
  )}</dl></section>`;

export const keysShown = (viewer: Pick<Viewer, 'roles'>, own: readonly Key[] = []): Html => html`<div class="keysheet">
${own.length > 0 ? list('On this page', own) : ''}
${list('Everywhere', everywhere)}
${list(
  'Go to',
  placesOf(viewer).map(({ key, says }): Key => [`g ${key}`, says]),
  'goes',
)}
</div>`;
