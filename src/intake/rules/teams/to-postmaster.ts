import { evidenceOf } from '../../context.ts';
import { postmasterLetters } from '../../letters/team-letters.ts';
import { unheard } from '../../loops/unheard.ts';
import { triesOf } from '../../pins/guessing.ts';
import type { Rule } from '../../rule.ts';
import { isForPostmaster } from '../../written-to.ts';

/**
 * §3.r18 for mail to `postmaster@` of a domain of ours (RFC 5321 §4.5.1): held for a person, and the staff are told. It comes behind
 * whatever is decided from what a mail says, so that a reply, a command or a good PIN counts here as well; only who would be asked for a
 * PIN is not: such mail is mostly about mail.
 */
export const toPostmaster: Rule = (context) => {
  // What answers a letter of ours is asked what was meant (r16a, r17), wherever it was sent.
  if (context.sender === null || context.answered !== null || unheard(context) !== null) return null;
  if (!isForPostmaster(context)) return null;
  const [contact] = context.facts.contacts;
  return {
    outcome: 'held-unknown',
    rule: 'r18',
    reason: 'The mail is written to the postmaster of our domain; the staff are told (postmaster).',
    evidence: evidenceOf(context, { contact: contact?.id ?? null, role: contact?.role ?? null, note: 'postmaster' }),
    letters: postmasterLetters(context),
    changes: triesOf(context),
  };
};
