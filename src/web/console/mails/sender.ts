/** Who a mail is from: the address before the name, the grade always, and in red what may mislead. */
import { html } from 'hono/html';
import type { SenderWarning } from '../../../mail/address/sender-warnings.ts';
import type { FromHeader, Grade } from '../../../mail/parsed-mail.ts';
import type { Html } from '../../html.ts';
import { pill } from '../frame/parts.ts';
import { gradeTone } from './words.ts';

export const gradePill = (grade: Grade | null): Html | string => (grade === null ? '' : pill(grade, gradeTone[grade]));

const nobody: Readonly<Record<Exclude<FromHeader['kind'], 'one'>, string>> = {
  none: 'no sender is named',
  several: 'several senders are named',
  malformed: 'the From line is not one plain address',
};

/** In a list; without a name it is the address alone. */
export const senderLine = ({
  from,
  name,
  grade,
}: {
  from: string | null;
  name: string | null;
  grade: Grade | null;
}): Html =>
  html`<bdi>${from || 'no sender'}</bdi>${name && name !== from ? html` <span class="dim"><bdi>${name}</bdi></span>` : ''} ${gradePill(grade)}`;

export const senderShown = (from: FromHeader, grade: Grade): Html =>
  from.kind === 'one'
    ? html`<b><bdi>${from.address}</bdi></b>${from.name === '' ? '' : html` <span class="dim"><bdi>${from.name}</bdi></span>`} ${gradePill(grade)}`
    : html`<b>${nobody[from.kind]}</b> ${gradePill(grade)}`;

export function warningSays(warning: SenderWarning, address: string): Html {
  switch (warning.kind) {
    case 'name-is-address':
      return html`The name shows <bdi>${warning.shown}</bdi>, but the mail comes from <bdi>${address}</bdi>.`;
    case 'name-is-staff':
      return html`The name is that of ${warning.person}, who works here, but the address is none of theirs.`;
    case 'looks-like-ours':
      return html`The domain <bdi>${warning.domain}</bdi> looks like ours, and is not.`;
    default:
      return warning satisfies never;
  }
}

export const warningsShown = (from: FromHeader, warnings: readonly SenderWarning[]): Html | string =>
  from.kind !== 'one' || warnings.length === 0
    ? ''
    : html`<ul class="warnings">${warnings.map((one) => html`<li class="bad"><b>Careful:</b> ${warningSays(one, from.address)}</li>`)}</ul>`;
