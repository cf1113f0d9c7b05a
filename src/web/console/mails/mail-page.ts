/** `/mails/:id`: one mail, what it says, what was decided and why, and what went out for it. */
import { html } from 'hono/html';
import { shownActor } from '../../../audit/audit-words.ts';
import { isHeld } from '../../../changes/outcome.ts';
import type { MailWhy } from '../../../flows/mail/mail-why.ts';
import type { Relation, ShownMail, Timings } from '../../../flows/mail/show-mail.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import type { Html } from '../../html.ts';
import { maskWithin } from '../../mask.ts';
import { offer, offers } from '../acts/offer.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { alert, card, pill, row, rows, when, whyList } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';
import { bodyShown } from './body.ts';
import type { MailsDeps } from './deps.ts';
import { senderShown, warningsShown } from './sender.ts';
import { whyShown } from './why.ts';
import { doors, spanSays, standing } from './words.ts';

const relations: Readonly<Record<Relation, string>> = {
  answers: 'this answers it',
  'settled-by': 'settled by it',
  copy: 'a copy',
  case: 'same case',
  sender: 'same sender',
};

export const noSuchMail = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, {
    status: 404,
    says: 'There is no such mail.',
    toDo: 'Look for it by its sender, subject or Message-ID under Mails.',
  });

/** From arrival to acknowledgement, in one line. */
const timingsShown = ({ stored, decided, answered }: Timings): Html =>
  html`<p class="hint timings">Stored ${spanSays(stored)} after it arrived${decided === null ? '' : `, first decided after ${spanSays(decided)}`}${
    answered === null ? '' : `, answered after ${spanSays(answered)}`
  }.</p>`;

function headShown(c: ConsoleContext, { mail, read }: ShownMail): Html {
  const viewer = c.get('viewer');
  const to = read ? read.facts.to.map(({ address }) => address) : mail.to;
  const cc = read?.facts.cc.map(({ address }) => address) ?? [];
  const from = read
    ? senderShown(read.facts.from, read.facts.grade)
    : html`<b><bdi>${mail.from || 'no sender'}</bdi></b>`;
  return html`<div class="pad">${whyList([
    ['From', from],
    ['To', html`<bdi>${to.length > 0 ? to.join(', ') : mail.rcptTo.join(', ') || 'nobody who is named'}</bdi>`],
    ...(cc.length > 0 ? [['Copies', html`<bdi>${cc.join(', ')}</bdi>`] as const] : []),
    ['Arrived', when(mail.arrivedAt, viewer)],
    ...(read ? [['Shown to be the sender’s', `${read.facts.grade}: ${read.facts.gradeReason}`] as const] : []),
  ])}${read ? warningsShown(read.facts.from, read.warnings) : ''}</div>`;
}

function lettersShown(c: ConsoleContext, { mail }: ShownMail): Html {
  if (mail.letters.length === 0) return card(html`<p>None went out for it.</p>`, 'Letters');
  return html`<section><h2>Letters</h2>${rows(
    mail.letters.map(({ id, template, to, subject, state, stateReason, sentAt, createdAt }) =>
      row({
        href: `/letters/${id}`,
        says: html`<bdi>${to}</bdi>`,
        about: html`<bdi>${subject}</bdi><br><small>${letterName(template)}${stateReason ? html` · ${stateReason}` : ''}</small>`,
        side: html`${when(sentAt ?? createdAt, c.get('viewer'))}<br>${
          state === 'sent' ? 'sent' : pill(state, state === 'failed' || state === 'bounced' ? 'bad' : 'warn')
        }`,
      }),
    ),
    'Letters that went out for this mail',
  )}</section>`;
}

const wayShown = (c: ConsoleContext, { mail, timings }: ShownMail): Html =>
  card(
    html`${whyList([
      ...mail.arrivals.map(
        ({ at, door, name, first }) =>
          [
            first ? 'Came' : 'Again',
            html`${doors[door] ?? door}${name === door ? '' : ` (${name})`}, ${when(at, c.get('viewer'))}`,
          ] as const,
      ),
      ['Message-ID', html`<code>${mail.messageId ?? 'none'}</code>`],
      ...(mail.mustWait
        ? [['Old mail', 'of a mailbox that was just met: its letters wait for a person'] as const]
        : []),
      ...(mail.admittedBy ? [['Let in', `by ${shownActor(mail.admittedBy).says}`] as const] : []),
      ...(mail.duplicateOf
        ? [['Copy of', html`<a href="/mails/${mail.duplicateOf}">mail ${mail.duplicateOf}</a>`] as const]
        : []),
    ])}${timingsShown(timings)}<p><a href="/mails/${mail.id}/source" data-key="s">Parts and source <kbd>s</kbd></a></p>`,
    'How it came',
  );

