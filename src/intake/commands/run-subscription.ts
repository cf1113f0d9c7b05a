/** `UNSUBSCRIBE` and `SUBSCRIBE` (POLICY §7, §10.6), in a command, and in an answer to a letter that can be ended. */
import { setSubscription } from '../../acts/subscriptions/set-subscription.ts';
import { subscriptionsLetter } from '../../acts/subscriptions/subscriptions-letter.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { type Context, givenBy } from '../context.ts';
import { planned } from '../letters/letters.ts';
import type { Done } from './done.ts';
import type { SubscriptionWish } from './subscription-wish.ts';

/** For the address that it came from: all letters that it may speak for, at whichever site. Null where there are none. */
export function runSubscription(context: Context, { wanted, kinds, fixed }: SubscriptionWish): Done | null {
  const { facts, sender } = context;
  const { subscribers = [] } = facts;
  const [first, ...others] = subscribers;
  if (sender === null || !first) return null;
  const own = subscribers.find((one) => addressesOf(one).includes(sender));
  const given = givenBy(context, own?.id ?? null);
  if (kinds.length === 0) {
    const asked = { to: sender, kinds, wanted, changed: false, fixed };
    const { answers: _, ...letter } = subscriptionsLetter([first, ...others], asked, given);
    const reason =
      fixed.length === 0
        ? 'No kind of letters was named; the sender was asked which.'
        : `Letters of the kind ${fixed.join(', ')} cannot be ended.`;
    return { kind: 'refused', reason, letters: [planned(context, letter, letter, letter.asks)] };
  }
  const judged = setSubscription.judge({ contact: sender, kinds: [...kinds], wanted }, { ...none, subscribers }, given);
  if (judged.kind === 'refused') return null;
  const letters = judged.letters.map(({ answers: _, ...letter }) => planned(context, letter, letter, letter.asks));
  return { kind: 'done', reason: judged.says ?? '', letters, changes: judged.changes };
}

const none = { cases: [], letters: [] } as const;
