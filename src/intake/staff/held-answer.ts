/** Mail of our own people, or what looks like it, that is not acted on (POLICY §3.r6). */
import type { StaffAnswerHeld } from '../../outbound/letter.ts';
import { type Context, evidenceOf } from '../context.ts';
import { type Decision, noChanges } from '../decision.ts';
import { staffNotice } from '../letters/letters.ts';
import { workByMail } from './work-by-mail.ts';

/** `failed` is held by §3.r4, which tells of it. */
export type HeldAnswer = Exclude<StaffAnswerHeld, 'failed'>;

const says: Record<HeldAnswer, string> = {
  'not-verified': 'its sender is not verified, which it needs in every setting',
  'not-theirs': 'it answers a notification that went to somebody else',
  'no-token': 'it answers no notification to that person',
  'has-left': 'its sender is none of our people any more',
  repeated: 'the same answer came before',
  'by-list': 'it came through a mailing list',
  'no-case': 'its case is not to be found',
  'no-notification': 'the words of its notification are not kept any more',
  'several-cases': 'it names more than one case',
};

/** Nothing of it reaches a customer, and nothing changes; a person looks at it. */
export function held(context: Context, why: HeldAnswer): Decision {
  const { answered, mail, sender, thread } = context;
  const number = answered?.case ?? thread?.case.number ?? null;
  const { title } = mail.facts;
  const from = sender ?? '';
  return {
    outcome: 'held-staff-answer',
    rule: 'r6',
    reason: `A mail of our own people, or to them, was not acted on: ${says[why]}.`,
    evidence: evidenceOf(context, { note: why }),
    changes: noChanges,
    letters: [
      ...staffNotice(
        context,
        { kind: 'staff-answer-held', why, from, title, case: number },
        `staff-answer-held:${why}:${from}`,
      ),
      ...(why === 'no-token' ? workByMail(context) : []),
    ],
  };
}
