/** A case as acts see it: opened at nine in London on a Monday, at severity 3 on a standard plan, and nobody has answered yet. */
import type { Given } from '../../src/acts/act.ts';
import type { WorkedCase } from '../../src/acts/cases/records.ts';
import { rate, toRate } from '../../src/cases/rating.ts';
import { caseNumber, siteId } from '../../src/foundation/ids.ts';
import { judgeEntitlement } from '../../src/registry/entitlement.ts';
import type { SiteFacts } from '../../src/registry/site.ts';
import type { StaffMember } from '../../src/staff/staff.ts';
import { staffMemberSchema } from '../../src/staff/staff.ts';
import { policy, sites } from './world.ts';

export const opened = '2026-03-02T09:00:00Z';
const of = sites.find((one) => one.site.id === siteId('1')) as SiteFacts;

/** Severity and site rate its clock, where `clock` does not say otherwise. */
export function workedCase(more: Partial<WorkedCase> = {}): WorkedCase {
  const { severity = 3, kind = 'incident' } = more;
  const site = more.of ?? of;
  const contract = judgeEntitlement(site, opened, 'Vault', policy);
  const rating = rate(toRate(site.site, contract, severity, kind === 'preview'), policy);
  return {
    id: '42',
    number: caseNumber('100042'),
    title: 'Vault is shut',
    status: 'open',
    versionNo: 1,
    of: site,
    severity,
    kind,
    product: 'Vault',
    version: null,
    provisional: false,
    lapsed: false,
    openedAt: opened,
    closedAt: null,
    owner: null,
    contact: null,
    contactAddress: 'ada@aldous.example',
    language: 'en',
    participants: [],
    answeredAt: null,
    due: null,
    clock: [{ type: 'started', at: opened, rating }],
    events: [],
    silentUntil: null,
    messages: [],
    ...more,
  } as WorkedCase;
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
