import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { renewalNotice } from '../../letters/team-letters.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';

/**
 * §3.r12: to the representative, and nothing to the sender: a person answers. No PIN is looked at. An answer to a letter about a
 * renewal stays with that (§10.4), whichever of our addresses it goes to.
 */
export const toRenewals: Rule = (context) => {
  const { sender, answered, mail, now: at } = context;
  const asks = answered?.asks?.kind === 'renewal' ? answered.asks : null;
  const to = writtenTo(context);
  if (sender === null || (asks === null && (to.size !== 1 || !to.has('renewals')))) return null;
  const [contact] = context.facts.contacts;
  return {
    outcome: 'renewal-answered',
    rule: 'r12',
    reason:
      asks === null
        ? 'The mail is written to the renewals address; the renewal team is told.'
        : `The mail answers letter ${answered?.id} about a renewal; the renewal team is told.`,
    evidence: evidenceOf(context, { site: null, contact: contact?.id ?? null, role: contact?.role ?? null }),
    changes:
      asks === null
        ? noChanges
        : [{ kind: 'renewal-answered', renewal: asks.step, mail: mail.id, at, by: { kind: 'mail', mail: mail.id } }],
    letters: renewalNotice(context, asks?.step),
  };
};
