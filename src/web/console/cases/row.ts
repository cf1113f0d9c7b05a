/** One case as a row of a list. */
import { html } from 'hono/html';
import type { CaseLine, FoundIn, PresentNamed } from '../../../flows/cases/listed/case-lists.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { pill, row, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { dueShown, presentShown, severityPill, standingOf } from './words.ts';

export const labelOf = ({ number, title }: Pick<CaseLine, 'number' | 'title'>): string =>
  `Case ${number}: ${maskPins(title).trim() || 'without a subject'}`;

export type RowHow = {
  readonly viewer: Pick<Viewer, 'zone' | 'address'>;
  /** Names of our people by their addresses. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: number;
  /** Who is at which case just now, by its number. */
  readonly present: ReadonlyMap<string, readonly PresentNamed[]>;
  /** It can be chosen, and taken where nobody has it. */
  readonly works: boolean;
  /** Where in a case what was looked for stands, by its number. */
  readonly foundIn?: ReadonlyMap<string, FoundIn>;
};

const requesterShown = ({ requester: { address, name } }: CaseLine): Html | string =>
  address === '' ? '' : html` · <bdi class="who">${address}${name === null ? '' : html` <small>${name}</small>`}</bdi>`;

function ownerShown({ owner, status }: CaseLine, { viewer, names }: RowHow): Html | string {
  if (owner === null) return status === 'open' ? html` · <b class="free">nobody has it</b>` : '';
  return html` · ${owner === viewer.address ? 'you' : (names.get(owner) ?? owner)}`;
}

/** What counts of it in time: until when it is owed, else since when somebody wrote, or when it was closed. */
function timeShown(line: CaseLine, { viewer, now }: RowHow): Html {
  if (line.due !== null) return dueShown(line.due, viewer, now);
  return when(line.closedAt ?? line.last?.at ?? line.openedAt, viewer, { relative: true });
}

const places = { text: '', file: 'attached: ', sender: 'written by ' } as const satisfies Record<
  FoundIn['where'],
  string
>;

const foundShown = (found: FoundIn | undefined): Html | string =>
  found === undefined
    ? ''
    : html`<br><small class="found">${places[found.where]}<bdi>${maskPins(found.before)}<mark>${maskPins(found.hit)}</mark>${maskPins(found.after)}</bdi></small>`;

export function caseRow(line: CaseLine, how: RowHow): Html {
  const { number, severity, title, site, status, owner } = line;
  const { says, tone } = standingOf(line, how.now);
  const others = (how.present.get(number) ?? []).filter(({ staff }) => staff !== how.viewer.address);
  const free = how.works && status === 'open' && owner === null;
  return row({
    href: `/cases/${number}`,
    says: html`${severityPill(severity)} ${number} <bdi>${maskPins(title).trim() || '(no subject)'}</bdi>`,
    about: html`<span class="site">${site.name}</span>${requesterShown(line)}${ownerShown(line, how)}${
      free
        ? html` <button class="quiet take" form="take" name="input" value="${JSON.stringify({ case: number })}" data-key="t">Take<span class="sr"> case ${number}</span> <kbd>t</kbd></button>`
        : ''
    }${
      how.works && status === 'open'
        ? html` <span class="quick"><a class="quiet" href="/cases/${number}#answer" data-key="a">Answer<span class="sr"> case ${number}</span> <kbd>a</kbd></a><a class="quiet" href="/cases/${number}#note">Note<span class="sr"> on case ${number}</span></a></span>`
        : ''
    }${status === 'open' ? html` <span class="present" data-present="${number}">${presentShown(others)}</span>` : ''}${foundShown(how.foundIn?.get(number))}`,
    side: html`${pill(says, tone)} ${timeShown(line, how)}`,
    ...(how.works && {
      choose: { name: 'case', value: number, label: `Choose case ${number}`, form: 'many' },
    }),
  });
}
