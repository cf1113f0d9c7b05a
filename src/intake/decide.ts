/** Reading this list is reading POLICY §3: in this order, the first rule that applies decides. */

import { type Context, contextOf } from './context.ts';
import type { Decision } from './decision.ts';
import type { Facts, MailAtHand } from './facts.ts';
import { settleLetters } from './letters.ts';
import type { Policy } from './policy.ts';
import { privilegedTryOf } from './privileged-pin.ts';
import type { Rule } from './rule.ts';
import { answerAboutSenders } from './rules/answer-about-senders.ts';
import { answerNotUnderstood } from './rules/answer-not-understood.ts';
import { answerToQuestion } from './rules/answer-to-question.ts';
import { automatic } from './rules/automatic.ts';
import { besideSupport } from './rules/beside-support.ts';
import { bounce } from './rules/bounce.ts';
import { selfService } from './rules/command.ts';
import { confirmationCode } from './rules/confirmation-code.ts';
import { duplicate } from './rules/duplicate.ts';
import { linkedCase } from './rules/linked-case.ts';
import { newForSite } from './rules/new-for-site.ts';
import { ownCase } from './rules/own-case.ts';
import { pinGuessing } from './rules/pin-guessing.ts';
import { pinNeeded } from './rules/pin-needed.ts';
import { privilegedPin } from './rules/privileged-pin.ts';
import { released } from './rules/released.ts';
import { replyFromOurs, replyFromStranger } from './rules/reply.ts';
import { toClientCare } from './rules/to-client-care.ts';
import { toLicensing } from './rules/to-licensing.ts';
import { toPostmaster } from './rules/to-postmaster.ts';
import { toRenewals } from './rules/to-renewals.ts';
import { toSecurity } from './rules/to-security.ts';
import { unauthenticated } from './rules/unauthenticated.ts';
import { unknown } from './rules/unknown.ts';
import { unreadable } from './rules/unreadable.ts';
import { unregistered } from './rules/unregistered.ts';
import { withToldSecrets } from './told-secrets.ts';

export const rules: readonly Rule[] = [
  duplicate, // r0
  unreadable, // r1
  bounce, // r2
  automatic, // r3
  unauthenticated, // r4
  answerToQuestion, // r5
  answerAboutSenders, // r5
  confirmationCode, // r5
  ownCase, // r5
  privilegedPin, // r7
  selfService, // r8
  replyFromOurs, // r9
  linkedCase, // r9
  replyFromStranger, // r10
  besideSupport, // r14, where r12 to r13a would take it from support
  toRenewals, // r12
  toSecurity, // r13
  toClientCare, // r13a
  toLicensing, // r13a
  newForSite, // r14, r15
  released, // held mail that a person lets in
  pinGuessing, // r18, before a PIN is looked up for somebody not on record
  toPostmaster, // r18, before a PIN is asked for
  unregistered, // r16
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
  withToldSecrets(settleLetters(withPrivilegedTry(decision, context), context), context);

/** Nothing is looked at in copies, reports and automatic mail; of mail that failed its check only PINs that are really ours are told. */
const untold: ReadonlySet<string> = new Set(['r0', 'r1', 'r2', 'r3', 'r7']);

/** §3.r7: whatever else becomes of a mail whose privileged PIN is not used, our people are told. */
function withPrivilegedTry(decision: Decision, context: Context): Decision {
  if (untold.has(decision.rule) || decision.changes?.some(({ kind }) => kind === 'privileged-pin-used'))
    return decision;
  const tried = privilegedTryOf(context);
  if (tried === null || (decision.rule === 'r4' && tried.pin === null)) return decision;
  return { ...decision, changes: [...(decision.changes ?? []), tried] };
}
