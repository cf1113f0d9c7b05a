/**
 * POLICY §2: is this site entitled to support at the moment the mail arrived? Days are days in the site's time zone.
 */
import type { RegistryPolicy } from './policy.ts';
import { sameProduct } from './product.ts';
import type { BasePlan, Licence, Plan, PlanKind, Site } from './site.ts';

export type SupportMaterial = {
  readonly site: Pick<Site, 'timezone'>;
  readonly plans: readonly Plan[];
  readonly licences: readonly Licence[];
};

type SeverityLevel = 1 | 2 | 3 | 4;

type Asked = {
  /** The day that was judged, in the site's time zone. */
  readonly day: string;
  /** The product the mail named, as it stands on the licences; null where none was named or the site has no licence for it. */
  readonly product: string | null;
  /** A product was named that the site has no licence for: counts as none named, and is asked about (§2.1). */
  readonly productUnknown: boolean;
};

type OnPlan = {
  readonly plan: PlanKind;
  /** What premier counts like; the plan itself where it is not premier. */
  readonly base: BasePlan;
  /** The product whose licences cover. */
  readonly coveredBy: string;
  readonly users: number;
  readonly support: number;
};

export type Entitlement =
  | ({ readonly kind: 'entitled' } & Asked & OnPlan)
  /** Fewer support than user licences, both above zero, on a plan: the case is opened and flagged (§2.4). */
  | ({ readonly kind: 'under-covered' } & Asked & OnPlan)
  | ({
      readonly kind: 'trial';
      readonly plan: 'standard';
      readonly base: 'standard';
      readonly coveredBy: string;
      readonly severities: readonly [3, 4];
      /** Last day of the trial. */
      readonly until: string;
    } & Asked)
  /** Lapsed, but mail of these severities opens a provisional case up to and including the day given (§2.5). */
  | ({
      readonly kind: 'grace';
      readonly endedOn: string;
      readonly untilDay: Readonly<Partial<Record<SeverityLevel, string>>>;
      /** The plan as it stood on the last covered day: the clock of the provisional case runs by it. */
      readonly plan: PlanKind;
      readonly base: BasePlan;
    } & Asked)
  /** `endedOn` is the last day on which the site was covered, null where it never was. */
  | ({ readonly kind: 'lapsed'; readonly endedOn: string | null } & Asked);

