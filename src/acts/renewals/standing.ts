/** The ladder of a site as it stands by its records (POLICY §10.1–3). */
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { RenewalContract } from '../../changes/schedule/renewals.ts';
import {
  type Contracts,
  contractsOf,
  type End,
  type EndingContract,
  sameEnd,
} from '../../notices/renewals/contracts.ts';
import { type LadderStep, ladder } from '../../notices/renewals/ladder.ts';
import { isRenewed } from '../../notices/renewals/renewed.ts';
import type { SettledStep } from '../../notices/renewals/told.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { dayAt } from '../../registry/entitlement.ts';
import type { ActPolicy } from '../act.ts';
import type { RenewalPerson, RenewalSchedule, RenewalSite, RenewalStep } from './records.ts';

export const keyOfEnd = ({ id, to }: End): string => `${id}|${to}`;

export type Standing = {
  readonly contracts: Contracts;
  readonly steps: readonly LadderStep[];
  /** The day it is there. */
  readonly today: string;
  /** What ends and is not renewed. */
  readonly isOpen: (item: RenewalContract) => boolean;
  readonly isRenewed: (item: RenewalContract) => boolean;
};

type At = { readonly now: string; readonly policy: ActPolicy };

const settledOf = ({ group, step, settledAt, state, items }: RenewalStep): SettledStep[] =>
  settledAt === null ? [] : [{ group, step, at: settledAt, told: state === 'sent' ? items : [] }];

export function standingOf(
  { of, known, steps }: Pick<RenewalSite, 'of' | 'known' | 'steps'>,
  { running, since }: RenewalSchedule,
  { now, policy }: At,
): Standing {
  const calendar = placeCalendar(of.site, policy, policy.publicHolidays);
  const contracts = contractsOf(of, (end) => known[keyOfEnd(end)] ?? now, policy);
  const today = dayAt(now, of.site.timezone);
  const settled = steps.flatMap(settledOf);
  const startedAt = running ? since : null;
  const renewed = (item: RenewalContract) => isRenewed({ ...item, knownAt: now } as EndingContract, contracts, today);
  return {
    contracts,
    today,
    steps: ladder({ calendar, contracts, settled, startedAt, now, policy }),
    isRenewed: renewed,
    isOpen: (item) => contracts.ending.some((one) => sameEnd(one, item)) && !renewed(item),
  };
}

/** Without the moment since which it is on record: what is kept of it, and shown. */
export const itemsOf = (items: readonly EndingContract[]): RenewalContract[] =>
  items.map(({ knownAt: _, ...item }) => item);

/** What ends and is not renewed of what a letter is about, by its end. */
export const openItems = ({ contracts, isOpen }: Standing, { items }: Pick<RenewalStep, 'items'>): EndingContract[] =>
  contracts.ending
    .filter((one) => isOpen(one) && items.some((item) => sameEnd(item, one)))
    .toSorted((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0));

const back: readonly string[] = ['bounced', 'failed'];
/** Letters to whoever was told that came back, or were given up. */
export const returnedNotices = ({ letters }: RenewalStep) =>
  letters.filter(({ role, state }) => role === 'notice' && back.includes(state));

/** The last one did. */
export function cameBack(step: RenewalStep): boolean {
  const last = step.letters.findLast(({ role }) => role === 'notice');
  return step.state === 'sent' && last !== undefined && back.includes(last.state);
}

/** Who is told next: the first in the order of the registry whose letter has not come back (§10.1). */
export function nextReader(site: RenewalSite, step: RenewalStep | null, policy: ActPolicy): RenewalPerson | null {
  const tried = new Set((step ? returnedNotices(step) : []).map(({ to }) => to));
  const left = site.people.filter(({ email }) => !tried.has(email));
  return addresseesOf('renewal-notice', left, policy)[0] ?? null;
}
