/** What our people have written by mail goes out once its time to stop it is over (POLICY §5.4, `staffDelay`). */
import type { By } from '../../../changes/by.ts';
import type { Deed, StaffAnswerSettled } from '../../../changes/cases/staff-mail.ts';
import type { Given } from '../../act.ts';
import type { StaffAnswerRecord, WorkedCase } from '../records.ts';
import type { CaseTimer, RanOut } from '../timers/timer.ts';
import { answerLetter } from './answer-letter.ts';
import { commandsOf, deedGives, judgeDeeds, textAlone } from './deeds.ts';

const waiting = (on: WorkedCase) =>
  on.answers
    .flatMap((one) => (one.state === 'waiting' && one.dueAt !== null ? [{ ...one, dueAt: one.dueAt }] : []))
    .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));

/** The words that were written, for the customer or for us. */
export const textOf = (deeds: readonly Deed[]): string =>
  deeds.flatMap(({ input }) => (typeof input.text === 'string' ? [input.text] : [])).join('\n\n');

export const settled = (
  { number, id, versionNo }: WorkedCase,
  { mail, staff }: Pick<StaffAnswerRecord, 'mail' | 'staff'>,
  state: StaffAnswerSettled['state'],
  at: string,
  {
    dueAt = null,
    by = { kind: 'staff', staff, mail },
    deeds = null,
  }: { dueAt?: string | null; by?: By; deeds?: readonly Deed[] | null } = {},
): StaffAnswerSettled => ({
  kind: 'staff-answer-settled',
  case: number,
  id,
  versionNo,
  at,
  by,
  mail,
  state,
  dueAt,
  deeds,
});

/** One at a time: what the next one does is judged on what this one has left. */
function sent(on: WorkedCase, answer: StaffAnswerRecord, given: Given): RanOut {
  const { mail, staff, deeds } = answer;
  const by: By = { kind: 'staff', staff, mail };
  const judged = judgeDeeds(on, deeds, { ...given, by }, answer);
  if (judged.kind === 'done') {
    const letters = judged.letters.map((letter) => ({ once: `answer:${mail}`, ...letter }));
    return { changes: [...judged.changes, settled(on, answer, 'sent', given.now)], letters };
  }
  const refusal = judged.toStaff ?? { why: 'unclear' };
  const text = textOf(deeds);
  const told = { why: 'refused', refusal, text, words: commandsOf(textAlone(deeds)) } as const;
  return {
    changes: [settled(on, answer, 'refused', given.now)],
    letters: [answerLetter(on, { staff, mail, keeps: text !== '' }, told, given)],
  };
}

export const sendAnswers: CaseTimer = {
  name: 'send-answers',
  gives: {
    changes: [...deedGives.changes, 'staff-answer-settled'],
    letters: [...deedGives.letters, 'staff-answer'],
  },
  dueAt: (on) => waiting(on)[0]?.dueAt ?? null,
  runOut(on, given) {
    const [first] = waiting(on);
    return first ? sent(on, first, given) : { changes: [], letters: [] };
  },
};
