/** The page of held mail: kinds on top, the list left, the mail right. */
import { html } from 'hono/html';
import { staffIn } from '../../../changes/by.ts';
import { isHeld } from '../../../changes/outcome.ts';
import type { Became, HeldPage } from '../../../flows/mail/held-desk.ts';
import type { Html } from '../../html.ts';
import type { OfferDeps } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage } from '../frame/page.ts';
import { empty } from '../frame/parts.ts';
import { relativeTo } from '../frame/times.ts';
import type { ConsoleContext } from '../viewer.ts';
import { heldActions } from './actions.ts';
import { letInOffer } from './let-in.ts';
import { heldRows, kindTabs, warningsOf } from './list.ts';
import { manyForm } from './many.ts';
import { gone, heldOpened } from './opened.ts';
import { type HeldView, hrefOf, kindsOf, nextRow, readView } from './view.ts';
import { becameSays } from './words.ts';

export type HeldPageDeps = OfferDeps & Pick<ConsoleDeps, 'held' | 'bulk'>;

const mostShown = 50;

const keys: readonly Key[] = [
  ['r', 'Register and release'],
  ['o', 'Release once; all that are chosen'],
  ['a', 'Answer'],
  ['x', 'Refuse; all that are chosen'],
  ['b', 'Block the sender'],
  ['space', 'Choose, and on to the next'],
  ['Esc', 'Choose none'],
  ['l', 'Those that would be let in now'],
];

async function linesOf({ held }: HeldPageDeps, view: HeldView): Promise<HeldPage> {
  if (view.reason !== 'refused')
    return held.page({ kinds: kindsOf(view), order: view.order, from: view.from, limit: mostShown });
  const lines = await held.refused({ before: view.from?.key.id ?? null, limit: mostShown });
  const last = lines.length > mostShown ? lines[mostShown - 1] : undefined;
  return {
    lines: lines.slice(0, mostShown),
    next: last ? { arrivedAt: last.arrivedAt, id: last.id } : null,
    prev: null,
  };
}

const did: Readonly<Record<string, string>> = {
  'mail-released': 'has released it',
  'mail-refused': 'has refused it',
  'mail-replayed': 'has let it be decided again',
  'mail-admitted': 'has let it in',
};
/** `console for kim@desk.example` as who that is. */
function whoDid(actor: string): string {
  const staff = staffIn(actor);
  if (staff !== null) return staff;
  return actor.startsWith('mail:')
    ? 'An answer of the customer'
    : actor === 'scheduler'
      ? 'The end of its time'
      : 'Somebody';
}

function goneSays(id: string, became: Became | null): Html {
  if (!became) return gone(`There is no mail ${id}.`, 'Choose another one on the left.');
  const { last, outcome, reason, case: on } = became;
  const how = last && did[last.action];
  const who = how
    ? `${whoDid(last.actor)} ${how}, ${relativeTo(Date.now(), Date.parse(last.at))}.`
    : 'Somebody was faster.';
  return gone(
    `Mail ${id} is held no more. ${who}`,
    outcome === null
      ? 'It is being decided just now.'
      : `It ${outcome === 'refused' ? 'is' : 'was'} ${becameSays(outcome, null, on)}. ${reason ?? ''}`,
  );
}

async function openedOf(c: ConsoleContext, deps: HeldPageDeps, view: HeldView, ids: readonly string[]): Promise<Html> {
  const { held } = deps;
  const id = view.row ?? ids[0] ?? null;
  if (id === null) return empty('Choose a mail on the left.');
  const mail = await held.one(id);
  if (!mail) return goneSays(id, await held.became(id));
  const { from, arrivedAt } = mail;
  const next = hrefOf({ ...view, row: nextRow(ids, id) });
  const [now, earlier] = await Promise.all([
    held.now(id),
    from === null ? { mails: [], more: false } : held.earlier({ from, arrivedAt, id }),
  ]);
  const mended = typeof now !== 'string' && !isHeld(now.trial.outcome);
  const actions = await heldActions(c, deps, { mail, next, here: hrefOf({ ...view, row: id }), mended });
  return heldOpened(
    { mail, now, earlier },
    { viewer: c.get('viewer'), warnings: warningsOf(held, mail), actions, list: hrefOf({ ...view, row: null }) },
  );
}

export async function heldPage(c: ConsoleContext, deps: HeldPageDeps): Promise<Response> {
  const view = readView(c.req.query());
  const viewer = c.get('viewer');
  const listed = linesOf(deps, view);
  const paneOf = async ({ lines }: HeldPage): Promise<Html> =>
    html`<div class="one pane">${await openedOf(
      c,
      deps,
      view,
      lines.map(({ id }) => id),
    )}</div>`;
  // Through the list by keys: it stands there already.
  if (c.req.header('x-part') === 'pane') return c.html(await paneOf(await listed));
  const [counts, page, letIn] = await Promise.all([deps.held.counts(), listed, deps.held.letIn({ look: false })]);
  const open = view.row ?? page.lines[0]?.id ?? null;
  const body = html`${letInOffer(letIn.count, { look: true })}
${kindTabs(view, counts)}
<div class="split${view.row === null ? '' : ' picked'}">
<section class="list" tabindex="0" aria-label="Held mails" data-opens>${
    view.reason === 'refused' || page.lines.length < 2
      ? ''
      : html`<p class="order dim">${view.order === 'newest' ? html`Newest first · <a href="${hrefOf({ ...view, order: 'oldest', from: null })}">oldest first</a>` : html`<a href="${hrefOf({ ...view, order: 'newest', from: null })}">newest first</a> · Oldest first`}</p>`
  }${heldRows(page, view, { viewer, held: deps.held, open })}${
    page.lines.length === 0
      ? ''
      : manyForm(
          hrefOf({ ...view, row: null }),
          view.reason === 'refused'
            ? [['again', 'Hold again', 'h']]
            : [
                ['release', 'Release', 'o'],
                ['refuse', 'Refuse', 'x'],
              ],
        )
  }</section>
${await paneOf(page)}
</div>`;
  return consolePage(c, {
    title: 'Held mail',
    place: '/held',
    body,
    keys,
    wide: true,
    assets: ['held.css', 'held.js'],
  });
}
