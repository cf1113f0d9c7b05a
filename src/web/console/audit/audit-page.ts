/** Who did what, when, and by which way. */
import { html } from 'hono/html';
import { actionWords, plainWords, subjectWords } from '../../../audit/audit-words.ts';
import type { AuditLineShown, AuditPage, MailNamed } from '../../../flows/audit/audit-trail.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { empty, fault, field, filters, when } from '../frame/parts.ts';
import { timesSaid } from '../frame/times.ts';
import type { Viewer } from '../viewer.ts';
import { type AskedAudit, auditAddress } from './asked.ts';

export type AuditShown = AuditPage & {
  readonly viewer: Viewer;
  readonly asked: AskedAudit;
  readonly faults: readonly string[];
  readonly actions: readonly string[];
  /** Of the mails on this page, by their numbers. */
  readonly mails: ReadonlyMap<string, MailNamed>;
};

/** Where the subject of a row is shown; null where it has no page of its own. */
const pages: Readonly<Record<string, (id: string) => string>> = {
  mail: (id) => `/mails/${id}`,
  letter: (id) => `/letters/${id}`,
  case: (id) => `/cases/${id}`,
  site: (id) => `/customers/${id}`,
};
export const pageOfSubject = (kind: string, id: string): string | null =>
  Object.hasOwn(pages, kind) && /^\d+$/.test(id) ? (pages[kind]?.(id) ?? null) : null;

function actorShown({ by }: AuditLineShown): Html {
  const link =
    by.mail !== null
      ? html`<a href="/mails/${by.mail}">mail ${by.mail}</a>`
      : by.letter !== null
        ? html`<a href="/letters/${by.letter}">letter ${by.letter}</a>`
        : null;
  if (by.mail !== null && by.staff !== null) return html`${by.staff} by ${link}`;
  if (link !== null) return by.way === 'page' ? html`the page of ${link}` : html`${link}`;
  return html`${by.says}`;
}

/** Nobody knows a mail by its number. */
function mailShown({ subjectKind, subjectId }: AuditLineShown, { mails }: AuditShown): Html | string {
  const mail = subjectKind === 'mail' ? mails.get(subjectId) : undefined;
  if (mail === undefined) return '';
  return html` <span class="dim"><bdi>${mail.from ?? 'no sender'}</bdi>${mail.subject ? html`: <bdi>${maskPins(mail.subject)}</bdi>` : ''}</span>`;
}

function line(one: AuditLineShown, shown: AuditShown): Html {
  const { viewer, asked } = shown;
  const href = pageOfSubject(one.subjectKind, one.subjectId);
  const subject = subjectWords(one.subjectKind, one.subjectId);
  const only = auditAddress('/audit', { ...asked, subject: `${one.subjectKind}:${one.subjectId}`, before: undefined });
  const detail = one.detail.map(([name, value]) => html`<span><i>${name}</i> ${timesSaid(plainWords(value), viewer.zone)}</span>`);
  return html`<li class="row audit" data-row><div class="cell"><span class="a">${actionWords(one.action)}: ${
    href === null ? subject : html`<a href="${href}" data-main>${subject}</a>`
  }${mailShown(one, shown)}</span><div class="b wraps">${actorShown(one)}${detail.length > 0 ? html` <span class="pairs">${detail}</span>` : ''}</div></div><div class="side">${when(one.at, viewer)}<a class="quiet only" href="${only}">only this</a></div></li>`;
}

const filtersOf = ({ asked, actions }: AuditShown): Html =>
  html`${filters(html`
${field({ name: 'actor', label: 'Who', value: asked.actor ?? '', type: 'search' })}
${field({ name: 'subject', label: 'About', value: asked.subject ?? '', type: 'search' })}
<label class="field"><span>What</span><input type="search" name="action" value="${asked.action ?? ''}" list="actions" autocomplete="off"></label>
<datalist id="actions">${actions.map((one) => html`<option value="${actionWords(one)}"></option>`)}</datalist>
${field({ name: 'from', label: 'From', value: asked.from ?? '', type: 'date' })}
${field({ name: 'to', label: 'To, and with', value: asked.to ?? '', type: 'date' })}`)}
<p class="hint">Who: an address of ours, by whatever way they took, or <i>mail 12</i>, <i>api</i>, <i>command</i>. About: <i>case 100417</i>, <i>letter 12</i>, <i>staff</i>.</p>`;

const isAsked = ({ before: _, ...asked }: AskedAudit): boolean => Object.values(asked).some(Boolean);

export function auditBody(shown: AuditShown): Html {
  const { asked, items, next, lookedTo, viewer, faults } = shown;
  const older = next === null ? null : auditAddress('/audit', { ...asked, before: next });
  const newest = asked.before
    ? html`<a class="btn" href="${auditAddress('/audit', { ...asked, before: undefined })}">Newest</a>`
    : '';
  const list =
    items.length > 0
      ? html`<ul class="rows" aria-label="Audit">${items.map((one) => line(one, shown))}</ul>`
      : lookedTo === null
        ? empty(
            isAsked(asked) ? 'Nothing of this kind was done. Take a filter away to see more.' : 'Nothing was done yet.',
          )
        : '';
  return html`${faults.map((says) => fault(says, 'This filter was left out.'))}
${filtersOf(shown)}
${list}
${
  lookedTo === null
    ? ''
    : html`<p class="looked">Looked at every line back to ${when(lookedTo, viewer)}.${older ? html` <a href="${older}" rel="next">Look further back</a>` : ''}</p>`
}
${newest || (older && lookedTo === null) ? html`<nav class="pager" aria-label="Pages">${newest}${older && lookedTo === null ? html`<a class="btn" href="${older}" rel="next">Older</a>` : ''}</nav>` : ''}`;
}
