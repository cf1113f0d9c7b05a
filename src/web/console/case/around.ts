/** Beside the conversation: people, contract then and now, why it is a case, what it belongs with, the other cases of its site. */
import { html } from 'hono/html';
import type { NearCase, OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import type { Html } from '../../html.ts';
import { card, details, pill, row, rows, when, whyList } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { contractSays, contractTone, linkSays, severityTone } from './words.ts';

type Named = { readonly name: (address: string) => string };

const person = (address: string, name: string | null): Html =>
  html`<bdi>${address}</bdi>${name ? html` <span class="dim"><bdi>${name}</bdi></span>` : ''}`;

export function peopleShown({ on, answersTo }: OpenedCase, { name }: Named): Html {
  const strangers = on.participants.filter(({ contact, address }) => contact === null && address !== on.contactAddress);
  const others = answersTo.slice(1);
  const { contact, owner } = on;
  return card(
    html`${whyList([
      [
        'Asked for it',
        html`${person(on.contactAddress, contact?.name ?? null)}${contact?.phone ? html`<br><small>${contact.phone}</small>` : ''}`,
      ],
      [
        'Take part',
        others.length === 0
          ? 'nobody else'
          : html`<ul>${others.map((one) => html`<li>${person(one.address, one.name)}</li>`)}</ul>`,
      ],
      ...(strangers.length > 0
        ? [
            [
              'Not on record',
              html`<ul>${strangers.map(({ address }) => html`<li><bdi>${address}</bdi></li>`)}</ul><small class="dim">They get no letters.</small>`,
            ] as const,
          ]
        : []),
      ['Whose', owner === null ? 'nobody’s yet' : html`${name(owner)}`],
      ...(on.escalation
        ? [
            [
              'Escalated',
              html`to ${on.escalation.level === 2 ? 'the director' : 'a manager'}${on.escalation.to ? `: ${name(on.escalation.to)}` : ''}`,
            ] as const,
          ]
        : []),
    ])}`,
    'People',
  );
}

export function contractShown({ contract, on, around }: OpenedCase): Html {
  const { opened, today } = contract;
  const flags = [
    ...(on.provisional ? ['opened provisionally, in grace'] : []),
    ...(around.underCovered ? ['flagged as under-covered'] : []),
    ...(on.lapsed ? ['support has ended since'] : []),
  ];
  return card(
    whyList([
      ['When opened', pillOf(opened)],
      ['Today', today === null ? 'the same' : pillOf(today)],
      ...(flags.length > 0 ? [['The case', flags.join(', ')] as const] : []),
      ...(around.why?.contract
        ? [['As decided', html`${around.why.contract}, by the registry of that moment`] as const]
        : []),
    ]),
    'Contract then and now',
  );
}
const pillOf = (contract: OpenedCase['contract']['opened']): Html =>
  html`<span class="${contractTone(contract) ?? ''}">${contractSays(contract)}</span>`;

export function reportShown({ on, around }: OpenedCase): Html | string {
  const { product, version, reference, priority, planned, resolvedIn, declined, kind } = on;
  const known: (readonly [string, string])[] = [
    ['Kind', `${kind}${reference ? ` ${reference}` : ''}${declined ? ', declined' : ''}`],
    ...(product ? [['Product', `${product}${version ? ` ${version}` : ''}`] as const] : []),
    ...(priority ? [['Priority', priority] as const] : []),
    ...(planned ? [['Planned for', planned] as const] : []),
    ...(resolvedIn ? [['Resolved by', resolvedIn] as const] : []),
    ...(around.score === null ? [] : [['The customer found it', `${around.score} of 5`] as const]),
  ];
  const told = Object.entries(around.report).filter(([name]) => !['product', 'version'].includes(name));
  return card(
    html`${whyList(known)}${
      told.length === 0
        ? ''
        : html`<div class="inner">${details('What the report says', whyList(told.map(([name, says]) => [name, html`<bdi>${says}</bdi>`] as const)))}</div>`
    }`,
    'What it is about',
  );
}

export const whyShown = ({ around: { why } }: OpenedCase): Html =>
  html`<section class="card reason"><details><summary data-key="y">${why === null ? 'Opened for a caller' : 'Why this is a case'} <kbd>y</kbd></summary><div class="inner">${
    why === null
      ? html`<p>No mail opened it: one of our people did, for whoever called, or it was split off another case.</p>`
      : html`<p>${why.reason}</p><p class="hint">Rule <code>${why.rule}</code>. <a href="/mails/${why.mail}">Mail ${why.mail}, with every rule in order and what it lacked</a></p>`
  }</div></details></section>`;

const nearRow = (one: NearCase, viewer: Viewer, { name }: Named, says?: string): Html =>
  row({
    href: `/cases/${one.number}`,
    says: html`${one.number} <span class="dim"><bdi>${one.title || '(no subject)'}</bdi></span>`,
    about: html`${says ? `${says} · ` : ''}${one.status === 'closed' ? 'closed' : one.owner === null ? 'nobody’s' : name(one.owner)}`,
    side: html`${pill(`severity ${one.severity}`, one.status === 'open' ? severityTone(one.severity) : undefined)}<br> opened ${when(one.openedAt, viewer)}`,
  });

export function nearShown({ around, on }: OpenedCase, viewer: Viewer, named: Named): Html {
  const { links, others } = around;
  const { site } = on.of;
  return html`${
    links.length === 0
      ? ''
      : html`<section><h2>Belongs with</h2>${rows(
          links.map(({ kind, ...one }) => nearRow(one, viewer, named, linkSays[kind])),
          'Cases that it belongs with',
        )}</section>`
  }<section><h2>Other cases of <a href="/customers/${site.number}">${site.name}</a></h2>${
    others.length === 0
      ? html`<p class="hint">There is none.</p>`
      : rows(
          others.map((one) => nearRow(one, viewer, named)),
          'Other cases of the site',
        )
  }</section>`;
}
