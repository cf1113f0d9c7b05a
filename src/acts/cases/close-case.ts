import { z } from 'zod';
import { isUndecided } from '../../cases/case.ts';
import { type Act, type Given, type Judged, type Records, refusedWork } from '../act.ts';
import { changeCase } from './change-case.ts';
import { closingLetters } from './closing/closing-letters.ts';
import { caseField, textField } from './on-case.ts';

const input = z.strictObject({
  case: caseField,
  text: textField(50_000).optional().describe('what was decided, as the customer reads it'),
  solved: z.boolean().optional().describe('the customer has said that it is solved'),
  told: z.boolean().optional().describe('the customer has been told what was decided'),
});
type CloseCase = z.infer<typeof input>;

/** Our people close it: the customer hears so, and is asked how it was. */
function closeByUs(asked: CloseCase, records: Records, given: Given, judged: Judged): Judged {
  const on = records.worked?.find((one) => one.number === asked.case);
  if (judged.kind === 'refused' || given.by.kind === 'contact' || !on) return judged;
  const { text = null, solved = false, told = false } = asked;
  if (text === null && !told && isUndecided(on))
    return refusedWork(
      { why: 'undecided' },
      'bad-input',
      `Case ${on.number} is open until its request is decided: say what was decided.`,
    );
  return { ...judged, letters: closingLetters(on, { how: solved ? 'solved' : 'ours', text }, given) };
}

/** POLICY §6.1. */
export const closeCase: Act<CloseCase> = {
  name: 'close-case',
  input,
  right: 'cases: update',
  does: 'closes a case, says so and asks how it was',
  gives: { changes: ['case-closed'], letters: ['case-closed', 'command-changed'] },
  byMail: '`CLOSE`, or an answer to a proposed solution which says that it is one',
  needs: (asked) => ({ cases: [asked.case], worked: [asked.case] }),
  judge(asked, records, given) {
    const judged = changeCase(asked, records, given, 'closed', (on) => {
      const { id, number, title, versionNo } = on;
      const solved = asked.solved ? ({ solved: true } as const) : {};
      return { kind: 'case-closed', case: number, id, versionNo, title, ...solved, at: given.now, by: given.by };
    });
    return closeByUs(asked, records, given, judged);
  },
};
