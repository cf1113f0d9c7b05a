/** What becomes a case, by POLICY §2 and §4: the same whether the mail is new, an answer to our question, or a late reply. */

import { firstKind } from '../../cases/case.ts';
import { rate, responseDue, toRate } from '../../cases/rating.ts';
import { firstSeverity, severityOfField } from '../../cases/severity.ts';
import type { NewCase } from '../../changes/case.ts';
import type { Change } from '../../changes/change.ts';
import { titleWithoutNumber } from '../../mail/subject/case-number.ts';
import { type Entitlement, judgeEntitlement, serves } from '../../registry/entitlement.ts';
import { mayOpenCases } from '../../registry/permissions.ts';
import { recogniseProduct } from '../../registry/product.ts';
import { answerTo } from '../../registry/recognise.ts';
import { withRole } from '../../staff/staff.ts';
import { type Context, judgedAt } from '../context.ts';
import { openingLetters } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { opening as changesOf } from './case-changes.ts';
import type { Opening } from './opening.ts';

type Attempt =
  | {
      readonly kind: 'opened';
      readonly contract: Entitlement;
      readonly opens: NewCase;
      readonly changes: readonly Change[];
      readonly letters: readonly PlannedLetter[];
    }
  | { readonly kind: 'lapsed'; readonly contract: Entitlement; readonly endedOn: string | null };

function titleFor({ mail, follows, linked }: Opening): string {
  if (linked) return titleWithoutNumber(mail.facts);
  return follows && mail.facts.title === '' ? follows.title : mail.facts.title;
}

export function openCase(context: Context, opening: Opening): Attempt {
  const { policy, facts } = context;
  const { site, contact, mail } = opening;
  const { report } = mail.facts;
  const names = [...new Set([...site.licences.map((licence) => licence.product), ...facts.products])];
  const said = recogniseProduct(report, names, facts.versions);
  const named = said.product ?? report.product ?? opening.follows?.product ?? opening.linked?.product ?? null;
  const contract = judgeEntitlement(
    { site: site.site, plans: site.plans, licences: site.licences },
    judgedAt(context),
    named,
    policy,
  );
  const preview = said.version?.preview ?? false;
  // A late reply that names no severity goes on with that of the case it follows, within what is allowed today.
  const wanted =
    opening.follows && severityOfField(report.severity) === null ? `${opening.follows.severity}` : report.severity;
  const first = firstSeverity(wanted, contract, {
    preview,
    provisionalCaller: contact?.role === 'provisional caller',
  });
  const served = contract.kind !== 'lapsed' && serves(contract, first.severity);
  // Answered all the same, and nothing is hurried for it.
  const severity = served || !opening.licensing ? first.severity : 4;

  if (!served && !opening.licensing) {
    return {
      kind: 'lapsed',
      contract,
      endedOn: contract.kind === 'lapsed' || contract.kind === 'grace' ? contract.endedOn : null,
    };
  }
  const rated = toRate(site.site, contract, severity, preview);
  const response = responseDue({ ...rated, arrivedAt: mail.arrivedAt, policy, publicHolidays: policy.publicHolidays });
  const opens: NewCase = {
    site: site.site.id,
    title: titleFor(opening),
    severity,
    kind: firstKind({
      licensingOnly: opening.licensing === true || (contact !== null && mayOpenCases(contact.role) === 'licensing'),
      preview,
    }),
    openedAt: mail.arrivedAt,
    contact: contact?.id ?? null,
    contactAddress: contact ? answerTo(contact, opening.address) : opening.address,
    language: site.site.language,
    product: contract.product ?? (contract.productUnknown ? null : said.product),
    version: said.version?.version ?? report.version ?? null,
    provisional: contract.kind === 'grace',
    underCovered: contract.kind === 'under-covered',
    due: response.due,
    // Engineers hear of it at once; without any nobody is told before it is breached.
    timerAt: withRole(policy.desk.people, 'engineer').length > 0 ? mail.arrivedAt : response.due,
    rating: rate(rated, policy),
    report: report as Readonly<Record<string, string>>,
  };
  return {
    kind: 'opened',
    contract,
    opens,
    changes: changesOf(context, opening, opens),
    letters: openingLetters(context, {
      opening,
      opens,
      contract,
      response,
      lowered: first.lowered,
      assumed: first.asked === null && !preview,
      version: said.version,
    }),
  };
}
