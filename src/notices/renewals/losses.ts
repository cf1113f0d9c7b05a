/** What no longer works once something has ended (POLICY §10.1, §2), as the letter says it. */
import { judgeOnDay, type SupportMaterial } from '../../registry/entitlement.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { PlanKind } from '../../registry/site.ts';
import type { EndingContract } from './contracts.ts';

/** `all`: support as a whole, and with it the PIN; `fewer`: fewer support than user licences from that day on (§2.4). */
export type Loss = {
  /** The first day without it. */
  readonly from: string;
  readonly what: 'all' | 'product' | 'fewer' | 'plan';
  readonly product: string | null;
  readonly plan: PlanKind | null;
};

/** §2.5: problems of these severities are taken on up to and with that day. */
export type Grace = { readonly severities: readonly number[]; readonly until: string };

type Bought = Pick<SupportMaterial, 'plans' | 'licences'>;

const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** What one contract takes with it, where support goes on. */
function lossOf(bought: Bought, item: EndingContract, policy: RegistryPolicy): Loss[] {
  const from = dayAfter(item.to);
  const product = item.kind === 'support' ? item.product : null;
  const [before, after] = [item.to, from].map((day) => judgeOnDay(bought, day, product, policy));
  if (!before || !after || !('plan' in before)) return [];
  const loss = { from, product, plan: null } as const;
  if (item.kind === 'plan') {
    const lost = 'plan' in after && (before.plan !== after.plan || before.base !== after.base);
    return lost ? [{ ...loss, what: 'plan', plan: item.plan }] : [];
  }
  if (after.kind === 'under-covered' && before.kind === 'entitled') return [{ ...loss, what: 'fewer' }];
  return isCovered(after.kind) || !isCovered(before.kind) ? [] : [{ ...loss, what: 'product' }];
}

const isCovered = (kind: string): boolean => kind === 'entitled' || kind === 'under-covered' || kind === 'trial';

/** In the order of their days; behind the day on which all of it ends nothing is left to be lost. */
export function lossesOf(bought: Bought, items: readonly EndingContract[], policy: RegistryPolicy): Loss[] {
  const losses: Loss[] = [];
  for (const [to, ending] of [...Map.groupBy(items, (one) => one.to)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const from = dayAfter(to);
    const [before, after] = [to, from].map((day) => judgeOnDay(bought, day, null, policy).kind);
    if (isCovered(before ?? '') && !isCovered(after ?? ''))
      return [...losses, { from, what: 'all', product: null, plan: null }];
    losses.push(...ending.flatMap((item) => lossOf(bought, item, policy)));
  }
  const known = new Set<string>();
  return losses.filter((one) => {
    const key = JSON.stringify(one);
    return !known.has(key) && known.add(key) !== undefined;
  });
}

/** Of the day from which nothing is covered; null where no severity has grace, or it is over by `today`. */
export function graceOf(bought: Bought, from: string, today: string, policy: RegistryPolicy): Grace | null {
  const judged = judgeOnDay(bought, from, null, policy);
  if (judged.kind !== 'grace') return null;
  const left = Object.entries(judged.untilDay).filter(([, until]) => until !== undefined && until >= today);
  const [until] = left.map(([, one]) => one ?? '').toSorted();
  return until === undefined ? null : { severities: left.map(([severity]) => Number(severity)), until };
}
