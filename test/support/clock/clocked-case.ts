/** A case as acts see it: opened at nine in London on a Monday, at severity 3 on a standard plan, and nobody has answered yet. */
import type { Given } from '../../../src/acts/act.ts';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { rate, toRate } from '../../../src/cases/rating.ts';
import { siteId } from '../../../src/foundation/ids.ts';
import { judgeEntitlement } from '../../../src/registry/entitlement.ts';
import type { SiteFacts } from '../../../src/registry/site.ts';
import type { StaffMember } from '../../../src/staff/staff.ts';
import { staffMemberSchema } from '../../../src/staff/staff.ts';
import { workedCase as base } from '../worked-case.ts';
import { policy, sites } from '../world.ts';

export const opened = '2026-03-02T09:00:00Z';
const of = sites.find((one) => one.site.id === siteId('1')) as SiteFacts;

/** Severity and site rate its clock, where `clock` does not say otherwise. */
export function workedCase(more: Partial<WorkedCase> = {}): WorkedCase {
  const { severity = 3, kind = 'incident' } = more;
  const site = more.of ?? of;
  const contract = judgeEntitlement(site, opened, 'Vault', policy);
  const rating = rate(toRate(site.site, contract, severity, kind === 'preview'), policy);
  return base({
    of: site,
    severity,
    kind,
    openedAt: opened,
    clock: [{ type: 'started', at: opened, rating }],
    ...more,
  });
}

export const person = (name: string, roles: StaffMember['roles'], more: object = {}): StaffMember =>
  staffMemberSchema.parse({ name, email: `${name.toLowerCase()}@desk.example`, roles, ...more });

export const givenAt = (
  now: string,
  people: readonly StaffMember[] = [],
  more: Partial<Given['policy']> = {},
): Given => ({
  by: { kind: 'clock' },
  now,
  desk: { ...policy.desk, people, timezone: 'Europe/London' },
  policy: { ...policy, ...more },
});
