import { coverBegins } from '../../../registry/contract-changes.ts';
import { type Entitlement, judgeEntitlement } from '../../../registry/entitlement.ts';
import type { RegistryPolicy } from '../../../registry/policy.ts';
import type { SiteFacts } from '../../../registry/site.ts';

/** POLICY §2.5: the last covered day, what is on record to begin, and which product it is about where something else is covered. */
export function lapseTold(site: SiteFacts, contract: Entitlement, at: string, policy: RegistryPolicy) {
  const material = { site: site.site, plans: site.plans, licences: site.licences };
  const others = contract.product === null ? 'lapsed' : judgeEntitlement(material, at, null, policy).kind;
  return {
    product: ['entitled', 'under-covered', 'trial'].includes(others) ? contract.product : null,
    endedOn: contract.kind === 'lapsed' || contract.kind === 'grace' ? contract.endedOn : null,
    beginsOn: coverBegins(material, at, contract.product, policy),
  };
}
