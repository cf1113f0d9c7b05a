/** `/queues/mailboxes`: every mailbox that mail is read from; where there is none, what that means and what to do. */
import { html } from 'hono/html';
import type { DatabaseSeen } from '../../../upkeep/overview/look.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import { card, empty } from '../frame/parts.ts';
import type { OverviewDeps } from '../overview/deps.ts';
import { mailboxesListed } from '../overview/lists.ts';
import type { ConsoleContext } from '../viewer.ts';

const none = empty(
  html`No mailbox is connected, so none is read and nothing can be fetched again: mail comes by LMTP or SMTP, or is handed in. To connect one set <code>IMAP_URL</code> in <code>.env</code>, or name several under <code>mailboxes</code> in <code>postern.yaml</code>, and start Postern again; <code>docs/mailboxes.md</code> has the steps for each provider.`,
);
const away = empty('What mailboxes there are is known again as soon as the database answers.');

const listed = (seen: DatabaseSeen | null, at: string): Html =>
  seen === null ? away : seen.mailboxes.length === 0 ? none : card(mailboxesListed(seen, at));

/** Below the queues, where somebody looks for them, too. */
export const mailboxesSection = (seen: DatabaseSeen | null, at: string): Html =>
  html`<section id="mailboxes"><h2><a href="/queues/mailboxes">Mailboxes</a></h2>${listed(seen, at)}</section>`;

export async function mailboxesPage(c: ConsoleContext, deps: { readonly overview: OverviewDeps }): Promise<Response> {
  const { database, at } = await deps.overview.look();
  return consolePage(c, {
    title: 'Mailboxes',
    place: '/queues/mailboxes',
    assets: ['overview.css'],
    body: html`<p class="lead">Where mail is read from. Each keeps a ledger by the day: what was seen is the sum of what became of it. A range is fetched again on the page of its mailbox. What came by whatever way stands under <a href="/mails">Mails</a>.</p>
${listed(database.seen, at)}`,
  });
}
