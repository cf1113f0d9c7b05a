import { duplicateDays } from '../../mail/content-hash.ts';
import { evidenceOf } from '../context.ts';
import type { Rule } from '../rule.ts';

/** §3.r0: the same sender, Message-ID and content within 7 days came by another way. */
export const duplicate: Rule = (context) => {
  const { earlier } = context.facts;
  if (!earlier) return null;
  return {
    outcome: 'duplicate',
    of: earlier.mail,
    case: earlier.case,
    rule: 'r0',
    reason: `The same mail (sender, Message-ID and content) was received as mail ${earlier.mail} within ${duplicateDays} days.`,
    evidence: evidenceOf(context),
    letters: [],
  };
};
