import { besidesOn } from '../besides.ts';
import { besideAct } from '../case-changes.ts';
import { confirmLetter } from '../confirm-letter.ts';
import { needsCodeForPrivileged } from '../confirmation.ts';
import type { ConfirmedAct } from '../confirmed-act.ts';
import { evidenceOf } from '../context.ts';
import { besidePin, judgePrivileged, usedChanges, usedLetters, usedReason } from '../privileged-pin.ts';
import type { Rule } from '../rule.ts';

/** §3.r7: used on its own case, whatever thread the mail is in. From its owner *unverified* it is asked back, under `off` too (§11.2). */
export const privilegedPin: Rule = (context) => {
  const { use } = judgePrivileged(context);
  const on = use && context.facts.cases.find((one) => one.number === use.pin.case);
  if (!use || !on) return null;
  const { pin, contact, site } = use;
  const common = {
    rule: 'r7',
    changes: besideAct(context, on, contact.id, besidesOn(context, on, site, besidePin(context))),
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
      command: null,
      act,
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
