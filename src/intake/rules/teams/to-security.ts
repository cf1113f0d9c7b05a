import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { vulnerabilityLetters } from '../../letters/team-letters.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';

/** §3.r13: never a case, and no PIN is asked for or looked at. What answers our receipt goes where the report went. */
export const toSecurity: Rule = (context) => {
  const more = context.answered?.template === 'security-receipt';
  if (context.sender === null || (!more && !writtenTo(context).has('security'))) return null;
  const [contact] = context.facts.contacts;
  return {
    outcome: 'vulnerability-recorded',
    rule: 'r13',
    reason: more
      ? 'The mail answers our receipt for a report of a vulnerability; the security staff are told.'
      : 'The mail is written to the security address; the security staff are told at once.',
    evidence: evidenceOf(context, { site: null, contact: contact?.id ?? null, role: contact?.role ?? null }),
    changes: noChanges,
    letters: vulnerabilityLetters(context),
  };
};
