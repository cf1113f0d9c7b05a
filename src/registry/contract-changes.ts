/**
 * When what a site is entitled to becomes otherwise (POLICY §2): plans that overlap, begin later, or end while a case is open.
 * Days are days in the site's time zone; whatever changes does so as one begins.
 */
import { dayAt, type Entitlement, judgeOnDay, licenceSpan, type SupportMaterial } from './entitlement.ts';
import type { RegistryPolicy } from './policy.ts';

const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The days after `day` on which a plan or licence, or the grace behind it, begins or is over; nearest first. */
function turns(material: SupportMaterial, day: string, policy: RegistryPolicy): string[] {
  const spans = [...material.plans, ...material.licences.map((licence) => licenceSpan(licence, policy))];
  const graces = new Set(Object.values(policy.graceDays).map((days) => days ?? 0));
  const found = spans.flatMap(({ from, to }) => [
    ...(from === null ? [] : [from]),
    ...(to === null ? [] : [0, ...graces].map((days) => dayAfter(to, days + 1))),
  ]);
  return [...new Set(found)].filter((one) => one > day).sort();
}

/**
 * The first day after that of `at` (ISO 8601) on which the site is covered for the product that is named, or for any; null where
 * nothing on record begins.
 */
export function coverBegins(
  material: SupportMaterial,
  at: string,
  named: string | null,
  policy: RegistryPolicy,
): string | null {
  const isCovered = (day: string): boolean => {
    const { kind } = judgeOnDay(material, day, named, policy);
    return kind === 'entitled' || kind === 'under-covered' || kind === 'trial';
  };
  return turns(material, dayAt(at, material.site.timezone), policy).find(isCovered) ?? null;
}

type ContractChange = {
  /** The instant at which that day begins, ISO 8601 with the offset of the site's time zone. */
  readonly at: string;
  readonly contract: Entitlement;
};

const terms = (contract: Entitlement): string =>
  contract.kind === 'lapsed' ? 'lapsed' : `${contract.kind} ${contract.plan} ${contract.base}`;

/**
 * The next change after `at` of what a case counts by, or of the kind of cover; null where nothing changes any more. For the
 * due row of an open case: what is on record may change before that.
 */
export function nextContractChange(
  material: SupportMaterial,
  at: string,
  named: string | null,
  policy: RegistryPolicy,
): ContractChange | null {
  const { timezone } = material.site;
  const today = dayAt(at, timezone);
  const now = terms(judgeOnDay(material, today, named, policy));
  for (const day of turns(material, today, policy)) {
    const contract = judgeOnDay(material, day, named, policy);
    if (terms(contract) === now) continue;
    const begins = Temporal.PlainDate.from(day).toZonedDateTime(timezone);
    return { at: begins.toString({ timeZoneName: 'never' }), contract };
  }
  return null;
}
