/** Announcements, newest first: what is written, what goes out and how far it is, what goes by itself and when. */
import { html } from 'hono/html';
import type { AnnouncementDesk, AnnouncementLine } from '../../../flows/announcements/announcement-desk.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import { empty, fault, pager, pill, row, rows, tabs, when } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { droppedSaid, kinds, standing, stateOrder, states } from './words.ts';

const perPage = 50;
const byItself = 'by-itself';

type Asked = { readonly state?: string | undefined; readonly before?: string | undefined };
const address = (asked: Asked): string => {
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return query === '' ? '/announcements' : `/announcements?${query}`;
};

function tabsOf(current: string | undefined): Html {
  const one = (state: string | undefined, says: string) => ({
    ...{ href: address({ state }), says, current: current === state },
  });
  return tabs(
    [
      one(undefined, 'All'),
      ...stateOrder.map((state) => one(state, states[state].tab)),
      one(byItself, 'Go by themselves'),
      { href: '/letters/addresses', says: 'Addresses without letters', current: false },
    ],
    'Announcements',
  );
}

function moment(one: AnnouncementLine, viewer: Viewer): Html {
  if (one.state === 'ready' && one.dueAt) return html`goes ${when(one.dueAt, viewer)}`;
  return when(one.endedAt ?? one.startedAt ?? one.writtenAt, viewer, { relative: true });
}

const announcementRow = (one: AnnouncementLine, viewer: Viewer): Html => {
  const { says, tone } = states[one.state];
  const told = one.dropped
    ? `left out: ${droppedSaid(one.dropped)}`
    : one.state === 'ready' && one.dueAt
      ? 'goes by itself'
      : standing(one);
  return row({
    href: `/announcements/${one.id}`,
    says: html`${one.subject} ${pill(says, tone)}`,
    about: html`${kinds[one.kind as keyof typeof kinds] ?? one.kind} ${one.name} · ${told}`,
    side: moment(one, viewer),
  });
};

export async function listPage(
  c: ConsoleContext,
  { announcements }: { readonly announcements: AnnouncementDesk },
): Promise<Response> {
  const viewer = c.get('viewer');
  const [wanted, given] = [c.req.query('state'), c.req.query('before') ?? ''];
  const state = stateOrder.find((one) => one === wanted);
  const known = state !== undefined || wanted === byItself || !wanted;
  const before = /^\d{1,18}$/.test(given) ? given : undefined;
  const { items, next } = await announcements.list({
    ...{ state, byItself: wanted === byItself, before: before ?? null, limit: perPage },
  });
  const here = known ? wanted || undefined : undefined;
  const none =
    here === undefined
      ? 'No announcement was written yet.'
      : here === byItself
        ? 'None goes by itself: no version on record leaves full support, or these letters were not started.'
        : `No announcement is ${states[state ?? 'ready'].says} at present.`;
  return consolePage(c, {
    ...{ title: 'Announcements', place: '/announcements', assets: ['notices.css'] },
    tools: html`<a class="btn main" href="/announcements/new" data-key="w">Write one <kbd>w</kbd></a>`,
    keys: [['w', 'Write a new one']],
    body: html`${known ? '' : fault('There is no such list.', 'These are all announcements.')}
${tabsOf(here)}
${
  items.length === 0
    ? empty(none)
    : rows(
        items.map((one) => announcementRow(one, viewer)),
        'Announcements',
      )
}
${pager({ start: before && address({ state: here }), next: next && address({ state: here, before: next }) })}`,
  });
}
