/** Below the figures: mailboxes, first answers that are owed, held mail by reason. */
import { html } from 'hono/html';
import { type CaseAtRisk, type DatabaseSeen, differenceOf, type MailboxSeen } from '../../../upkeep/overview/look.ts';
import { between, counted, plural } from '../../../upkeep/overview/words.ts';
import type { Html } from '../../html.ts';
import { card, empty, live, pill, row, rows, when } from '../frame/parts.ts';
import { titleOf } from '../held/words.ts';
import type { Viewer } from '../viewer.ts';

const shownCases = 8;

const clockRow = ({ number, title, site, severity, due, owner }: CaseAtRisk, viewer: Viewer, at: string): Html => {
  const late = Date.parse(due) < Date.parse(at);
  return row({
    href: `/cases/${number}`,
    says: html`${number} · ${title}`,
    about: html`${site} · severity ${severity} · ${owner ?? 'no owner'}`,
    side: html`${pill(late ? `${between(due, at)} late` : `${between(at, due)} left`, late || owner === null ? 'bad' : 'warn')} ${when(due, viewer)}`,
  });
};

export function clocksShown({ clocks }: DatabaseSeen, viewer: Viewer, at: string): Html {
  const more = clocks.length - shownCases;
  return html`<section id="clocks"><h2>First answers owed within two hours</h2>${
    clocks.length === 0
      ? empty('No first answer is due within two hours.')
      : card(
          html`${rows(
            clocks.slice(0, shownCases).map((one) => clockRow(one, viewer, at)),
            'Cases whose first answer is owed, the most urgent first',
          )}${more > 0 ? html`<p class="more"><a href="/cases?due=2h">and ${more} more</a></p>` : ''}`,
        )
  }</section>`;
}

const ledgerShown = (box: Pick<MailboxSeen, 'ledger' | 'today'>): Html => {
  const missed = differenceOf(box.ledger);
  const today = box.today;
  return html`${
    today === null ? '' : html`${plural(today.seen, 'mail')} seen today, ${counted(today.stored)} stored · `
  }${missed === 0 ? 'nothing missing' : `${counted(Math.abs(missed))} unaccounted for`}`;
};

export const mailboxesListed = ({ mailboxes }: Pick<DatabaseSeen, 'mailboxes'>, at: string): Html =>
  rows(
    mailboxes.map((box) =>
      row({
        href: `/queues/mailboxes/${encodeURIComponent(box.name)}`,
        says: box.name,
        about: ledgerShown(box),
        side: html`${live(`mailbox.${box.name}`, box.problem === null ? `read ${between(box.quietSince, at)} ago` : 'not read')} ${
          box.problem !== null
            ? pill(box.loginRefused ? 'login refused' : 'away', 'bad')
            : differenceOf(box.ledger) !== 0
              ? pill('difference', 'bad')
              : pill('in order', 'good')
        }`,
      }),
    ),
    'Mailboxes',
  );

export const mailboxesShown = (seen: DatabaseSeen, at: string): Html =>
  seen.mailboxes.length === 0
    ? html``
    : html`<section id="mailboxes"><h2>Mailboxes</h2>${card(mailboxesListed(seen, at))}</section>`;

export const heldShown = ({ held }: DatabaseSeen, viewer: Viewer, at: string): Html =>
  html`<section id="held"><h2>Held mail by reason</h2>${
    held.length === 0
      ? empty('Nobody waits: no mail is held.')
      : card(
          rows(
            held.map(({ reason, count, oldest }) =>
              row({
                href: `/held?reason=${encodeURIComponent(reason)}`,
                says: titleOf(reason),
                about: html`oldest ${between(oldest, at)}, since ${when(oldest, viewer)}`,
                side: html`<b>${counted(count)}</b>`,
              }),
            ),
            'Reasons of held mail',
          ),
        )
  }</section>`;
