import { clockOfDays } from '../../../cases/rating.ts';
import { evidenceOf, siteOf } from '../../context.ts';
import { careLetters } from '../../letters/team-letters.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';

/**
 * §3.r13a: from anybody, and no PIN is asked for or looked at; client care has one business day, by the calendar of the sender's site
 * where there is one. What answers our receipt goes where the first mail went.
 */
export const toClientCare: Rule = (context) => {
  const more = context.answered?.template === 'care-receipt';
  if (context.sender === null || (!more && !writtenTo(context).has('care'))) return null;
  const { policy, mail, facts } = context;
  const [contact] = facts.contacts;
  const site = contact ? (siteOf(facts, contact.siteId)?.site ?? null) : null;
  const due = clockOfDays(mail.arrivedAt, policy.careBusinessDays, site, policy, policy.publicHolidays);
  return {
    outcome: 'care-recorded',
    rule: 'r13a',
    reason: more
      ? 'The mail answers our receipt for a mail to client care; client care is told.'
      : 'The mail is written to the client-care address; client care is told.',
    evidence: evidenceOf(context, {
      site: site?.number ?? null,
      contact: contact?.id ?? null,
      role: contact?.role ?? null,
      due,
    }),
    changes: [
      { kind: 'care-clock-started', mail: mail.id, due, at: mail.arrivedAt, by: { kind: 'mail', mail: mail.id } },
    ],
    letters: careLetters(context, { due, timezone: site?.timezone ?? 'UTC', site }),
  };
};
