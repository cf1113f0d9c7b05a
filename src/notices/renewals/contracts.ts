/** What of a site ends and is told of beforehand (POLICY §10.1): support licences and plans. User licences and trials are not. */
import { licenceSpan } from '../../registry/entitlement.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { Licence, Plan, PlanKind } from '../../registry/site.ts';

type Ending = {
  /** The same as long as it is on record, whatever else is written anew: with `to` it names one end. */
  readonly id: string;
  /** Days where the site is, both covered. */
  readonly from: string;
  readonly to: string;
  /** The instant since which it is on record with this end. */
  readonly knownAt: string;
};
export type EndingLicence = Ending & {
  readonly kind: 'support';
  readonly number: string;
  readonly product: string;
  readonly quantity: number;
};
export type EndingPlan = Ending & { readonly kind: 'plan'; readonly plan: PlanKind };
export type EndingContract = EndingLicence | EndingPlan;

type UserLicence = Pick<Licence, 'product' | 'quantity' | 'from' | 'to'>;
export type Contracts = {
  readonly ending: readonly EndingContract[];
  /** They end without a letter; how many there are says whether support bought early is a renewal or comes on top. */
  readonly users: readonly UserLicence[];
};

/** One end: the same contract with another end is another one, of which people are told anew. */
export type End = Pick<EndingContract, 'id' | 'to'>;
export const sameEnd = (a: End, b: End): boolean => a.id === b.id && a.to === b.to;

const idOfLicence = (number: string): string => `licence:${number.toLowerCase()}`;
/** Nobody gives plans a number; one that is extended keeps its beginning. */
const idOfPlan = ({ kind, from }: Pick<Plan, 'kind' | 'from'>): string => `plan:${kind}:${from}`;

/** `knownAt`: since when an end is on record. A support licence above zero that has no end ends as the policy says (§1). */
export function contractsOf(
  { licences, plans }: { readonly licences: readonly Licence[]; readonly plans: readonly Plan[] },
  knownAt: (end: End) => string,
  policy: RegistryPolicy,
): Contracts {
  const ending = licences.flatMap((licence): EndingContract[] => {
    const { number, product, quantity, from } = licence;
    const { to } = licenceSpan(licence, policy);
    if (licence.kind !== 'support' || quantity === 0 || to === null) return [];
    const end = { id: idOfLicence(number), to };
    return [{ kind: 'support', ...end, number, product, quantity, from, knownAt: knownAt(end) }];
  });
  const ofPlans = plans.map((plan): EndingContract => {
    const end = { id: idOfPlan(plan), to: plan.to };
    return { kind: 'plan', ...end, plan: plan.kind, from: plan.from, knownAt: knownAt(end) };
  });
  return { ending: [...ending, ...ofPlans], users: licences.filter(({ kind }) => kind === 'user') };
}
