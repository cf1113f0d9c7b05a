/** Letters as lines of other pages: to whom, when, and what the mail server answered, which is the proof. */
import { html } from 'hono/html';
import type { LetterListItem } from '../../../flows/letters/shown-letter.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import type { Html } from '../../html.ts';
import { pill, row, rows, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { states } from './words.ts';

export type LetterLine = Pick<LetterListItem, 'id' | 'to' | 'state' | 'response' | 'sentAt'> & {
  /** What it is for. */
  readonly template?: string;
  readonly about?: string;
  readonly createdAt?: string;
};

export const letterLines = (letters: readonly LetterLine[], viewer: Viewer): Html =>
  rows(
    letters.map(
      ({ id, to, state, response, sentAt, createdAt, template, about = template ? letterName(template) : '' }) => {
        const { says, tone } = states[state];
        const at = sentAt ?? createdAt;
        return row({
          href: `/letters/${id}`,
          says: html`${to} ${pill(says, tone)}`,
          about: html`${about}${response ? html`${about ? html`<br>` : ''}<small class="mono">${response}</small>` : ''}`,
          ...(at && { side: when(at, viewer) }),
        });
      },
    ),
    'Letters',
  );
