import { type Context, evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { letIn } from '../../facts.ts';
import { staffNotice } from '../../letters/letters.ts';
import type { PlannedLetter } from '../../letters/planned-letter.ts';
import type { Rule } from '../../rule.ts';

/** Somebody may be writing in the name of one of our people: they all hear of it, once an hour for a name. */
function told(context: Context): PlannedLetter[] {
  const { mail, policy, sender } = context;
  const from = policy.desk.people.find(({ email }) => email === sender)?.email;
  if (mail.facts.grade !== 'failed' || from === undefined) return [];
  const { title } = mail.facts;
  const why = 'failed';
  return staffNotice(
    context,
    { kind: 'staff-answer-held', why, from, title, case: null },
    `staff-answer-held:${why}:${from}`,
  );
}

/** §3.r4, §11.2. Nothing is sent to the sender: whoever is named in From did not write this, or cannot be told. */
export const unauthenticated: Rule = (context) => {
  const { facts } = context.mail;
  const mode = context.policy.desk.senderAuth;
  const reason =
    facts.from.kind !== 'one'
      ? {
          none: 'The mail names no sender.',
          several: 'The mail names several senders.',
          malformed: 'The From line of the mail is not one plain address.',
        }[facts.from.kind]
      : facts.grade === 'failed' && mode !== 'off'
        ? `The sender failed the check: ${facts.gradeReason}.`
        : facts.grade !== 'verified' && mode === 'all'
          ? `Only verified senders are let in, and this one is not: ${facts.gradeReason}.`
          : null;
  // A person has looked at it and let it in; whose it is has to be plain all the same.
  if (reason === null || (letIn(context.mail) && facts.from.kind === 'one')) return null;
  return {
    outcome: 'held-unauthenticated',
    rule: 'r4',
    reason,
    evidence: evidenceOf(context),
    changes: noChanges,
    letters: told(context),
  };
};
