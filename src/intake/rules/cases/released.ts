import { openCase } from '../../cases/open-case.ts';
import { evidenceOf, siteOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { letIn } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** §3 "Held mail": a person has let it in though its sender is not on record at the site; it counts from its time of arrival. */
export const released: Rule = (context) => {
  const { named, sender, mail } = context;
  const site = letIn(mail) && named.kind === 'site' ? siteOf(context.facts, named.site) : null;
  if (!site || sender === null) return null;
  const attempt = openCase(context, { site, contact: null, address: sender, mail });
  const common = {
    rule: 'r14',
    evidence: evidenceOf(context, { site: site.site.number, contract: attempt.contract, note: 'released by a person' }),
  };
  if (attempt.kind === 'lapsed')
    return {
      ...common,
      outcome: 'support-lapsed',
      rule: 'r15',
      reason: `A person has released the mail for site ${site.site.number}, but the site has no support.`,
      changes: noChanges,
      letters: [],
    };
  return {
    ...common,
    outcome: 'case-opened',
    changes: attempt.changes,
    reason: `A person has released the mail for site ${site.site.number}; its sender is not on record there.`,
    letters: attempt.letters,
  };
};
