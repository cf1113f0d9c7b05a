/** Until our first response a reply of the customer sets the severity of its case (POLICY §4.2); after that it is text. */

import { rate, responseDue, toRate } from '../../cases/rating.ts';
import { foldClock } from '../../cases/response-clock.ts';
import { firstSeverity } from '../../cases/severity.ts';
import type { Rerating } from '../../changes/clock.ts';
import { severityInReply } from '../../mail/report/report-fields.ts';
import { type Entitlement, serves } from '../../registry/entitlement.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { Context } from '../context.ts';
import type { CaseFacts, SiteFacts } from '../facts.ts';
import { planned, staffNotice } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

type Given = {
  readonly site: SiteFacts;
  /** Null for somebody who takes part without being on record: their words stay text. */
  readonly contact: Contact | null;
  readonly on: CaseFacts;
  readonly contract: Entitlement;
  /** What its clock has been through, this mail included. */
  readonly clock: CaseFacts['clock'];
};

type BySeverity = { readonly change: Rerating | null; readonly letters: readonly PlannedLetter[] };
const nothing: BySeverity = { change: null, letters: [] };

export function severityByReply(context: Context, given: Given): BySeverity {
  const { mail, policy, sender } = context;
  const { site, contact, on, contract, clock: events } = given;
  if (!contact || sender === null || on.answered || mail.facts.nothingOwn || contract.kind === 'lapsed') return nothing;
  const asked = severityInReply(mail.facts.newText);
  if (asked === null) return nothing;
  const first = firstSeverity(asked, contract, {
    preview: on.kind === 'preview',
    provisionalCaller: contact.role === 'provisional caller',
  });
  // Within grace only what is urgent is served (§2.3 to §2.5): such a case keeps what it was opened with.
  const served = serves(contract, first.severity);
  const to = served ? first.severity : on.severity;
  const kept = served ? first.lowered : ('grace' as const);
  if (to === on.severity && kept === null) return nothing;

  const { timezone, country } = site.site;
  const by = {
    ...toRate(site.site, contract, to, on.kind === 'preview'),
    licensing: on.kind === 'licensing',
  };
  const rating = rate(by, policy);
  const at = mail.arrivedAt;
  const clock = foldClock(events, policy.publicHolidays);
  const fresh = responseDue({ ...by, arrivedAt: at, policy, publicHolidays: policy.publicHolidays });
  const rated = clock && foldClock([...events, { type: 're-rated', at, rating }], policy.publicHolidays);
  const change =
    to === on.severity
      ? null
      : { from: on.severity, to, rating, before: clock?.due ?? null, due: rated ? rated.due : fresh.due };
  const { desk } = policy;
  const letter = planned(
    context,
    {
      template: 'severity-set',
      values: {
        number: on.number,
        title: on.title,
        severity: to,
        from: on.severity,
        byUs: false,
        kept,
        preview: on.kind === 'preview',
        due: change?.due ?? null,
        before: change?.before ?? null,
        owed: typeof change?.due === 'string' && Date.parse(change.due) <= Date.parse(at),
        timezone,
        phone: to === 1 ? (desk.phones[country] ?? desk.phones.default ?? null) : null,
      },
    },
    {
      to: answerTo(contact, sender),
      audience: 'contact',
      language: site.site.language,
      matter: `severity:${on.number}:${to}`,
      case: on.number,
    },
  );
  if (change?.to !== 1) return { change, letters: [letter] };
  const alert = staffNotice(
    context,
    {
      kind: 'severity-1-opened',
      site: site.site.number,
      siteName: site.site.name,
      contact: contact.name,
      title: on.title,
      case: on.number,
      due: change.due ?? at,
      timezone,
    },
    `severity-1:${mail.id}`,
    { contact },
  );
  return { change, letters: [letter, ...alert] };
}
