import { evidenceOf } from '../context.ts';
import type { Rule } from '../decide.ts';
import { pinNeededLetter } from '../letters.ts';

const says = {
  none: 'no PIN',
  unknown: 'a PIN that is not on record',
  retired: 'a PIN that is no longer good',
  several: 'more than one PIN',
  site: '',
} as const;

/** §3.r17: somebody we know; a reply with the PIN mends it. */
export const pinNeeded: Rule = (context) => {
  const [contact] = context.facts.contacts;
  if (!contact || context.sender === null) return null;
  const by =
    context.named.kind === 'several' && !context.mail.facts.pins.some((pin) => /^[0-9]/.test(pin))
      ? 'licence numbers of more than one site'
      : says[context.named.kind];
  return {
    outcome: 'held-pin-needed',
    rule: 'r17',
    reason: `The sender is on record, but the mail has ${by}; a reply with the PIN opens the case.`,
    evidence: evidenceOf(context, { contact: contact.id, role: contact.role, note: context.named.kind }),
    letters: pinNeededLetter(context, contact),
  };
};
