import { evidenceOf, siteOf } from '../context.ts';
import type { Rule } from '../decide.ts';
import { triesOf } from '../guessing.ts';
import { neutralReceipt } from '../letters.ts';

/** §3.r16: a good PIN, but the sender is not on record at its site. */
export const unregistered: Rule = (context) => {
  const { named } = context;
  const site = named.kind === 'site' ? siteOf(context.facts, named.site) : null;
  if (!site) return null;
  const pinTries = triesOf(context);
  return {
    outcome: 'held-unregistered',
    site: site.site.id,
    rule: 'r16',
    reason: `The mail names site ${site.site.number}, but the sender is not on record there.`,
    evidence: evidenceOf(context),
    letters: neutralReceipt(context),
    ...(pinTries ? { pinTries } : {}),
  };
};
