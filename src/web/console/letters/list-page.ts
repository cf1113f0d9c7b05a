/** Letters, newest first: whether they go out at all, those that a person has to look at, and each with what became of it. */
import { html } from 'hono/html';
import { type LetterCounts, type LetterListItem, letterStates } from '../../../flows/letters/shown-letter.ts';
import { letterName, letterNames } from '../../../outbound/letter-names.ts';
import { type SendingState, sendingSays } from '../../../outbound/sending-words.ts';
import type { Html } from '../../html.ts';
import { alert, empty, fault, field, filters, news, pill, row, rows, select, tabs, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { Viewer } from '../viewer.ts';
import { type Asked, listAddress, notArrived, states, tries } from './words.ts';

export type ListShown = {
  readonly viewer: Viewer;
  readonly asked: Asked;
  readonly faults: readonly string[];
  readonly items: readonly LetterListItem[];
  readonly next: string | null;
  readonly lookedTo: string | null;
  readonly counts: LetterCounts;
  readonly sending: SendingState;
  /** The same search among other kinds. */
  readonly among: Html | string;
};

/** `current`: a page beside the list. */
export const tabsOf = ({ asked, counts }: Pick<ListShown, 'asked' | 'counts'>, current?: 'addresses'): Html => {
  const one = (state: string | undefined, says: string, count?: number, figure?: string, hot = false) => ({
    href: listAddress({ ...asked, state, before: undefined }),
    says,
    ...(count === undefined ? {} : { count: countShown(count) }),
    ...(figure === undefined ? {} : { figure: `letters.${figure}` }),
    hot: hot && (count ?? 0) > 0,
    current: current === undefined && asked.state === state,
  });
  return tabs(
    [
      one(undefined, 'All'),
      one(notArrived, 'Not arrived', counts.unsettled, 'notArrived', true),
      one('waiting', 'Waiting for a person', counts.waiting, 'waiting', true),
      one('queued', 'On their way', counts.queued, 'queued'),
      one('unknown', 'Answer unknown', counts.unknown, 'unknown'),
      one('sent', 'Sent'),
      one('failed', 'Failed', counts.failed),
      one('bounced', 'Came back', counts.bounced),
      one('suppressed', 'Not sent', counts.suppressed),
      { href: '/letters/addresses', says: 'Addresses without letters', current: current === 'addresses' },
    ],
    'States of letters',
  );
};

/** Which of them stand here: several names of tabs are near each other. */
function meansOf({ asked: { state } }: ListShown): Html | string {
  const known = letterStates.find((one) => one === state);
  if (state === notArrived)
    return html`<p class="hint">Those that failed or came back, until somebody has dealt with each: the list to work through.</p>`;
  return known === undefined ? '' : html`<p class="hint">${states[known].means}</p>`;
}

/** A stop is what nobody must overlook; while letters go, one line says so. */
function sendingShown({ sending, viewer }: ListShown): Html {
  const way = (says: string) => html`<a class="btn" href="/letters/sending">${says}</a>`;
  if (sending.stopped)
    return alert(
      sendingSays(sending),
      html`Mails are read and decided as ever. Nothing is lost; the letters wait. <span class="since">Since ${when(sending.stopped.at, viewer)}.</span>`,
      way('Let them go again'),
    );
  if (sending.queueStopped)
    return alert(
      sendingSays(sending),
      html`Mails are read and decided as ever. Nothing is lost; the letters wait. <span class="since">Since ${when(sending.queueStopped.at, viewer)}.</span>`,
      html`<a class="btn" href="/queues#outbound">The queue</a>`,
    );
  if (sending.restSeconds > 0)
    return alert(sendingSays(sending), 'It is tried again by itself, and nothing is lost.', way('See why'), 'warn');
  return html`<p class="lead">${sendingSays(sending)} <a href="/letters/sending">Pause all letters</a></p>`;
}

/** What has come meanwhile waits until it is asked for: of a filtered list nobody knows what it is. */
function newsOf({ asked, counts }: ListShown): Html | string {
  const { state, before, ...filters } = asked;
  if (before !== undefined || Object.values(filters).some(Boolean)) return '';
  const seen = {
    all: ['letters.newest', String(counts.newest)],
    [notArrived]: ['letters.notArrived', countShown(counts.unsettled)],
    waiting: ['letters.waiting', countShown(counts.waiting)],
    unknown: ['letters.unknown', countShown(counts.unknown)],
  } as const;
  const found = Object.entries(seen).find(([name]) => name === (state ?? 'all'))?.[1];
  return found ? news(found[0], found[1], listAddress(asked)) : '';
}

const kinds = Object.entries(letterNames).toSorted(([, a], [, b]) => a.localeCompare(b, 'en'));

const filtersOf = ({ asked }: ListShown): Html =>
  filters(html`${asked.state ? html`<input type="hidden" name="state" value="${asked.state}">` : ''}${
    asked.mail ? html`<input type="hidden" name="mail" value="${asked.mail}">` : ''
  }
${field({ name: 'to', label: 'To', value: asked.to ?? '', type: 'search' })}
${select('template', 'Kind', [['', 'Every kind'], ...kinds], asked.template ?? '')}
${field({ name: 'case', label: 'Case', value: asked.case ?? '' })}
${field({ name: 'since', label: 'Written since', value: asked.since ?? '', type: 'date' })}`);

/** What a person wants to know of it besides: why it is not out, or what the server said last. */
export function lastWord({ state, stateReason, response, attempts, markedAs }: LetterListItem): string {
  if (markedAs === 'reached') return 'dealt with: told by another way';
  if (markedAs === 'not-needed') return 'dealt with: needed no more';
  if (state === 'sent') return attempts > 1 ? `after ${tries(attempts)}` : '';
  return stateReason ?? response ?? '';
}

function letterRow(one: LetterListItem, viewer: Viewer, asked: Asked): Html {
  const { says, tone } = states[one.state];
  const last = lastWord(one);
  return row({
    href: `/letters/${one.id}${asked.state ? `?from=${asked.state}` : ''}`,
    says: html`${one.to} ${pill(says, one.markedAs === null ? tone : undefined)}`,
    about: html`${letterName(one.template)}: ${one.subject || 'no subject'}${one.case ? ` · case ${one.case}` : ''}${
      last ? html`<br><small>${last}</small>` : ''
    }`,
    side: when(one.createdAt, viewer, { relative: true }),
  });
}

function nothing({ asked, sending }: ListShown): string {
  if (asked.state === notArrived) return 'Every letter that failed or came back is dealt with.';
  if (asked.state === 'waiting') return 'No letter waits for a person.';
  if (asked.state === 'queued')
    return sending.queued === 0
      ? 'None is on its way: every letter that was written is out.'
      : 'None of these is on its way.';
  if (asked.state === 'unknown') return 'Of every letter that was handed over the answer is known.';
  const { state, before: _, ...filters } = asked;
  if (Object.values(filters).every((value) => !value)) {
    if (state === 'failed') return 'None was given up: every letter that was tried was taken, or is still tried.';
    if (state === 'bounced') return 'None came back.';
    if (state === 'suppressed') return 'None was kept back: every letter that was written was to go out.';
    if (state === 'sent') return 'None was sent yet.';
  }
  return Object.entries(asked).some(([name, value]) => name !== 'before' && value)
    ? 'No letter is like this. Take a filter away to see more.'
    : 'No letter was written yet. The first mail that is read brings one about.';
}

function more(shown: ListShown): Html {
  const { asked, next, lookedTo, viewer } = shown;
  const older = next === null ? null : listAddress({ ...asked, before: next });
  const looked =
    lookedTo === null
      ? ''
      : html`<p class="looked">Looked at every letter back to ${when(lookedTo, viewer)}.${
          older ? html` <a href="${older}" rel="next">Look further back</a>` : ''
        }</p>`;
  const newest = asked.before
    ? html`<a class="btn" href="${listAddress({ ...asked, before: undefined })}">Newest</a>`
    : '';
  const next50 = older && lookedTo === null ? html`<a class="btn" href="${older}" rel="next">Older</a>` : '';
  return html`${looked}${newest || next50 ? html`<nav class="pager" aria-label="Pages">${newest}${next50}</nav>` : ''}`;
}

export const listBody = (shown: ListShown): Html => html`
${sendingShown(shown)}
${shown.faults.map((says) => fault(says, 'This filter was left out.'))}
${shown.among}${tabsOf(shown)}${meansOf(shown)}
${filtersOf(shown)}
${newsOf(shown)}
${
  shown.items.length === 0 && shown.lookedTo === null
    ? empty(nothing(shown))
    : rows(
        shown.items.map((one) => letterRow(one, shown.viewer, shown.asked)),
        'Letters',
      )
}
${more(shown)}`;
