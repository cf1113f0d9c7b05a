/** The answer to `UNSUBSCRIBE` and `SUBSCRIBE`: what was done, and how it stands with each kind (POLICY §7). */
import { type FixedKind, type OptionalKind, optionalKinds, standingOf } from '../../notices/kinds.ts';
import { preferencesToCome, type SubscriptionResult } from '../../outbound/letters/subscriptions.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import type { ActLetter, Given } from '../act.ts';
import { letterTo } from '../self-service/telling.ts';
import type { Subscriber } from './records.ts';

type Asked = {
  /** Where it goes. */
  readonly to: string;
  readonly kinds: readonly OptionalKind[];
  readonly wanted: boolean;
  readonly changed: boolean;
  /** What cannot be ended. */
  readonly fixed?: readonly FixedKind[];
};

function resultOf(
  subscribers: readonly Subscriber[],
  { kinds, wanted, changed, fixed = [] }: Asked,
  { policy }: Pick<Given, 'policy'>,
): SubscriptionResult {
  if (changed) return wanted ? 'begun' : 'ended';
  if (kinds.length === 0) return fixed.length > 0 ? 'stays' : 'which';
  const may = kinds.some((kind) => subscribers.some((one) => standingOf(kind, one, policy).may));
  if (!wanted) return 'was-ended';
  return may ? 'was-begun' : 'may-not';
}

/** `subscribers` as they stand once it is done: people of one address at several sites are told of together. */
export function subscriptionsLetter(
  subscribers: readonly [Subscriber, ...Subscriber[]],
  asked: Asked,
  given: Pick<Given, 'policy' | 'desk'>,
): ActLetter {
  const { kinds, wanted, fixed = [] } = asked;
  const result = resultOf(subscribers, asked, given);
  const isOnRecord = subscribers.some((one) => addressesOf(one).includes(asked.to));
  const lines = optionalKinds.map((kind) => {
    const all = subscribers.map((one) => standingOf(kind, one, given.policy));
    const goes = [...new Set(all.flatMap((one) => (one.wanted ? [one.address] : [])))];
    const to = isOnRecord ? goes : goes.filter((address) => address === asked.to);
    return { kind, to, may: all.some((one) => one.may) };
  });
  const [{ id: contact, language }] = subscribers;
  const page = isOnRecord ? { contact, kind: kinds[0] ?? optionalKinds[0] } : null;
  const link = page && `${given.desk.publicUrl}/preferences/${preferencesToCome}`;
  const values = { ...{ result, wanted, kinds, fixed, lines }, link, page };
  const matter = `${wanted ? 'SUBSCRIBE' : 'UNSUBSCRIBE'}:${result}:${[...kinds, ...fixed].join('+')}`;
  return {
    ...letterTo({ address: asked.to, site: { language } }, { template: 'subscriptions', values }, matter),
    // Whichever kind it is can be said in an answer.
    asks: result === 'which' ? { kind: 'subscription', name: null, wanted } : null,
  };
}
