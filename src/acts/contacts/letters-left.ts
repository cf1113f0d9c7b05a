/** What becomes of letters that can be ended where the address of a contact becomes another one (POLICY §10.6). */
import type { SubscriptionSet } from '../../changes/contacts/subscriptions.ts';
import { type OwnSubscription, type Standing, standingsOf } from '../../notices/kinds.ts';
import type { Given } from '../act.ts';
import type { Person } from './records.ts';

type Left = {
  readonly changes: readonly SubscriptionSet[];
  /** The kinds that go on to where they went. */
  readonly stays: readonly Standing[];
  /** What they have said, once that is written. */
  readonly subscriptions: readonly OwnSubscription[];
};

/**
 * They go on to where they went. From an address that letters come back from they move along: the mark is the contact's, is taken away
 * with the old address, and would hold nothing back from a row that is left there.
 */
export function lettersLeft(
  target: Person,
  to: string,
  { siteNumber, at, by }: Pick<SubscriptionSet, 'siteNumber' | 'at' | 'by'>,
  policy: Given['policy'],
): Left {
  const wanted = standingsOf(target, policy).filter((one) => one.wanted && one.address !== to);
  const comesBack = target.unreachable === true || target.doubtful === true;
  const moved = comesBack ? wanted.filter(({ address }) => address === target.email) : [];
  const stays = wanted.filter((one) => !moved.includes(one));
  const of = { kind: 'subscription-set', contact: target.id, siteNumber, wanted: true, at, by } as const;
  const changes: SubscriptionSet[] = [
    ...stays.flatMap(({ kind: name, address, own }) => (own ? [] : [{ ...of, name, address, stays: true }])),
    // Without a row of their own they go to the address on record, which is the new one.
    ...moved.flatMap(({ kind: name, own }) => (own ? [{ ...of, name, address: to, stays: false }] : [])),
  ];
  const others = (target.subscriptions ?? []).filter(({ kind }) => !changes.some(({ name }) => name === kind));
  const set = changes.map(({ name: kind, address }) => ({ kind, wanted: true, address }));
  return { changes, stays, subscriptions: [...others, ...set] };
}
