import { keepAnswers, otherLines } from '../../../mail/answers/keep-answer.ts';
import { addressesOf } from '../../../registry/registry-rules.ts';
import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { askedToAttest, runAttestation, saidIn } from '../../questions/attestation.ts';
import { confirmLetter } from '../../questions/confirm-letter.ts';
import { needsCode } from '../../questions/confirmation.ts';
import type { Rule } from '../../rule.ts';

/** §3.r5, §8.10: who stays on record and who goes, from the new text of a decider of the site, *verified* or by a code (§11.2). */
export const answerAttestation: Rule = (context) => {
  const about = askedToAttest(context);
  const { facts } = context.mail;
  if (!about || facts.nothingOwn) return null;
  // Other lines, such as `ADD`, are commands, and all of a mail is done together.
  const own = addressesOf(about.contact);
  if (otherLines(facts.newText, own).length > 0) return null;
  const said = saidIn(keepAnswers(facts.newText), about);
  // Without an answer it is what it would be without the question (§3.r16a).
  if (said === null) return null;
  const { contact, site } = about;
  const evidence = evidenceOf(context, { site: site.site.number, contact: contact.id, role: contact.role });
  if (needsCode(context))
    return {
      outcome: 'confirmation-asked',
      rule: 'r5',
      reason: `The answer would decide who stays on record, and whose it is was not verified (${facts.gradeReason}); a code went to the address on record.`,
      evidence,
      changes: noChanges,
      letters: [
        confirmLetter(context, { act: { kind: 'attest', site: site.site.id, said }, contact, site, case: null }),
      ],
    };
  const { reason, letters, changes = noChanges } = runAttestation(context, about, said);
  return { outcome: 'answer-settled', rule: 'r5', reason, evidence, changes, letters };
};
