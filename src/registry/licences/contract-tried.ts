/** A site as if it had another contract, to see what would follow from that. */
import type { Licence, PlanKind, SiteFacts } from '../site.ts';

/** `none`: no plan at all. Days are ISO dates; the last one is covered. */
export type ContractTried =
  | { readonly kind: 'none' }
  | { readonly kind: PlanKind; readonly from: string; readonly to: string };

const runs = (
  kind: Licence['kind'],
  quantity: number,
  product: string,
  { from, to }: { from: string; to: string },
): Licence => ({
  ...{ number: 'tried', product, kind, quantity, from, to, registeredOn: null },
});

/** Its licences run as the plan does; where it has none of a kind, as many as it takes to be covered. */
export function withContract(site: SiteFacts, tried: ContractTried, product: string): SiteFacts {
  if (tried.kind === 'none')
    return { ...site, plans: [], licences: site.licences.filter(({ kind }) => kind === 'user') };
  const { kind, from, to } = tried;
  const days = { from, to };
  // Premier counts on top of a plan that stands by itself.
  const plans = [...(kind === 'premier' ? [{ kind: 'standard' as const, ...days }] : []), { kind, ...days }];
  const bought = site.licences.filter((one) => one.kind !== 'trial').map((one) => ({ ...one, ...days }));
  const users = bought.filter((one) => one.kind === 'user');
  const support = bought.filter((one) => one.kind === 'support');
  const [first] = bought;
  const of = first?.product ?? product;
  const userLicences = users.length > 0 ? users : [runs('user', 1, of, days)];
  const count = userLicences.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    ...site,
    plans,
    licences: [...userLicences, ...(support.length > 0 ? support : [runs('support', count, of, days)])],
  };
}
