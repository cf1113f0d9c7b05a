import { writerOn } from '../../cases/may-write.ts';
import { openCase } from '../../cases/open-case.ts';
import { evidenceOf, siteOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { letIn } from '../../facts.ts';
import { lapsedLetters } from '../../letters/letters.ts';
import type { Rule } from '../../rule.ts';
import { mayOnlyFollow } from './may-only-follow.ts';

/**
 * §3 "The case number": a mail that names a case by its bare number and is to be one of its own, without a PIN: at severity 1
 * or 2, or where that case is closed. With the PIN it is r14's.
 */
export const linkedCase: Rule = (context) => {
  const { linked: old, sender, mail } = context;
  if (!old || sender === null || context.named.kind !== 'none') return null;
  const site = siteOf(context.facts, old.site);
  const { contact, admitted, mayNotAnswer } = writerOn(context.facts, sender, old, context.policy);
  if (site && contact && mayNotAnswer && !letIn(mail)) return mayOnlyFollow(context, { site, contact, case: null });
  if (!site || !(admitted || mayNotAnswer)) return null;
  const attempt = openCase(context, { site, contact, address: sender, mail, linked: old });
  const evidence = evidenceOf(context, {
    site: site.site.number,
    contact: contact?.id ?? null,
    role: contact?.role ?? 'participant',
    contract: attempt.contract,
  });
  if (attempt.kind === 'lapsed') {
    return {
      outcome: 'support-lapsed',
      rule: 'r15',
      reason: `The subject names case ${old.number} of site ${site.site.number}, whose support has ended.`,
      evidence,
      changes: noChanges,
      letters: contact
        ? lapsedLetters(context, { site, contact, address: sender, contract: attempt.contract, mail, case: null })
        : [],
    };
  }
  return {
    outcome: 'case-followed-up',
    changes: attempt.changes,
    rule: 'r9',
    reason: `The subject names case ${old.number}${old.status === 'closed' ? ', which is closed' : ` at severity ${attempt.opens.severity}`}: a new case that is linked to it.`,
    evidence,
    letters: attempt.letters,
  };
};
