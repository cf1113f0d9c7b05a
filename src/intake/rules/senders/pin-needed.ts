import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { contactGuessesNotice, pinNeededLetter } from '../../letters/letters.ts';
import { contactTriesOf, othersNamed } from '../../pins/guessing.ts';
import type { Rule } from '../../rule.ts';

const says = {
  none: 'no PIN',
  unknown: 'a PIN that is not on record',
  retired: 'a PIN that is no longer good',
  several: 'more than one PIN',
  unclear: 'a number of which it is not clear that it is meant for one of the sender’s sites',
  site: '',
} as const;

/** §3.r17: somebody we know; a reply with the PIN mends it. */
export const pinNeeded: Rule = (context) => {
  const [contact] = context.facts.contacts;
  if (!contact || context.sender === null) return null;
  const { named, mail } = context;
  const by =
    named.kind === 'several' &&
    !mail.facts.pins.some((pin) => /^[0-9]/.test(pin)) &&
    mail.facts.licenceNumbers.length > 1
      ? 'licence numbers of more than one site'
      : says[named.kind];
  const common = {
    outcome: 'held-pin-needed',
    rule: 'r17',
    evidence: evidenceOf(context, { contact: contact.id, role: contact.role, note: named.kind }),
  } as const;
  // §3 "Guessing": what they are told is what it always is.
  if (context.facts.pinLock.contact && othersNamed(context) > 0)
    return {
      ...common,
      reason:
        'The sender is on record and has named too many PINs of others today, so none but their own is looked up (pin-guessing).',
      code: 'pin-guessing',
      changes: noChanges,
      letters: [...pinNeededLetter(context, contact), ...contactGuessesNotice(context, contact)],
    };
  return {
    ...common,
    reason: `The sender is on record, but the mail has ${by}; a reply with the PIN opens the case.`,
    letters: pinNeededLetter(context, contact),
    changes: contactTriesOf(context),
  };
};