function relatedRow(c: ConsoleContext, from: string | null, one: ShownMail['related'][number]): Html {
  const { says, tone } = standing(one);
  return row({
    href: `/mails/${one.id}`,
    says: html`<bdi>${one.subject || '(no subject)'}</bdi>`,
    about: html`${one.from === from ? '' : html`<bdi>${one.from ?? 'no sender'}</bdi> · `}${relations[one.relation]}${one.case ? ` · case ${one.case}` : ''}`,
    side: html`${when(one.arrivedAt, c.get('viewer'))}<br> ${tone ? pill(says, tone) : says}`,
  });
}

const relatedShown = (c: ConsoleContext, { mail, related }: ShownMail): Html | string =>
  related.length === 0
    ? ''
    : html`<section><h2>Mails around it</h2>${rows(
        related.map((one) => relatedRow(c, mail.from, one)),
        'Mails of the same thread, case and sender',
      )}</section>`;

async function actions(c: ConsoleContext, deps: MailsDeps, { mail }: ShownMail): Promise<Html> {
  const { id, state, kept } = mail;
  const again =
    state !== 'new' && kept && mail.case === null
      ? await offer(c, deps, { act: 'replay-mail', input: { mail: id }, says: 'Decide again', key: 'd' })
      : html`<p class="hint">${
          mail.case !== null
            ? `It is on case ${mail.case}, so it is not decided again.`
            : kept
              ? 'It is being decided.'
              : 'Its bytes are kept no longer, so it cannot be decided again.'
        }</p>`;
  const whatIf =
    mail.decisions.length > 0 && mail.facts !== null
      ? html`<p><a class="btn" href="/mails/${id}/what-if" data-key="w">What if … <kbd>w</kbd></a> <span class="hint">The same mail with another PIN, contract, sender or policy. Nothing is written.</span></p>`
      : html``;
  return offers([again, whatIf]);
}

/** What cannot be said of one mail keeps nobody from reading it. */
const whyOf = ({ mails, log }: MailsDeps, id: string): Promise<MailWhy | null> =>
  mails.why(id).catch((error: unknown) => {
    log.warn({ mail: id, error: String(error) }, 'why a mail was decided so could not be said');
    return null;
  });

export async function mailPage(c: ConsoleContext, deps: MailsDeps): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const [found, why] = await Promise.all([deps.mails.show(id), whyOf(deps, id)]);
  if (found === null) return noSuchMail(c);
  const shown = maskWithin(found);
  const { mail, read } = shown;
  const { says, tone } = standing(mail);
  const held = isHeld(mail.outcome);
  return consolePage(c, {
    title: mail.subject || '(no subject)',
    heading: html`<bdi>${mail.subject || '(no subject)'}</bdi>`,
    place: '/mails',
    assets: ['mails.css'],
    up: { href: '/mails', says: 'Mails' },
    keys: [
      ['y', 'Why no rule before it applied'],
      ['h', 'Show it as HTML'],
      ['s', 'Parts and source'],
      ['w', 'What if'],
      ['d', 'Decide again'],
      ...(held ? [['o', 'Let it in, answer or refuse it'] as const] : []),
    ],
    body: html`${
      held
        ? alert(
            'It is held and waits for a person.',
            mail.reason ?? '',
            html`<a class="btn" href="/held?row=${mail.id}" data-key="o">Let it in, answer, refuse <kbd>o</kbd></a>`,
            'warn',
          )
        : ''
    }<div class="two"><div><section class="card">${headShown(c, shown)}${bodyShown(mail.id, read, mail)}</section>${relatedShown(c, shown)}</div>
<div>${card(
      html`<p>${pill(says, tone)}${mail.case ? html` <a href="/cases/${mail.case}">case ${mail.case}</a>` : ''}${
        mail.settledBy ? html` · settled by <a href="/mails/${mail.settledBy}">mail ${mail.settledBy}</a>` : ''
      }</p>${whyShown(why, mail, c.get('viewer'))}`,
      'What became of it, and why',
    )}${await actions(c, deps, shown)}${lettersShown(c, shown)}${wayShown(c, shown)}</div></div>`,
  });
}
