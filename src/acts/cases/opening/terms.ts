/** What becomes a case, by POLICY §2 and §4: the same whether it was written or called in. */
import { firstKind } from '../../../cases/case.ts';
import { type ResponseDue, rate, responseDue, toRate } from '../../../cases/rating.ts';
import { type FirstSeverity, firstSeverity } from '../../../cases/severity.ts';
import type { NewCase } from '../../../changes/case.ts';
import { type Entitlement, judgeEntitlement, serves } from '../../../registry/entitlement.ts';
import { mayOpenCases } from '../../../registry/permissions.ts';
import { recogniseProduct } from '../../../registry/product.ts';
import { answerTo } from '../../../registry/recognise.ts';
import type { Contact, ProductVersion, SiteFacts } from '../../../registry/site.ts';
import { withRole } from '../../../staff/staff.ts';
import type { ActDesk, ActPolicy } from '../../act.ts';

type ToOpen = {
  readonly site: SiteFacts;
  /** Null for somebody who takes part in a case without being on record. */
  readonly contact: Contact | null;
  readonly address: string;
  readonly title: string;
  readonly report: Readonly<Partial<Record<string, string>>>;
  /** Names of products and their versions, as the registry has them. */
  readonly products: readonly string[];
  readonly versions: readonly ProductVersion[];
  readonly arrivedAt: string;
  /** The moment by which the contract counts. */
  readonly judgedAt: string;
  /** Where the report names none: that of the case before. */
  readonly before?: { readonly product: string | null; readonly severity: number | null };
  /** Kind licensing, whatever the contract (§3.r13a). */
  readonly licensing?: boolean;
};

export type Terms =
  | {
      readonly kind: 'opened';
      readonly contract: Entitlement;
      readonly opens: NewCase;
      readonly response: ResponseDue;
      readonly lowered: FirstSeverity['lowered'];
      /** No severity was named, and it could have been another. */
      readonly assumed: boolean;
      readonly version: ProductVersion | null;
    }
  | { readonly kind: 'lapsed'; readonly contract: Entitlement; readonly endedOn: string | null };

type Given = { readonly policy: ActPolicy; readonly desk: Pick<ActDesk, 'people'> };

export function termsOf(asked: ToOpen, { policy, desk }: Given): Terms {
  const { site, contact, report, arrivedAt } = asked;
  const names = [...new Set([...site.licences.map((licence) => licence.product), ...asked.products])];
  const said = recogniseProduct(report, names, asked.versions);
  const named = said.product ?? report.product ?? asked.before?.product ?? null;
  const contract = judgeEntitlement(
    { site: site.site, plans: site.plans, licences: site.licences },
    asked.judgedAt,
    named,
    policy,
  );
  const preview = said.version?.preview ?? false;
  const wanted = asked.before?.severity ? `${asked.before.severity}` : report.severity;
  const provisionalCaller = contact?.role === 'provisional caller';
  const first = firstSeverity(wanted, contract, { preview, provisionalCaller });
  const served = contract.kind !== 'lapsed' && serves(contract, first.severity);
  // Answered all the same, and nothing is hurried for it.
  const severity = served || !asked.licensing ? first.severity : 4;
  if (!served && !asked.licensing) {
    const ended = contract.kind === 'lapsed' || contract.kind === 'grace';
    return { kind: 'lapsed', contract, endedOn: ended ? contract.endedOn : null };
  }
  const licensingOnly = asked.licensing === true || (contact !== null && mayOpenCases(contact.role) === 'licensing');
  const kind = firstKind({ licensingOnly, preview });
  const rated = { ...toRate(site.site, contract, severity, preview), licensing: kind === 'licensing' };
  const response = responseDue({ ...rated, arrivedAt, policy, publicHolidays: policy.publicHolidays });
  const opens: NewCase = {
    site: site.site.id,
    title: asked.title,
    severity,
    kind,
    openedAt: arrivedAt,
    contact: contact?.id ?? null,
    contactAddress: contact ? answerTo(contact, asked.address) : asked.address,
    language: site.site.language,
    product: contract.product ?? (contract.productUnknown ? null : said.product),
    version: said.version?.version ?? report.version ?? null,
    provisional: contract.kind === 'grace',
    underCovered: contract.kind === 'under-covered',
    due: response.due,
    // Whoever works on it hears of it at once; without any nobody is told before it is breached.
    timerAt: withRole(desk.people, 'engineer', 'licensing').length > 0 ? arrivedAt : response.due,
    rating: rate(rated, policy),
    report: report as Readonly<Record<string, string>>,
  };
  const { lowered, asked: severityAsked } = first;
  const assumed = severityAsked === null && !preview;
  return { kind: 'opened', contract, opens, response, lowered, assumed, version: said.version };
}
