/**
 * §10.3: renewed is what is covered on the day after its end for that product and kind at least as before. Later days count as
 * well once they have come: whoever renews after a gap is told no more that it has ended.
 */
import { sameProduct } from '../../registry/product.ts';
import type { PlanKind } from '../../registry/site.ts';
import type { Contracts, EndingContract, EndingLicence, EndingPlan } from './contracts.ts';

type Span = { readonly from: string; readonly to: string | null };
const covers = ({ from, to }: Span, day: string): boolean => from <= day && (to === null || day <= to);
const sum = (licences: readonly { readonly quantity: number }[]): number =>
  licences.reduce((all, { quantity }) => all + quantity, 0);

/** How much a plan is that stands by itself; premier counts on top of either. */
const levels: Readonly<Record<PlanKind, number>> = { premier: 0, standard: 1, '24x7': 2 };

function planAsBefore(ended: EndingPlan, { ending }: Contracts, day: string): boolean {
  const plans = ending.filter((one): one is EndingPlan => one.kind === 'plan' && covers(one, day));
  const level = Math.max(0, ...plans.map(({ plan }) => levels[plan]));
  if (ended.plan === 'premier') return level > 0 && plans.some(({ plan }) => plan === 'premier');
  return level >= levels[ended.plan];
}

/**
 * Support that was bought while the old one ran, and goes on past its end, is its renewal where it is as much as there was without
 * it, and enough for all users (§2.4). Else it came on top, and what ends is missed.
 */
function supportAsBefore(ended: EndingLicence, { ending, users }: Contracts, day: string): boolean {
  const end = ended.to;
  const licences = ending.filter(
    (one): one is EndingLicence => one.kind === 'support' && sameProduct(one.product, ended.product),
  );
  const after = sum(licences.filter((one) => covers(one, day)));
  const onRecord = licences.filter((one) => covers(one, end));
  // What was taken off the record, or ends earlier now, was there before: nothing in its place renews it.
  const before = onRecord.some(({ id }) => id === ended.id) ? onRecord : [...onRecord, ended];
  if (after >= sum(before)) return true;
  const withoutEarly = before.filter((one) => one.to === end || one.from <= ended.from);
  const usersThen = sum(users.filter((one) => sameProduct(one.product, ended.product) && covers(one, end)));
  return after >= sum(withoutEarly) && after >= usersThen;
}

/** Judged on `day`, where the site is. What renews it after a gap counts from the day on which it begins. */
export function isRenewed(ended: EndingContract, contracts: Contracts, day: string): boolean {
  const next = Temporal.PlainDate.from(ended.to).add({ days: 1 }).toString();
  const begun = contracts.ending.map(({ from }) => from).filter((from) => from > next && from <= day);
  return [next, ...begun].some((one) =>
    ended.kind === 'plan' ? planAsBefore(ended, contracts, one) : supportAsBefore(ended, contracts, one),
  );
}
