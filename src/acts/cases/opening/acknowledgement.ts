import { numberToCome } from '../../../changes/cases/to-come.ts';
import type { CaseNumber } from '../../../foundation/ids.ts';
import type { ReportField } from '../../../mail/parsed-mail.ts';
import { type Acknowledgement, casePageToCome } from '../../../outbound/letter.ts';
import { sameProduct } from '../../../registry/product.ts';
import type { Site } from '../../../registry/site.ts';
import type { Terms } from './terms.ts';

/** Of the page that shows how a case stands. */
export const casePageLink = (publicUrl: string): string => `${publicUrl}/case/${casePageToCome}`;

export type OpenedTerms = Omit<Extract<Terms, { kind: 'opened' }>, 'kind'>;

/** POLICY §3 "A good report": what is asked for of every case, and by product. */
export type AskedOfReport = {
  readonly askFor: readonly ReportField[];
  readonly askForByProduct: Readonly<Record<string, readonly ReportField[]>>;
};

/** Each once. A product that is not on record counts as it was written. */
function askedOf({ askFor, askForByProduct }: AskedOfReport, { product, report }: OpenedTerms['opens']): ReportField[] {
  const named = product ?? report.product ?? '';
  const more = Object.entries(askForByProduct).flatMap(([name, fields]) => (sameProduct(name, named) ? fields : []));
  return [...new Set([...askFor, ...more])];
}

/** POLICY §3.r14: what the letter says of a case to come. */
export function acknowledgementOf(
  { opens, contract, response, assumed, lowered, version }: OpenedTerms,
  given: {
    readonly site: Pick<Site, 'timezone' | 'country'>;
    readonly follows: CaseNumber | null;
    readonly linked: CaseNumber | null;
    /** What a fault would be described by says nothing of licences. */
    readonly asksNothing: boolean;
    readonly desk: { readonly phones: Readonly<Record<string, string>>; readonly publicUrl: string };
    readonly asked: AskedOfReport;
  },
): Acknowledgement {
  const { report } = opens;
  const { site, follows } = given;
  const { phones, publicUrl } = given.desk;
  // A version may stand in the product's line.
  const lacks = (field: ReportField) => !report[field]?.trim() && !(field === 'version' && opens.version);
  return {
    number: numberToCome,
    follows,
    linked: given.linked,
    title: opens.title,
    severity: opens.severity,
    target: response.target,
    hours: response.hours,
    due: response.due,
    timezone: site.timezone,
    missing: follows || given.asksNothing ? [] : askedOf(given.asked, opens).filter(lacks),
    assumed,
    phone: opens.severity === 1 || assumed ? (phones[site.country] ?? phones.default ?? null) : null,
    lowered,
    graceSince: contract.kind === 'grace' ? contract.endedOn : null,
    productUnknown: contract.productUnknown ? (report.product ?? null) : null,
    stage: version?.stage ?? 'full',
    preview: version?.preview ?? false,
    link: casePageLink(publicUrl),
  };
}
