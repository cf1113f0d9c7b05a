/** Reading this list is reading POLICY §3: in this order, the first rule that applies decides. */

import { type Context, contextOf } from './context.ts';
import type { Decision } from './decision.ts';
import type { Facts, MailAtHand } from './facts.ts';
import { limitLetters } from './letters/letters.ts';
import { privilegedTryOf } from './pins/privileged-pin.ts';
import type { Policy } from './policy.ts';
import type { Rule } from './rule.ts';
import { accessDecided, accessUnclear } from './rules/access/decide.ts';
import { registrationRequested } from './rules/access/register.ts';
import { accessRequested } from './rules/access/request.ts';
import { accessVerified } from './rules/access/verify.ts';
import { answerAboutSenders } from './rules/answers/answer-about-senders.ts';
import { answerAttestation } from './rules/answers/answer-attestation.ts';
import { answerNotUnderstood } from './rules/answers/answer-not-understood.ts';
import { answerToQuestion } from './rules/answers/answer-to-question.ts';
import { satisfactionAnswered, solutionConfirmed } from './rules/answers/closing-answers.ts';
import { selfService } from './rules/answers/command.ts';
import { confirmationCode } from './rules/answers/confirmation-code.ts';
import { privilegedPin } from './rules/answers/privileged-pin.ts';
import { staffAnswer } from './rules/answers/staff-answer.ts';
import { subscription } from './rules/answers/subscription.ts';
import { automatic } from './rules/automatic.ts';
import { bounce } from './rules/bounce.ts';
import { linkedCase } from './rules/cases/linked-case.ts';
import { newForSite } from './rules/cases/new-for-site.ts';
import { ownCase } from './rules/cases/own-case.ts';
import { released } from './rules/cases/released.ts';
import { replyFromOurs, replyFromStranger } from './rules/cases/reply.ts';
import { duplicate } from './rules/duplicate.ts';
import { pinGuessing } from './rules/senders/pin-guessing.ts';
import { pinNeeded } from './rules/senders/pin-needed.ts';
import { unauthenticated } from './rules/senders/unauthenticated.ts';
import { unknown } from './rules/senders/unknown.ts';
import { unregistered } from './rules/senders/unregistered.ts';
import { besideSupport } from './rules/teams/beside-support.ts';
import { toClientCare } from './rules/teams/to-client-care.ts';
import { toLicensing } from './rules/teams/to-licensing.ts';
import { toPostmaster } from './rules/teams/to-postmaster.ts';
import { toRenewals } from './rules/teams/to-renewals.ts';
import { toSecurity } from './rules/teams/to-security.ts';
import { unreadable } from './rules/unreadable.ts';
import { withToldSecrets } from './told-secrets.ts';

export const rules: readonly Rule[] = [
  duplicate, // r0
  unreadable, // r1
  bounce, // r2
  automatic, // r3
  unauthenticated, // r4
  answerToQuestion, // r5
  answerAboutSenders, // r5
  accessVerified, // r5
  answerAttestation, // r5
  confirmationCode, // r5
  accessDecided, // r5
  solutionConfirmed, // r5
  satisfactionAnswered, // r5
  ownCase, // r5
  staffAnswer, // r6
  privilegedPin, // r7
  subscription, // r5, r8
  selfService, // r8
  replyFromOurs, // r9
  linkedCase, // r9
  replyFromStranger, // r10
  besideSupport, // r14, where r12 to r13a would take it from support
  registrationRequested, // r11
  accessRequested, // r11
  toRenewals, // r12
  toSecurity, // r13
  toClientCare, // r13a
  toLicensing, // r13a
  newForSite, // r14, r15
  released, // held mail that a person lets in
  pinGuessing, // r18, before a PIN is looked up for somebody not on record
  toPostmaster, // r18, before a PIN is asked for
  unregistered, // r16
  accessUnclear, // r16a
  answerNotUnderstood, // r16a
  pinNeeded, // r17
];

/**
 * Decides one mail. `now` is PostgreSQL's clock (ISO 8601), used for the numbers of letters only: contract, clock and close
 * count from the moment the mail arrived (§2). The letters come back with their fate: sent, waiting or suppressed and why.
 */
export function decide(mail: MailAtHand, facts: Facts, policy: Policy, now: string): Decision {
  const context = contextOf(mail, facts, policy, now);
  for (const rule of rules) {
    const decision = rule(context);
    if (decision) return completed(decision, context);
  }
  return completed(unknown(context), context); // r18
}

const completed = (decision: Decision, context: Context): Decision =>
  withToldSecrets(limitLetters(withPrivilegedTry(decision, context), context), context);

/** Nothing is looked at in copies, reports and automatic mail; of mail that failed its check only PINs that are really ours are told. */
const untold: ReadonlySet<string> = new Set(['r0', 'r1', 'r2', 'r3', 'r7']);

/** §3.r7: whatever else becomes of a mail whose privileged PIN is not used, our people are told. */
function withPrivilegedTry(decision: Decision, context: Context): Decision {
  if (untold.has(decision.rule) || decision.changes.some(({ kind }) => kind === 'privileged-pin-used')) return decision;
  const tried = privilegedTryOf(context);
  if (tried === null || (decision.rule === 'r4' && tried.pin === null)) return decision;
  return { ...decision, changes: [...decision.changes, tried] };
}
