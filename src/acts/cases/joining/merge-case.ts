import { z } from 'zod';
import { type Act, type Given, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { toPeople } from '../case-letters.ts';
import { clockOf } from '../clock/clock-of.ts';
import { caseField, standing, theOpenCase } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';

const input = z.strictObject({ case: caseField, into: caseField.describe('the case of the same site that goes on') });

/** Whoever asked for the one that is no more, and who takes part in it; answers go on the other one. */
export const mergedLetters = (on: WorkedCase, other: WorkedCase, undone: boolean) => {
  const { number, title } = undone ? on : other;
  const values = { number, title, other: (undone ? other : on).number, undone };
  return toPeople(on, { template: 'case-merged', values }, { matter: `merged:${on.number}` }).map((letter) => ({
    ...letter,
    case: number,
  }));
};

/** By when its first answer is owed; null where it is given, or the clock stands. */
function owedBy(on: WorkedCase, given: Given): string | null {
  const clock = on.answeredAt === null ? clockOf(on, given) : null;
  return clock?.state === 'running' ? clock.due : null;
}

/** POLICY §5: two cases about one matter become one. */
export const mergeCase: Act<z.infer<typeof input>> = {
  name: 'merge-case',
  input,
  right: 'cases: work',
  does: 'merges a case into another one of its site, to which its mail goes from now on',
  gives: { changes: ['case-merged'], letters: ['case-merged'] },
  needs: (asked) => ({ worked: [asked.case, asked.into] }),
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    if (asked.case === asked.into) return refused('bad-input', 'A case is not merged into itself.');
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    const into = theOpenCase(records, asked.into);
    if ('says' in into) return into;
    if (on.of.site.id !== into.of.site.id)
      return refused('conflict', `Case ${on.number} and case ${into.number} are of two sites.`);
    const due = owedBy(on, given);
    const there = owedBy(into, given);
    const stays = there !== null && due !== null && Temporal.Instant.compare(due, there) < 0 ? due : there;
    return {
      kind: 'done',
      changes: [
        {
          kind: 'case-merged',
          ...standing(on, given),
          into: { case: into.number, id: into.id },
          due,
          stays,
        },
      ],
      letters: mergedLetters(on, into, false),
    };
  },
};
