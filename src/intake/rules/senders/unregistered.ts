import type { Contact } from '../../../registry/site.ts';
import { type Context, evidenceOf, siteOf } from '../../context.ts';
import { neutralReceipt, pinNeededLetter } from '../../letters/letters.ts';
import type { PlannedLetter } from '../../letters/planned-letter.ts';
import { contactTriesOf, triesOf } from '../../pins/guessing.ts';
import { askAboutSender } from '../../questions/ask-about-sender.ts';
import { askAgain, openQuestion } from '../../questions/open-question.ts';
import type { Rule } from '../../rule.ts';

/** Nothing may tell this PIN from one that nobody has: an answer to a question of ours is asked back as it would be with that one (§3.r16a). */
function lettersTo(context: Context, contact: Contact): PlannedLetter[] {
  const question = openQuestion(context);
  return question ? askAgain(context, question) : pinNeededLetter(context, contact);
}

/**
 * §3.r16: a good PIN, but the sender is not on record at its site. A contact of another site is told what they would be told of a PIN
 * that nobody has, and may answer with their own.
 */
export const unregistered: Rule = (context) => {
  const { named } = context;
  const site = named.kind === 'site' ? siteOf(context.facts, named.site) : null;
  if (!site) return null;
  const [contact] = context.facts.contacts;
  return {
    outcome: 'held-unregistered',
    rule: 'r16',
    reason: `The mail names site ${site.site.number}, but the sender is not on record there.`,
    evidence: evidenceOf(context),
    letters: contact ? lettersTo(context, contact) : neutralReceipt(context),
    changes: [
      ...askAboutSender(context, { site: site.site.id, case: null }),
      ...(contact ? contactTriesOf(context) : triesOf(context)),
    ],
  };
};
