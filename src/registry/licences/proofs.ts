/** What a proof of entitlement says, and of which licences one goes out by itself (POLICY §11.6, §11.7). */
import { dayAt, licenceSpan } from '../entitlement.ts';
import type { RegistryPolicy } from '../policy.ts';
import type { LicenceEntry, SiteEntry } from '../registry-form.ts';
import type { Licence, Plan, SiteFacts } from '../site.ts';

/** `renewed`: it was on record, and ends later now. */
export type LicenceNews = { readonly number: string; readonly why: 'new' | 'renewed' };

export type LicenceShown = Pick<Licence, 'number' | 'product' | 'kind' | 'quantity' | 'from' | 'registeredOn'> & {
  readonly endsOn: string | null;
  readonly state: LicenceNews['why'] | null;
};
type PlanShown = Plan & { readonly endsOn: string };

export type Proof = {
  readonly day: string;
  readonly licences: readonly LicenceShown[];
  readonly plans: readonly PlanShown[];
};

const shown = (licence: Licence, state: LicenceShown['state'], policy: RegistryPolicy): LicenceShown => {
  const { number, product, kind, quantity, from, registeredOn } = licence;
  return { number, product, kind, quantity, from, registeredOn, endsOn: licenceSpan(licence, policy).to, state };
};

const runs = (endsOn: string | null, day: string): boolean => endsOn === null || endsOn >= day;

/** Of all that has not ended by that moment; `news`: of these licences only, and of no plan. */
export function proofOf(
  { site, licences, plans }: SiteFacts,
  now: string,
  policy: RegistryPolicy,
  news: readonly LicenceNews[] | null = null,
): Proof {
  const day = dayAt(now, site.timezone);
  const stateOf = (licence: Licence) => news?.find(({ number }) => number === licence.number)?.why ?? null;
  return {
    day,
    licences: licences
      .map((licence) => shown(licence, stateOf(licence), policy))
      .filter(({ endsOn, state }) => runs(endsOn, day) && (news === null || state !== null)),
    plans: news === null ? plans.filter(({ to }) => runs(to, day)).map((plan) => ({ ...plan, endsOn: plan.to })) : [],
  };
}

/** A licence that was issued longer ago is of the past when it comes on record. */
const mostDaysAgo = 30;

const endOf = ({ kind, from, to, registered }: LicenceEntry, policy: RegistryPolicy): string | null =>
  licenceSpan({ kind, from, to: to ?? null, registeredOn: registered ?? null } as Licence, policy).to;

/**
 * Of whose licences somebody is told. Of a site that comes on record with what it has, or gets its first licences, nobody is: that is a
 * first import, and nothing of the past is told (§11.6).
 */
export function licenceNews(
  before: SiteEntry | undefined,
  after: SiteEntry,
  now: string,
  policy: RegistryPolicy,
): LicenceNews[] {
  const old = before?.licences ?? [];
  if (old.length === 0 || after.licences === before?.licences) return [];
  const day = dayAt(now, after.timezone ?? 'UTC');
  const first = Temporal.PlainDate.from(day).subtract({ days: mostDaysAgo }).toString();
  const known = new Map(old.map((licence) => [licence.number, licence]));
  return (after.licences ?? []).flatMap((licence): LicenceNews[] => {
    const end = endOf(licence, policy);
    const was = known.get(licence.number);
    if (!runs(end, day)) return [];
    if (!was) return licence.from >= first ? [{ number: licence.number, why: 'new' }] : [];
    const ended = endOf(was, policy);
    const later = ended !== null && (end === null || end > ended) && licence.kind !== 'trial';
    return later ? [{ number: licence.number, why: 'renewed' }] : [];
  });
}