const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The day it is in a time zone at an instant (ISO 8601 with offset or Z). Throws RangeError for what is neither. */
export const dayAt = (at: string, timezone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toPlainDate().toString();

/** The days a licence covers; `to` null: no end. A trial that was not registered covers nothing: `from` is null. */
export function licenceSpan(licence: Licence, policy: RegistryPolicy): { from: string | null; to: string | null } {
  switch (licence.kind) {
    case 'user':
      return { from: licence.from, to: licence.to };
    case 'support':
      return { from: licence.from, to: licence.to ?? addDays(licence.from, policy.supportDays - 1) };
    case 'trial': {
      if (licence.registeredOn === null) return { from: null, to: null };
      const full = addDays(licence.registeredOn, policy.trialDays - 1);
      return { from: licence.registeredOn, to: licence.to !== null && licence.to < full ? licence.to : full };
    }
    default:
      return licence.kind satisfies never;
  }
}

type Span = { readonly licence: Licence; readonly from: string; readonly to: string | null };

const covers = (span: { from: string; to: string | null }, day: string): boolean =>
  span.from <= day && (span.to === null || day <= span.to);

function planOn(plans: readonly Plan[], day: string): { plan: PlanKind; base: BasePlan } | null {
  const active = new Set(plans.filter((plan) => covers(plan, day)).map((plan) => plan.kind));
  const base = active.has('24x7') ? '24x7' : active.has('standard') ? 'standard' : null;
  if (base === null) return null;
  return { plan: active.has('premier') ? 'premier' : base, base };
}

/** The products that have user and support licences on that day, those with enough support first. */
function counted(spans: readonly Span[], day: string): { product: string; users: number; support: number }[] {
  const byProduct = new Map<string, { users: number; support: number }>();
  for (const span of spans) {
    if (span.licence.kind === 'trial' || !covers(span, day)) continue;
    const counts = byProduct.get(span.licence.product) ?? { users: 0, support: 0 };
    if (span.licence.kind === 'user') counts.users += span.licence.quantity;
    else counts.support += span.licence.quantity;
    byProduct.set(span.licence.product, counts);
  }
  return [...byProduct]
    .filter(([, counts]) => counts.users > 0 && counts.support > 0)
    .map(([product, counts]) => ({ product, ...counts }))
    .sort((a, b) => Number(b.support >= b.users) - Number(a.support >= a.users) || (a.product < b.product ? -1 : 1));
}

/**
 * The last day before `day` on which plan and licences together covered. Cover only ever stops the day after something
 * ended, so only the last days of plans and licences need looking at.
 */
function lastCoveredDay(plans: readonly Plan[], spans: readonly Span[], day: string): string | null {
  const ends = new Set<string>();
  for (const end of [...plans, ...spans]) if (end.to !== null && end.to < day) ends.add(end.to);
  const newestFirst = [...ends].sort().reverse();
  return newestFirst.find((end) => planOn(plans, end) !== null && counted(spans, end).length > 0) ?? null;
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);

/**
 * Judges a site at an instant (ISO 8601; a time in the future is cut to now by the caller) for the product a mail names.
 * Where several products could answer, the best counts: entitled, under-covered, trial, grace, lapsed.
 * A trial earns no grace: it never covered severity 1 and 2.
 */
export const judgeEntitlement = (
  material: SupportMaterial,
  at: string,
  named: string | null,
  policy: RegistryPolicy,
): Entitlement => judgeOnDay(material, dayAt(at, material.site.timezone), named, policy);

/** The same for a day in the site's time zone. */
export function judgeOnDay(
  material: Omit<SupportMaterial, 'site'>,
  day: string,
  named: string | null,
  policy: RegistryPolicy,
): Entitlement {
  const { plans } = material;
  const all = material.licences.flatMap((licence): Span[] => {
    const { from, to } = licenceSpan(licence, policy);
    return from === null ? [] : [{ licence, from, to }];
  });
  const known = all.filter((span) => span.from <= day);
  const product =
    named === null ? null : (known.find((span) => sameProduct(span.licence.product, named))?.licence.product ?? null);
  const asked: Asked = { day, product, productUnknown: named !== null && product === null };
  const spans = product === null ? known : known.filter((span) => sameProduct(span.licence.product, product));

  const plan = planOn(plans, day);
  const best = counted(spans, day)[0];
  if (plan && best) {
    const kind = best.support >= best.users ? 'entitled' : 'under-covered';
    return { kind, ...asked, ...plan, coveredBy: best.product, users: best.users, support: best.support };
  }

  const trials = spans.filter((span) => span.licence.kind === 'trial' && span.licence.quantity > 0);
  const lastTrial = trials
    .filter((span) => covers(span, day))
    .sort((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))[0];
  if (lastTrial) {
    const until = lastTrial.to ?? day;
    const coveredBy = lastTrial.licence.product;
    return { kind: 'trial', ...asked, plan: 'standard', base: 'standard', coveredBy, severities: [3, 4], until };
  }

  const endedOn = lastCoveredDay(plans, spans, day);
  const planThen = endedOn === null ? null : planOn(plans, endedOn);
  if (endedOn !== null && planThen) {
    const untilDay: Partial<Record<SeverityLevel, string>> = {};
    for (const severity of [1, 2, 3, 4] as const) {
      const until = addDays(endedOn, policy.graceDays[severity] ?? 0);
      if (until >= day) untilDay[severity] = until;
    }
    if (Object.keys(untilDay).length > 0) return { kind: 'grace', ...asked, endedOn, untilDay, ...planThen };
  }
  const trialEnded = trials.reduce<string | null>((last, span) => later(last, span.to), null);
  return { kind: 'lapsed', ...asked, endedOn: later(endedOn, trialEnded) };
}

/**
 * Whether a mail of that severity is served: opens a case (§3.r14), keeps one going (§6.3). Under grace only the severities
 * named do; a trial serves all, the severity having been lowered before.
 */
export function serves(entitlement: Entitlement, severity: SeverityLevel): boolean {
  switch (entitlement.kind) {
    case 'entitled':
    case 'under-covered':
    case 'trial':
      return true;
    case 'grace':
      return entitlement.untilDay[severity] !== undefined;
    case 'lapsed':
      return false;
    default:
      return entitlement satisfies never;
  }
}
