import { contactMay } from '../../../registry/permissions.ts';
import type { Contact } from '../../../registry/site.ts';
import { openCase } from '../../cases/open-case.ts';
import { type Context, evidenceOf, senderAt, siteOf } from '../../context.ts';
import { letIn, type SiteFacts } from '../../facts.ts';
import { licensingNotice } from '../../letters/team-letters.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';
import { mayOnlyFollow } from '../cases/may-only-follow.ts';

type Own = { readonly site: SiteFacts; readonly contact: Contact };

/** The site that the mail names, where the sender is on record there; else the only one. Of several they are asked which (r17). */
function ownSite(context: Context): Own | null {
  const { named, facts } = context;
  const own = (id: string): Own | null => {
    const site = siteOf(facts, id);
    const contact = site ? senderAt(context, id) : null;
    return site && contact ? { site, contact } : null;
  };
  const said = named.kind === 'site' ? own(named.site) : null;
  if (said) return said;
  const ids = new Set<string>(facts.contacts.map((contact) => contact.siteId));
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? own(only) : null;
}

/** §3.r13a: from a contact, a case of kind licensing. Licences outlive support: the contract decides how fast, not whether. */
export const toLicensing: Rule = (context) => {
  const { sender, mail } = context;
  if (sender === null || !writtenTo(context).has('licensing')) return null;
  const own = ownSite(context);
  if (!own) return null;
  const { site, contact } = own;
  if (!letIn(mail) && !contactMay('cases: update', contact, context.policy))
    return mayOnlyFollow(context, { site, contact, case: null });
  const attempt = openCase(context, { site, contact, address: sender, mail, licensing: true });
  if (attempt.kind === 'lapsed') return null;
  return {
    outcome: 'case-opened',
    changes: attempt.changes,
    rule: 'r13a',
    reason: `The mail is written to the licensing address, and the sender is on record at site ${site.site.number}.`,
    evidence: evidenceOf(context, {
      site: site.site.number,
      contact: contact.id,
      role: contact.role,
      contract: attempt.contract,
    }),
    letters: [...attempt.letters, ...licensingNotice(context, { site, contact, opens: attempt.opens })],
  };
};
