/**
 * POLICY §3 "Guessing": from senders not on record so many wrong PINs from one address or one domain, and no PIN of theirs is
 * looked up for a day. Contacts are not counted with them and not locked with them, whatever others of their domain do: of a contact the
 * PINs of others are counted by themselves, and the own ones are served whatever that comes to.
 *
 * Two counts go side by side. The wrong ones end the looking up, as the policy says. All of them, right and wrong, end the
 * receipts: were silence to follow from the wrong ones only, nineteen known wrong PINs and one to be tried would tell by the
 * next receipt whether that one was right.
 */

import { numberTried } from '../../acts/pins/number-tried.ts';
import type { PinTried } from '../../changes/pins/pin.ts';
import type { ContactId } from '../../foundation/ids.ts';
import { goodPin, type Pin } from '../../registry/pin.ts';
import { sitesOf } from '../../registry/recognise.ts';
import type { Context } from '../context.ts';
import { letIn } from '../facts.ts';
import type { Policy } from '../policy.ts';

const isGood = (pin: string, known: readonly Pin[], arrivedAt: string, policy: Policy): boolean =>
  /^[0-9]{3,10}$/.test(pin) &&
  goodPin(
    known.filter((one) => one.pin === pin),
    arrivedAt,
    policy,
  ) !== null;

const counted = ({ mail }: Context, count: Omit<PinTried, 'kind' | 'mail' | 'at' | 'by'>): readonly PinTried[] => [
  { kind: 'pin-tried', mail: mail.id, ...count, at: mail.arrivedAt, by: { kind: 'mail', mail: mail.id } },
];
const nothing: readonly PinTried[] = [];

/**
 * What this mail tries, empty where there is nothing to count: two PINs in one mail count both, a privileged PIN of somebody not on
 * record is always wrong, and a licence number or service tag counts in the place of a PIN.
 */
export function triesOf(context: Context): readonly PinTried[] {
  const { facts, mail, policy, sender } = context;
  if (sender === null || facts.contacts.length > 0 || letIn(mail)) return nothing;
  const { pins } = mail.facts;
  const licences = pins.length > 0 ? [] : mail.facts.licenceNumbers;
  const wrong =
    pins.filter((pin) => !isGood(pin, facts.pins, mail.arrivedAt, policy)).length +
    licences.filter((number) => !facts.licences.some((one) => one.number === number)).length;
  const tried = pins.length + licences.length;
  if (tried === 0) return nothing;
  const by = { kind: 'mail', mail: mail.id } as const;
  return [numberTried(sender, { mail: mail.id, tried, wrong, at: mail.arrivedAt, by }, policy.guessing)];
}

const day = 24;

/** The lock of a contact, by every record that the sender's address has. It holds no `@`, as those of addresses and domains do. */
const contactKey = (id: ContactId): string => `contact:${id}`;

/**
 * PINs, licence numbers and site numbers that a contact has named and that are none of the own sites', right or wrong: what is told of
 * them is the same, and so is what they count. Numbers that are only read loosely are looked up nowhere else and count for nothing.
 */
export function othersNamed(context: Context): number {
  const { facts, mail, sender } = context;
  if (sender === null || facts.contacts.length === 0 || letIn(mail)) return 0;
  const own = sitesOf(facts.contacts, sender);
  const pins = mail.facts.pins.filter((pin) => /^[0-9]{3,10}$/.test(pin));
  const others = (known: readonly { site: string }[]) => !known.some((one) => own.some((site) => site === one.site));
  if (pins.length > 0)
    return pins.filter((pin) => others(facts.pins.flatMap((one) => (one.pin === pin ? [{ site: one.siteId }] : []))))
      .length;
  if (context.named.kind === 'site' && own.includes(context.named.site)) return 0;
  return mail.facts.licenceNumbers.filter((number) => others(facts.licences.filter((one) => one.number === number)))
    .length;
}

/** Empty where there is nothing to count; what is looked up no more is not counted either. */
export function contactTriesOf(context: Context): readonly PinTried[] {
  const n = othersNamed(context);
  if (n === 0 || context.facts.pinLock.contact) return nothing;
  const { othersPerContact, lockHours } = context.policy.guessing;
  const keys = context.facts.contacts.map((contact) => ({ key: contactKey(contact.id), most: othersPerContact }));
  return counted(context, { keys, tried: n, wrong: n, withinMinutes: day * 60, lockHours });
}
