/** The first severity of a case: the customer names it (POLICY §4.2), within what the contract allows (§2.3, §4.5). */
import type { Entitlement } from '../registry/entitlement.ts';
import type { Severity } from './case.ts';

/** §4: minimal is the default. */
const defaultSeverity: Severity = 3;

export type FirstSeverity = {
  readonly severity: Severity;
  /** What the customer named, null where nothing readable was named. */
  readonly asked: Severity | null;
  /** Why it is lower than asked, null where it is not. */
  readonly lowered: 'trial' | 'preview' | 'provisional caller' | null;
};

/** The severity of a report, which reading the mail has brought to `1` to `4` (mail/severity/severity-value.ts). */
export const severityOfField = (field: string | undefined): Severity | null =>
  /^[1-4]$/.test(field ?? '') ? (Number(field) as Severity) : null;

/** A provisional caller has severity 3 and 4 only (§8.3). */
export function firstSeverity(
  field: string | undefined,
  entitlement: Entitlement,
  opened: { readonly preview: boolean; readonly provisionalCaller?: boolean },
): FirstSeverity {
  const asked = severityOfField(field);
  const wanted = asked ?? defaultSeverity;
  if (opened.preview) return { severity: 3, asked, lowered: wanted < 3 ? 'preview' : null };
  if (wanted < 3 && entitlement.kind === 'trial') return { severity: 3, asked, lowered: 'trial' };
  if (wanted < 3 && opened.provisionalCaller) return { severity: 3, asked, lowered: 'provisional caller' };
  return { severity: wanted, asked, lowered: null };
}
