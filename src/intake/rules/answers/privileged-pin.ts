import { additionTo } from '../../cases/case-addition.ts';
import { besideAct } from '../../cases/case-changes.ts';
import { evidenceOf } from '../../context.ts';
import {
  judgePrivileged,
  textBesidePrivilegedPin,
  usedChanges,
  usedLetters,
  usedReason,
} from '../../pins/privileged-pin.ts';
import { confirmLetter } from '../../questions/confirm-letter.ts';
import { needsCodeForPrivileged } from '../../questions/confirmation.ts';
import type { ConfirmedAct } from '../../questions/confirmed-act.ts';
import type { Rule } from '../../rule.ts';

/** §3.r7: used on its own case, whatever thread the mail is in. From its owner *unverified* it is asked back, under `off` too (§11.2). */
export const privilegedPin: Rule = (context) => {
  const { use } = judgePrivileged(context);
  const on = use && context.facts.cases.find((one) => one.number === use.pin.case);
  if (!use || !on) return null;
  const { pin, contact, site } = use;
  const common = {
    rule: 'r7',
    changes: besideAct(context, on, contact.id, additionTo(context, on, site, textBesidePrivilegedPin(context))),
    evidence: evidenceOf(context, {
      site: site.site.number,
      contact: contact.id,
      role: contact.role,
      note: `privileged PIN ${pin.id}`,
    }),
  } as const;
  if (needsCodeForPrivileged(context)) {
    const act: ConfirmedAct = { kind: 'privileged-pin', site: pin.site, pin: pin.id };
    return {
      ...common,
      outcome: 'confirmation-asked',
      reason: `The privileged PIN of case ${pin.case} came from its owner's address, and whose mail it is was not verified (${context.mail.facts.gradeReason}); a code went to that address.`,
      letters: [confirmLetter(context, { act, contact, site, case: pin.case })],
    };
  }
  return {
    ...common,
    outcome: 'privileged-pin-used',
    changes: [...common.changes, ...usedChanges(context, use)],
    reason: usedReason(use),
    letters: usedLetters(context, use),
  };
};
