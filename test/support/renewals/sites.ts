/** Sites and contracts for tests of the ladder, said in few words. */
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { placeCalendar } from '../../../src/calendar/place-calendar.ts';
import { noticesPolicySchema } from '../../../src/notices/policy.ts';
import { contractsOf, type End } from '../../../src/notices/renewals/contracts.ts';
import { type LadderOfSite, type LadderStep, ladder } from '../../../src/notices/renewals/ladder.ts';
import type { Licence, Plan, PlanKind } from '../../../src/registry/site.ts';
import { defaultCasesPolicy, defaultRegistryPolicy } from '../default-policies.ts';

export const policy = noticesPolicySchema.parse({});
export const calendarAt = (timezone: string, country: string) =>
  placeCalendar({ timezone, country }, defaultCasesPolicy, holidaysOf);
export const london = calendarAt('Europe/London', 'GB');

export const licence = (number: string, from: string, to: string | null, more: Partial<Licence> = {}): Licence => ({
  ...{ number, product: 'Vault', kind: 'support', quantity: 10, from, to, registeredOn: null },
  ...more,
});
export const plan = (kind: PlanKind, from: string, to: string): Plan => ({ kind, from, to });

type Given = {
  licences?: readonly Licence[];
  plans?: readonly Plan[];
  knownAt?: (end: End) => string;
} & Partial<Omit<LadderOfSite, 'contracts'>>;

const longAgo = '2020-01-01T00:00:00Z';
export const siteWith = ({ licences = [], plans = [], knownAt = () => longAgo, ...more }: Given): LadderOfSite => ({
  ...{ calendar: london, settled: [], startedAt: longAgo, now: '2027-01-01T00:00:00Z', policy },
  ...more,
  contracts: contractsOf({ licences, plans }, knownAt, defaultRegistryPolicy),
});

/** `2027-03-31 -30 2027-03-01 due L-1 plan:standard:2026-04-01`: group, step, day, state or reason, what it names. */
export const inWords = (step: LadderStep): string =>
  [
    ...[step.group, step.step, step.day, step.state === 'skipped' ? step.reason : step.state],
    ...step.items.map(({ id }) => id.replace(/^licence:l/, 'L')),
  ].join(' ');
export const ladderInWords = (given: Given): string[] => ladder(siteWith(given)).map(inWords);
