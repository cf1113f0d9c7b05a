import { z } from 'zod';
import type { SubscriptionSet } from '../../changes/contacts/subscriptions.ts';
import { normaliseAddress } from '../../mail/address/address.ts';
import { type OptionalKind, optionalKinds, standingOf } from '../../notices/kinds.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { type Act, type Given, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import type { Subscriber } from './records.ts';
import { subscriptionsLetter } from './subscriptions-letter.ts';

const whose = z
  .string()
  .max(254)
  .transform((given, context) => {
    const found = /^\d{1,18}$/.test(given) ? given : normaliseAddress(given);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: `"${given}" is no e-mail address, and no id of a contact` });
    return z.NEVER;
  });

const input = z.strictObject({
  contact: whose.describe('whose letters: an address, or the id of a contact'),
  site: siteNumber.optional().describe('where an address is on record at several sites; left out: all of them'),
  kinds: z.array(z.enum(optionalKinds)).min(1).max(optionalKinds.length),
  wanted: z.boolean().describe('whether these letters go there from now on'),
});
export type SetSubscription = z.infer<typeof input>;

/** An address that is none of theirs any more speaks only for what still goes there. */
const speaksFor = (one: Subscriber, kind: OptionalKind, contact: string): boolean =>
  one.id === contact ||
  addressesOf(one).includes(contact) ||
  one.subscriptions.some((said) => said.kind === kind && said.address === contact);

/** What becomes otherwise; empty where all of it is so already, or may not be. */
function subscriptionsSet(
  subscribers: readonly Subscriber[],
  { contact, kinds, wanted }: Omit<SetSubscription, 'site'>,
  { now: at, by, policy }: Pick<Given, 'now' | 'by' | 'policy'>,
): SubscriptionSet[] {
  return subscribers.flatMap((one) =>
    kinds.flatMap((kind): SubscriptionSet[] => {
      if (!speaksFor(one, kind, contact)) return [];
      const now = standingOf(kind, one, policy);
      // From an address of theirs it is to go there: by a link, or by its old address, it stays where it is.
      const address = wanted && addressesOf(one).includes(contact) ? contact : now.address;
      const isSo = now.wanted === wanted && (!wanted || now.address === address);
      if (isSo || (wanted && !now.may)) return [];
      const of = { contact: one.id, siteNumber: one.siteNumber, name: kind, wanted, address } as const;
      return [{ kind: 'subscription-set', ...of, stays: false, at, by }];
    }),
  );
}

/** As they stand once that is written. */
export function after(
  subscribers: readonly [Subscriber, ...Subscriber[]],
  changes: readonly SubscriptionSet[],
): [Subscriber, ...Subscriber[]] {
  const [first, ...others] = subscribers;
  const stands = (one: Subscriber): Subscriber => {
    const own = changes.filter(({ contact }) => contact === one.id);
    const before = one.subscriptions.filter(({ kind }) => !own.some(({ name }) => name === kind));
    const said = own.map(({ name: kind, wanted, address }) => ({ kind, wanted, address }));
    return { ...one, subscriptions: [...before, ...said] };
  };
  return [stands(first), ...others.map(stands)];
}

/** POLICY §7 `UNSUBSCRIBE`, §10.6: at once, without a PIN and without a code: it takes nothing away that cannot be had back. */
export const setSubscription: Act<SetSubscription> = {
  name: 'set-subscription',
  input,
  right: 'own letters: update',
  does: 'ends letters of a kind to somebody, or lets them come again',
  gives: { changes: ['subscription-set'], letters: ['subscriptions'] },
  byMail: '`UNSUBSCRIBE`, `SUBSCRIBE`',
  byPage: 'the page of preferences, and one click in a mail program (RFC 8058)',
  needs: ({ contact, site }) => ({
    subscribers: /^\d+$/.test(contact) ? { contact } : { address: contact, site },
  }),
  judge(asked, { subscribers = [] }, given) {
    const [first, ...others] = subscribers;
    if (!first) return refused('not-found', `No letters that can be ended go to ${asked.contact}.`);
    const changes = subscriptionsSet(subscribers, asked, given);
    const { by } = given;
    const itself = by.kind === 'contact' || by.kind === 'mail';
    if (changes.length === 0 && !itself) {
      const may = asked.kinds.some((kind) => subscribers.some((one) => standingOf(kind, one, given.policy).may));
      if (!asked.wanted || may) return refused('conflict', `It is so already for ${asked.contact}.`);
      const what = `letters of the kind ${asked.kinds.join(', ')}`;
      return refused(
        'conflict',
        `The privileges of ${asked.contact} do not open ${what}; the privilege "downloads" does.`,
      );
    }
    // Whoever has pressed a button sees it on the page.
    const to = itself ? asked.contact : (changes[0]?.address ?? first.email);
    const told = { ...asked, to, changed: changes.length > 0 };
    const letter = subscriptionsLetter(after([first, ...others], changes), told, given);
    const says =
      changes.length === 0
        ? 'Nothing was to be changed.'
        : `Letters of the kind ${asked.kinds.join(', ')} ${asked.wanted ? 'come again' : 'have ended'}.`;
    return { kind: 'done', changes, letters: by.kind === 'preferences' ? [] : [letter], says };
  },
};
