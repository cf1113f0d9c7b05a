/** A case: one request of a site, with one number, one severity and one clock (POLICY §5). */
import type { CaseNumber, ContactId, SiteId } from '../foundation/ids.ts';

export const caseKinds = ['incident', 'question', 'defect', 'enhancement', 'preview', 'licensing', 'feedback'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** What a case is known as elsewhere, and what was decided about it (POLICY §5.2). Null: nothing yet. */
export type CaseReference = {
  readonly kind: CaseKind;
  /** The id of the defect or the request. */
  readonly reference: string | null;
  readonly priority: string | null;
  /** For when it is planned, and the release that resolves it. */
  readonly planned: string | null;
  readonly resolvedIn: string | null;
  readonly declined: boolean;
};

/** §5.2: an enhancement stays open until it is decided. */
export const isUndecided = ({ kind, planned, resolvedIn, declined }: CaseReference): boolean =>
  kind === 'enhancement' && planned === null && resolvedIn === null && !declined;

/** Waiting for the customer is not a status: it is a pause of the clock (§4.6). */
const caseStatuses = ['open', 'closed'] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** `follows`: this case goes on where that one was closed; `linked`: they have to do with each other; `merged-into`: what is written to it goes there. */
export const caseLinks = ['follows', 'followed-by', 'linked', 'merged-into', 'merged', 'split-from', 'split'] as const;
export type CaseLinkKind = (typeof caseLinks)[number];

export const severities = [1, 2, 3, 4] as const;
export type Severity = (typeof severities)[number];

export type Case = {
  readonly number: CaseNumber;
  readonly siteId: SiteId;
  readonly title: string;
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly status: CaseStatus;
  /** Instants, ISO 8601. */
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly contactId: ContactId | null;
  readonly product: string | null;
  readonly version: string | null;
  /** Opened within grace (§2.5), under-covered (§2.4), contract lapsed since (§6.3). */
  readonly provisional: boolean;
  readonly underCovered: boolean;
  readonly lapsed: boolean;
};

/**
 * The kind a new case begins with; an engineer may change it. A licence user's mail is licensing (§1), a preview version's
 * case is a preview (§4.5).
 */
export function firstKind(opened: { readonly licensingOnly: boolean; readonly preview: boolean }): CaseKind {
  if (opened.licensingOnly) return 'licensing';
  return opened.preview ? 'preview' : 'incident';
}
