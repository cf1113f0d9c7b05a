import type { Contact } from '../../../registry/site.ts';
import { filed } from '../../cases/case-changes.ts';
import { type Context, evidenceOf } from '../../context.ts';
import type { Decision } from '../../decision.ts';
import type { CaseFacts, SiteFacts } from '../../facts.ts';
import { mayOnlyFollowLetter } from '../../letters/letters.ts';

type Of = { readonly site: SiteFacts; readonly contact: Contact; readonly case: CaseFacts | null };

/**
 * §11.7: a contact whose privileges open no cases has written a new mail, or answered one. It is held for a person, and they are told what
 * they can do: their privileges are the customer's own decision, and no mail changes them.
 */
export function mayOnlyFollow(context: Context, { site, contact, case: on }: Of): Decision {
  return {
    outcome: 'held-may-only-follow',
    rule: on ? 'r9' : 'r14',
    reason: on
      ? `A reply to case ${on.number} from a contact of its site whose privileges do not include to answer cases.`
      : `The sender is on record at site ${site.site.number}, but their privileges do not include to open cases.`,
    evidence: evidenceOf(context, { site: site.site.number, contact: contact.id, role: contact.role }),
    changes: filed(context, on ?? undefined, contact.id),
    letters: mayOnlyFollowLetter(context, { site, contact, on }),
  };
}
