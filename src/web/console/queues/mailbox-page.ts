/** `/queues/mailboxes/NAME`: how it stands, its ledger by the day, and UIDs that are to be looked at again. */
import { html } from 'hono/html';
import type { LedgerDay, MailboxDetail, ShownRefetch } from '../../../flows/mailboxes/mailbox-detail.ts';
import { differenceOf, type LedgerCounts } from '../../../upkeep/overview/look.ts';
import { between, counted, plural } from '../../../upkeep/overview/words.ts';
import type { Html } from '../../html.ts';
import { offer, offers } from '../acts/offer.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, empty, fault, field, pill, when, whyList } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import type { QueuePagesDeps } from './page.ts';

const columns = [
  ['seen', 'Seen'],
  ['stored', 'Stored'],
  ['duplicates', 'Here before'],
  ['tooLarge', 'Too large'],
  ['gone', 'Taken away'],
  ['passedOver', 'Passed over'],
] as const satisfies readonly (readonly [keyof LedgerCounts, string])[];

const difference = (counts: LedgerCounts): Html => {
  const missed = differenceOf(counts);
  return missed === 0 ? html`0` : pill(counted(Math.abs(missed)), 'bad');
};

const line = (label: Html | string, counts: LedgerCounts): Html =>
  html`<tr><th scope="row">${label}</th>${columns.map(([name]) => html`<td>${counted(counts[name])}</td>`)}<td>${difference(counts)}</td></tr>`;

const ledgerTable = ({ ledger }: MailboxDetail, days: readonly LedgerDay[]): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Ledger by the day"><table class="figures"><caption>Mails seen are the sum of what became of them; the rest is the difference</caption><thead><tr><th scope="col">Day</th>${columns.map(
    ([, says]) => html`<th scope="col">${says}</th>`,
  )}<th scope="col">Difference</th></tr></thead><tbody>${days.map((one) => line(one.day, one))}</tbody><tfoot>${line('Since it is known', ledger)}</tfoot></table></div>`;

function standing(box: MailboxDetail, viewer: Viewer, at: string): Html {
  const { problem, problemSince, fetchedAt, watched, loginRefused } = box;
  const wrong =
    problem === null
      ? ''
      : fault(
          problem,
          html`${loginRefused ? 'The login is tried again every five minutes.' : 'It is tried again by itself.'} Mail waits on the server; nothing is lost.${
            problemSince === null ? '' : html` Since ${when(problemSince, viewer)}.`
          }`,
        );
  return html`${wrong}${card(
    html`<div class="pad">${whyList([
      ['Read', fetchedAt === null ? 'never' : html`${when(fetchedAt, viewer)}, ${between(fetchedAt, at)} ago`],
      [
        'Watched',
        watched ? pill('by a process', 'good') : pill('by nobody just now', problem === null ? 'warn' : 'bad'),
      ],
      ['Ledger', html`${plural(box.ledger.seen, 'mail')} seen, difference ${difference(box.ledger)}`],
    ])}</div>`,
  )}`;
}

const came = ({ doneAt, listed, known, fetched, failure }: ShownRefetch): Html | string => {
  if (doneAt === null) return pill('waits for the next look', 'warn');
  if (failure !== null) return html`${pill('failed', 'bad')} ${failure}`;
  return html`${plural(listed ?? 0, 'mail')} on the server, ${counted(known ?? 0)} here before, <b>${counted(fetched ?? 0)} fetched</b>`;
};

const refetchesShown = (refetches: readonly ShownRefetch[], viewer: Viewer): Html =>
  refetches.length === 0
    ? empty('No range was fetched again so far.')
    : card(
        html`<ul class="rows" aria-label="Ranges that were fetched again">${refetches.map(
          (one) =>
            html`<li class="row"><div class="cell"><span class="a">UIDs ${one.from} to ${one.to}</span><div class="b">${came(one)}</div></div><div class="side">${one.askedBy} ${when(one.askedAt, viewer)}</div></li>`,
        )}</ul>`,
      );

export async function mailboxPage(c: ConsoleContext, deps: QueuePagesDeps, name: string): Promise<Response> {
  const box = await deps.queuePages.mailbox(name);
  if (box === null)
    return faultPage(c, {
      status: 404,
      says: `There is no mailbox ${name}`,
      toDo: 'Mailboxes are named in IMAP_URL and in postern.yaml; each stands here once it was opened.',
    });
  const viewer = c.get('viewer');
  const at = new Date().toISOString();
  const again = await offer(c, deps, {
    act: 'fetch-again',
    input: { mailbox: name },
    says: 'Fetch UIDs again',
    key: 'f',
    fields: html`${field({ name: 'from', label: 'First UID', type: 'number', required: true })}${field({
      name: 'to',
      label: 'Last UID',
      type: 'number',
      required: true,
      hint: 'The ledger below says on which day something is missing.',
    })}`,
  });
  return consolePage(c, {
    title: `Mailbox ${name}`,
    place: '/queues/mailboxes',
    assets: ['overview.css'],
    up: { href: '/queues/mailboxes', says: 'Mailboxes' },
    body: html`${standing(box, viewer, at)}
<section><h2>Ledger</h2>${box.days.length === 0 ? empty('The first day is counted within a minute.') : ledgerTable(box, box.days)}</section>
<section><h2>Fetched again</h2>${refetchesShown(box.refetches, viewer)}${offers([again])}</section>`,
    keys: [['f', 'Fetch a range of UIDs again']],
  });
}
