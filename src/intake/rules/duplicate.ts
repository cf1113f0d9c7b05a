import { duplicateDays } from '../../mail/mime/content-hash.ts';
import { caseNamed, filed } from '../cases/case-changes.ts';
import { evidenceOf } from '../context.ts';
import type { Rule } from '../rule.ts';

/** §3.r0: the same sender, Message-ID and content within 7 days came by another way. */
export const duplicate: Rule = (context) => {
  const { mail } = context;
  const { earlier } = context.facts;
  if (!earlier) return null;
  return {
    outcome: 'duplicate',
    changes: [
      {
        kind: 'mail-repeated',
        mail: mail.id,
        of: earlier.mail,
        case: earlier.case,
        at: mail.arrivedAt,
        by: { kind: 'mail', mail: mail.id },
      },
      ...filed(context, caseNamed(context, earlier.case)),
    ],
    rule: 'r0',
    reason: `The same mail (sender, Message-ID and content) was received as mail ${earlier.mail} within ${duplicateDays} days.`,
    evidence: evidenceOf(context),
    letters: [],
  };
};
