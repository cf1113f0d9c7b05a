/**
 * POLICY §3 "Guessing": from senders not on record so many wrong PINs from one address or one domain, and no PIN of theirs is
 * looked up for a day. Contacts are never counted and never locked, whatever others of their domain do.
 *
 * Two counts go side by side. The wrong ones end the looking up, as the policy says. All of them, right and wrong, end the
 * receipts: were silence to follow from the wrong ones only, nineteen known wrong PINs and one to be tried would tell by the
 * next receipt whether that one was right.
 */
import { goodPin, type Pin } from '../registry/pin.ts';
import type { Context } from './context.ts';
import { letIn } from './facts.ts';
import { guessKeys } from './guess-keys.ts';
import type { Policy } from './policy.ts';

export type PinTries = {
  /** What is counted for, each with the number that locks it. */
  readonly keys: readonly { readonly key: string; readonly most: number }[];
  readonly tried: number;
  readonly wrong: number;
  readonly withinMinutes: number;
  readonly lockHours: number;
};

const isGood = (pin: string, known: readonly Pin[], arrivedAt: string, policy: Policy): boolean =>
  /^[0-9]{3,10}$/.test(pin) &&
  goodPin(
    known.filter((one) => one.pin === pin),
    arrivedAt,
    policy,
  ) !== null;

/**
 * What this mail tries, null where there is nothing to count: two PINs in one mail count both, a privileged PIN of somebody not on
 * record is always wrong, and a licence number or service tag counts in the place of a PIN.
 */
export function triesOf(context: Context): PinTries | null {
  const { facts, mail, policy, sender } = context;
  if (sender === null || facts.contacts.length > 0 || letIn(mail)) return null;
  const { pins } = mail.facts;
  const licences = pins.length > 0 ? [] : mail.facts.licenceNumbers;
  const wrong =
    pins.filter((pin) => !isGood(pin, facts.pins, mail.arrivedAt, policy)).length +
    licences.filter((number) => !facts.licences.some((one) => one.number === number)).length;
  const tried = pins.length + licences.length;
  if (tried === 0) return null;
  const { wrongPerAddress, wrongPerDomain, withinMinutes, lockHours } = policy.guessing;
  const [address, domain] = guessKeys(sender);
  const keys = [
    { key: address, most: wrongPerAddress },
    { key: domain, most: wrongPerDomain },
  ];
  return { keys, tried, wrong, withinMinutes, lockHours };
}
