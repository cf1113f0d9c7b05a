import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { renewalNotice } from '../../letters/team-letters.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';

/** §3.r12: to the representative, and nothing to the sender: a person answers. No PIN is looked at. */
export const toRenewals: Rule = (context) => {
  const to = writtenTo(context);
  if (context.sender === null || to.size !== 1 || !to.has('renewals')) return null;
  const [contact] = context.facts.contacts;
  return {
    outcome: 'renewal-answered',
    rule: 'r12',
    reason: 'The mail is written to the renewals address; the renewal team is told.',
    evidence: evidenceOf(context, { site: null, contact: contact?.id ?? null, role: contact?.role ?? null }),
    changes: noChanges,
    letters: renewalNotice(context),
  };
};
