import { contactMay } from '../../../registry/permissions.ts';
import { openCase } from '../../cases/open-case.ts';
import { evidenceOf, senderAt, siteOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { letIn } from '../../facts.ts';
import { lapsedLetters } from '../../letters/letters.ts';
import type { Rule } from '../../rule.ts';
import { mayOnlyFollow } from './may-only-follow.ts';

/** §3.r14 and r15: a good PIN (or licence number or service tag) from a contact of its site. */
export const newForSite: Rule = (context) => {
  const { named, sender, mail } = context;
  if (named.kind !== 'site' || sender === null) return null;
  const site = siteOf(context.facts, named.site);
  const contact = site ? senderAt(context, site.site.id) : null;
  if (!site || !contact) return null;
  if (!letIn(mail) && !contactMay('cases: update', contact, context.policy))
    return mayOnlyFollow(context, { site, contact, case: null });

  const linked = context.linked?.site === site.site.id ? context.linked : null;
  const attempt = openCase(context, { site, contact, address: sender, mail, linked });
  const evidence = evidenceOf(context, {
    site: site.site.number,
    contact: contact.id,
    role: contact.role,
    contract: attempt.contract,
  });
  const by = { pin: 'PIN', licence: 'licence number', release: 'site named on release', renewal: 'renewed contract' }[
    named.by
  ];
  if (attempt.kind === 'lapsed') {
    const { endedOn } = attempt;
    return {
      outcome: 'support-lapsed',
      rule: 'r15',
      reason: `The ${by} and the sender are those of site ${site.site.number}, but ${endedOn ? `its support ended on ${endedOn}` : 'it has no support'}.`,
      evidence,
      changes: noChanges,
      letters: lapsedLetters(context, { site, contact, address: sender, contract: attempt.contract, mail, case: null }),
    };
  }
  const how = attempt.opens.provisional
    ? 'is within the grace after its support ended'
    : attempt.opens.underCovered
      ? 'has fewer support than user licences'
      : attempt.contract.kind === 'trial'
        ? 'is in its trial'
        : 'is entitled to support';
  return {
    outcome: 'case-opened',
    changes: attempt.changes,
    rule: 'r14',
    reason: `The ${by} is that of site ${site.site.number}, the sender is on record there, and the site ${how}.${linked ? ` It names case ${linked.number}, and is linked to it.` : ''}`,
    evidence,
    letters: attempt.letters,
  };
};
