import { z } from 'zod';
import { type Act, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { caseField, standing, theCase } from '../on-case.ts';
import { mergedLetters } from './merge-case.ts';

const input = z.strictObject({
  case: caseField,
  from: caseField.describe('the case that it was merged into'),
});

/** Takes a merge back, within a day. What was written meanwhile stays where it went. */
export const unmergeCase: Act<z.infer<typeof input>> = {
  name: 'unmerge-case',
  input,
  right: 'cases: work',
  does: 'makes a case that was merged into another one within the last day a case of its own again',
  gives: { changes: ['case-unmerged'], letters: ['case-merged'] },
  needs: (asked) => ({ worked: [asked.case, asked.from] }),
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theCase(records, asked.case);
    if ('says' in on) return on;
    const from = theCase(records, asked.from);
    if ('says' in from) return from;
    const { unmergeHours } = given.policy;
    const merged = on.events.findLast(({ kind }) => kind === 'merged');
    if (!merged || on.mergedInto !== from.number)
      return refused('conflict', `Case ${on.number} is not merged into case ${from.number}.`);
    const until = Temporal.Instant.from(merged.at).add({ hours: unmergeHours });
    if (Temporal.Instant.compare(given.now, until) > 0)
      return refused(
        'conflict',
        `Case ${on.number} was merged more than ${unmergeHours} hours ago: split off what is about something else.`,
      );
    return {
      kind: 'done',
      changes: [
        {
          kind: 'case-unmerged',
          ...standing(on, given),
          from: { case: from.number, id: from.id },
          joinedAt: merged.at,
        },
      ],
      letters: mergedLetters(on, from, true),
    };
  },
};
