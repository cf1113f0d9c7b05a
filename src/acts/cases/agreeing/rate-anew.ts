/** What another severity makes of the clock of a case (POLICY §4.6). */

import type { Severity } from '../../../cases/case.ts';
import { rate, responseDue, toRate } from '../../../cases/rating.ts';
import { foldClock } from '../../../cases/response-clock.ts';
import type { Rerating } from '../../../changes/clock.ts';
import type { Entitlement } from '../../../registry/entitlement.ts';
import type { SiteFacts } from '../../../registry/site.ts';
import type { ActPolicy } from '../../act.ts';
import type { AnsweredCase } from '../records.ts';

export function rateAnew(
  on: Pick<AnsweredCase, 'severity' | 'kind' | 'clock'>,
  {
    of,
    contract,
    to,
    at,
    policy,
  }: { of: SiteFacts; contract: Entitlement; to: Severity; at: string; policy: ActPolicy },
): Rerating {
  const by = { ...toRate(of.site, contract, to, on.kind === 'preview'), licensing: on.kind === 'licensing' };
  const rating = rate(by, policy);
  const { publicHolidays } = policy;
  const clock = foldClock(on.clock, publicHolidays);
  const rated = foldClock([...on.clock, { type: 're-rated', at, rating }], publicHolidays);
  const fresh = () => responseDue({ ...by, arrivedAt: at, policy, publicHolidays }).due;
  return { from: on.severity, to, rating, before: clock?.due ?? null, due: rated ? rated.due : fresh() };
}
