/**
 * Whether a mail is an answer of our own people to a notification (POLICY §3.r6): from staff on record, *verified* whatever the setting,
 * with the token of a notification that went to that very address. What only looks like one never reaches a customer and is never
 * taken for a customer's mail.
 */
import type { WorkedCase } from '../../acts/cases/records.ts';
import type { WorkAsks } from '../../outbound/letter.ts';
import type { StaffMember } from '../../staff/staff.ts';
import { writerOn } from '../cases/may-write.ts';
import { type Context, senderAt } from '../context.ts';
import type { LetterFacts } from '../facts.ts';
import type { HeldAnswer } from './held-answer.ts';

export type Token = {
  readonly letter: LetterFacts;
  readonly asks: WorkAsks;
  readonly staff: StaffMember;
  readonly on: WorkedCase;
};
type Checked =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'held'; readonly why: HeldAnswer }
  | null;

const held = (why: HeldAnswer): Checked => ({ kind: 'held', why });

/** Our people are contacts here and there: on a case of their own site they are customers like any others. */
function isOwnCase(context: Context): boolean {
  const { thread, named, sender, facts, answered } = context;
  if (sender === null) return false;
  if (thread) return writerOn(facts, sender, thread.case).admitted;
  if (named.kind === 'site') return senderAt(context, named.site) !== null;
  return answered !== null && facts.contacts.length > 0;
}

/** From somebody who has no part in the case, or had it as one of ours. */
function withoutPart(context: Context, asks: WorkAsks, staff: StaffMember | null): Checked {
  const { thread, sender, facts } = context;
  if (staff === null && asks.staff === sender) return held('has-left');
  // Forwarded to the customer, who answers: a reply to the case like any other (§3.r9).
  if (staff === null && thread && sender !== null && writerOn(facts, sender, thread.case).admitted) return null;
  return held('not-theirs');
}

export function checkToken(context: Context): Checked {
  const { mail, policy, sender, answered, thread, named, facts } = context;
  if (sender === null) return null;
  const staff = policy.desk.people.find(({ email }) => email === sender) ?? null;
  const asks = answered?.asks?.kind === 'work' ? answered.asks : null;
  if (!answered || !asks) {
    const pointsToUs = thread !== null || named.kind === 'site' || answered !== null;
    return staff === null || !pointsToUs || isOwnCase(context) ? null : held('no-token');
  }
  if (staff === null || asks.staff !== sender || answered.to !== sender) return withoutPart(context, asks, staff);
  if (mail.facts.grade !== 'verified') return held('not-verified');
  if (mail.facts.unanswerable === 'list') return held('by-list');
  // Of two cases nobody can say which is meant.
  if (mail.facts.threads.some((hint) => hint.case !== null && hint.case !== asks.case)) return held('several-cases');
  const { work } = facts;
  if (!work || work.on.number !== asks.case) return held('no-case');
  if (work.repeats !== null || facts.messageIdUsedBefore) return held('repeated');
  return { kind: 'token', token: { letter: answered, asks, staff, on: work.on } };
}
