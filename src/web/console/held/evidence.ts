/** What is known of a held mail, in terms that a person asks for: why, who wrote, what they have bought, who was asked. */
import { html } from 'hono/html';
import type { EarlierMail, HeldMailShown, HeldNow, HeldQuestion, NotHeldNow } from '../../../flows/mail/held-desk.ts';
import { kindOfHeld } from '../../../intake/held-kinds.ts';
import { domainOf } from '../../../mail/address/address.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import type { Html } from '../../html.ts';
import { listOf } from '../acts/said.ts';
import { pill, type Shown, when, whyList } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { becameSays, gradeSays, heldBecause, stateSays } from './words.ts';

type Term = readonly [term: string, says: Shown];
type Given = { readonly mail: HeldMailShown; readonly now: HeldNow | NotHeldNow; readonly viewer: Viewer };

const people = (count: number, of: string): string =>
  count === 1 ? `One colleague of ${of} is on record.` : `${count} colleagues of ${of} are on record.`;

function senderSays({ from, grade, gradeReason, site, contactOf, blocked }: HeldMailShown): Html {
  const shown = gradeSays(grade);
  const domain = from === null ? '' : domainOf(from);
  const said = [
    gradeReason && `${gradeReason.charAt(0).toUpperCase()}${gradeReason.slice(1)}.`,
    contactOf.length > 0 && `On record as ${listOf(contactOf.map(({ role, siteName }) => `${role} of ${siteName}`))}.`,
    site && site.colleagues > 0 && people(site.colleagues, domain),
    blocked && 'Blocked: they hear nothing from us.',
  ].filter((one) => one);
  return html`${shown ? html`${pill(shown.says, shown.tone)} ` : ''}${said.join(' ')}`;
}

function questionSays({ to, answer, settledAt, askedAt, case: on }: HeldQuestion, viewer: Viewer): Html {
  const about = on === null ? 'whether they belong to the site' : `whether they may write on case ${on}`;
  const whom = to.map(
    ({ name, address, at, state }) =>
      html`${name ?? address}, ${when(at, viewer, { relative: true })}${state === 'sent' ? '' : ` (${stateSays(state)})`}`,
  );
  const answered = {
    yes: 'The answer was yes.',
    once: 'The answer was: this once.',
    no: 'The answer was no.',
    expired: 'Nobody waits for the answer any more.',
  } as const;
  // Where nobody was asked no answer can come.
  const end = answer !== null ? answered[answer] : whom.length === 0 ? '' : 'No answer yet.';
  return html`${
    whom.length === 0
      ? html`Nobody was asked ${about}: since ${when(askedAt, viewer)} there has been nobody who could be written to.`
      : html`${whom.map((one, i) => html`${i > 0 ? '; ' : ''}${one}`)}: ${about}.`
  } ${end}${settledAt ? html` ${when(settledAt, viewer)}` : ''}`;
}

const written = ({ letters }: HeldMailShown, viewer: Viewer): Html =>
  html`<ul class="lines">${letters.map(
    ({ id, template, to, state, at }) =>
      html`<li><a href="/letters/${id}">${letterName(template)}</a> to ${to}, ${stateSays(state)} ${when(at, viewer)}</li>`,
  )}</ul>`;

/** What has to be known before its text is read: why it is here, and who wrote it. */
export function reasonShown({ mail, viewer }: Pick<Given, 'mail' | 'viewer'>): Html {
  const { outcome, decided, reason } = mail;
  const why: Term =
    outcome === 'refused'
      ? [
          'Refused',
          html`${reason ?? ''}${decided?.by ? html` By ${decided.by}` : ''}${decided ? html`, ${when(decided.at, viewer)}` : ''}`,
        ]
      : ['Held because', html`<strong>${heldBecause(mail)}</strong>`];
  return whyList([why, ['Sender', senderSays(mail)]]);
}

/** The rest of the evidence, in the order in which one asks for it. */
export function evidenceShown({ mail, now, viewer }: Given): Html | string {
  const { site, questions, letters } = mail;
  const asked = questions.map((one): Term => ['Asked', questionSays(one, viewer)]);
  const terms: Term[] = [];
  if (site)
    terms.push([
      'Site',
      html`<a href="/customers/${site.number}">${site.name}</a> <span class="dim">${site.number}</span>`,
    ]);
  if (typeof now !== 'string' && now.contract)
    terms.push(['Contract', `${now.contract.charAt(0).toUpperCase()}${now.contract.slice(1)}.`]);
  terms.push(...asked);
  if (letters.length > 0) terms.push(['Written', written(mail, viewer)]);
  return terms.length === 0 ? '' : html`<div class="pad">${whyList(terms)}</div>`;
}

/** Earlier mails of that sender, with what became of them. */
export function earlierShown(
  { mails, more }: { readonly mails: readonly EarlierMail[]; readonly more: boolean },
  { from, viewer }: { readonly from: string | null; readonly viewer: Viewer },
): Html {
  if (from === null) return html``;
  if (mails.length === 0) return html`<p class="dim">Nothing came from this address before.</p>`;
  const link = (one: EarlierMail): string => {
    const held = kindOfHeld(one.outcome, one.code);
    return held ? `/held?reason=${held.name}&row=${one.id}` : `/mails/${one.id}`;
  };
  return html`<ul class="lines">${mails.map(
    (one) =>
      html`<li><a href="${link(one)}">${one.subject?.trim() || 'without a subject'}</a> <span class="dim">${becameSays(
        one.outcome,
        kindOfHeld(one.outcome, one.code)?.name ?? null,
        one.case,
      )}, ${when(one.arrivedAt, viewer)}</span></li>`,
  )}</ul>${more ? html`<p><a href="/mails?q=${encodeURIComponent(`from:${from}`)}">All mails of ${from}</a></p>` : ''}`;
}
