/** The first severity of a case: the customer names it (POLICY §4.2), within what the contract allows (§2.3, §4.5). */
import type { Entitlement } from '../registry/entitlement.ts';
import type { Severity } from './case.ts';

/** §4: minimal is the default. */
export const defaultSeverity: Severity = 3;

export type FirstSeverity = {
  readonly severity: Severity;
  /** What the customer named, null where nothing readable was named. */
  readonly asked: Severity | null;
  /** Why it is lower than asked, null where it is not. */
  readonly lowered: 'trial' | 'preview' | 'provisional caller' | null;
};

const words: readonly (readonly [RegExp, Severity])[] = [
  [/^(?:critical|blocker|emergency|kritisch|critique|cr[ií]tic[ao]|重大)/, 1],
  [/^(?:significant|major|high|erheblich|hoch|important|significativ[ao])/, 2],
  [/^(?:minimal|minor|medium|normal|gering|mineur|m[ií]nim[ao])/, 3],
  [/^(?:nominal|low|niedrig|faible|baj[ao])/, 4],
];

/** Reads a severity field: `2`, `SEV2`, `[S2]`, `1 - critical`, `critical`, full-width digits. Null for anything else. */
export function readSeverity(field: string | undefined): Severity | null {
  const text = (field ?? '').normalize('NFKC').trim().toLowerCase();
  const digit = /^\[?(?:severity|sev|s|p|level)?[ :.#-]{0,3}([1-4])(?![0-9.])/.exec(text)?.[1];
  if (digit !== undefined) return Number(digit) as Severity;
  return words.find(([word]) => word.test(text))?.[1] ?? null;
}

/** A provisional caller has severity 3 and 4 only (§8.3). */
export function firstSeverity(
  field: string | undefined,
  entitlement: Entitlement,
  opened: { readonly preview: boolean; readonly provisionalCaller?: boolean },
): FirstSeverity {
  const asked = readSeverity(field);
  const wanted = asked ?? defaultSeverity;
  if (opened.preview) return { severity: 3, asked, lowered: wanted < 3 ? 'preview' : null };
  if (wanted < 3 && entitlement.kind === 'trial') return { severity: 3, asked, lowered: 'trial' };
  if (wanted < 3 && opened.provisionalCaller) return { severity: 3, asked, lowered: 'provisional caller' };
  return { severity: wanted, asked, lowered: null };
}
