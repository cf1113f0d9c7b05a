/** Why a mail was decided so: the rule that applied, what the decision rests on, and what the mail lacks for the rules before it. */
import { html } from 'hono/html';
import type { MailWhy } from '../../../flows/mail/mail-why.ts';
import type { DecisionShown, MailRow } from '../../../flows/mail/show-mail.ts';
import { contractAsItStood } from '../../../intake/explain.ts';
import type { Entitlement } from '../../../registry/entitlement.ts';
import type { Html } from '../../html.ts';
import { maskWithin } from '../../mask.ts';
import { details, type Shown, when, whyList } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { standing } from './words.ts';

type Term = readonly [term: string, says: Shown];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function contractSays(value: unknown): string | null {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null;
  try {
    return contractAsItStood(value as Entitlement);
  } catch {
    // What an older version wrote down may lack what is said today.
    return null;
  }
}

/** What it rests on, of the last decision. */
function evidenceTerms({ evidence }: DecisionShown, mail: Pick<MailRow, 'contact' | 'site' | 'siteName'>): Term[] {
  const { contact } = mail;
  const site = text(evidence.site);
  const name = site !== null && site === mail.site ? ` ${mail.siteName ?? ''}` : '';
  const thread = evidence.thread as { case?: unknown; by?: unknown } | null | undefined;
  const found: readonly (readonly [string, Shown | null])[] = [
    [
      'Shown to be the sender’s',
      text(evidence.gradeReason) && `${text(evidence.grade) ?? ''}: ${text(evidence.gradeReason)}`,
    ],
    ['Written to', text(evidence.recipient)],
    ['PIN', text(evidence.pin)],
    ['Site', site && html`<a href="/customers/${encodeURIComponent(site)}">${site}</a>${name}`],
    [
      'Contact',
      contact
        ? html`<bdi>${contact.address ?? ''}</bdi> <span class="dim"><bdi>${contact.name}</bdi>${text(evidence.role) ? `, ${text(evidence.role)}` : ''}</span>`
        : 'not on record',
    ],
    ['Contract', contractSays(evidence.contract)],
    ['Thread', thread ? `case ${String(thread.case)}, by ${String(thread.by).replaceAll('-', ' ')}` : null],
    ['Message-ID', evidence.messageIdUsedBefore === true ? 'used before by another mail with other content' : null],
    ['Note', text(evidence.note) === 'none' ? null : text(evidence.note)],
  ];
  return found.flatMap(([term, says]) => (says === null ? [] : [[term, says] as const]));
}

/** `r17` is how the policy numbers it. */
const ruleNamed = (row: string): string => row.replace(/^r(?=\d)/, 'rule ');

const passedOver = ({ passed }: MailWhy): Html =>
  whyList(
    passed.map(({ rows, about, lacks }) => [
      `Not ${rows.map(ruleNamed).join(', ')}`,
      html`${lacks} <small class="dim">${about.length > 4 ? `${about.slice(0, 2).join('; ')}; and ${about.length - 2} other rules` : about.join('; ')}</small>`,
    ]),
  );

/** `why` is null where nobody can say it any more. */
export function whyShown(why: MailWhy | null, mail: MailRow, viewer: Viewer): Html {
  const last = mail.decisions.at(-1);
  if (!last)
    return html`<p>${
      mail.state === 'dead'
        ? `It was given up after ${mail.tries} tries: ${mail.lastFailure ?? 'nobody knows why'}.`
        : 'It is not decided yet.'
    }</p>`;
  const told = why && maskWithin(why);
  const changed =
    told && told.decision.outcome !== told.recorded
      ? html`<p class="hint">By the rules, the policy and the registry of today it would be: ${standing({ state: 'decided', outcome: told.decision.outcome }).says}. What is listed is about that.</p>`
      : '';
  const earlier = mail.decisions.slice(0, -1).toReversed();
  return html`<p class="reason">${last.reason}</p>
${whyList([
  ...(told
    ? [
        [
          'Rule',
          html`<b>${told.applied.about}</b> <span class="dim">${ruleNamed(told.applied.row)} of the policy</span>`,
        ] as const,
      ]
    : [['Rule', last.rule] as const]),
  ['Decided', when(last.at, viewer)],
  ...evidenceTerms(last, mail),
])}
${
  told
    ? html`<details class="passed"><summary data-key="y">Why no rule before it applied <kbd>y</kbd></summary><div class="inner">${changed}${passedOver(told)}</div></details>`
    : html`<p class="hint">Which rules did not apply cannot be said any more: what it was decided on is kept no longer.</p>`
}
${
  earlier.length === 0
    ? ''
    : details(
        `Decided ${earlier.length === 1 ? 'once' : `${earlier.length} times`} before`,
        whyList(
          earlier.map((one) => [
            one.rule,
            html`${standing({ state: 'decided', outcome: one.outcome }).says}: ${one.reason} <small class="dim">${when(one.at, viewer)}</small>`,
          ]),
        ),
      )
}`;
}
