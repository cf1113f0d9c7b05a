import { z } from 'zod';
import { mailId } from '../../../foundation/ids.ts';
import { staffLetters } from '../../../outbound/staff-letters.ts';
import type { Act, ActDesk, ActLetter } from '../../act.ts';
import type { CasesBehind } from '../records.ts';

const input = z.strictObject({});

/** One list, whatever their number. */
function listOf({ overdue, more }: CasesBehind, { staff: told, ...desk }: ActDesk): ActLetter[] {
  const [first] = overdue;
  if (!first) return [];
  const letters = staffLetters(
    {
      kind: 'cases-overdue',
      cases: overdue,
      more,
      timezone: desk.timezone,
      mail: mailId(first.mail ?? '0'),
      command: 'npx postern cases --status open',
    },
    { told, matter: 'cases-overdue', desk },
  );
  return letters.map((letter) => ({ ...letter, once: 'scheduler' }));
}

/** POLICY §11.6: the timers of cases that were open before there were any begin; our people get one list of what is overdue, nobody else hears of it. */
export const takeOverCases: Act<z.infer<typeof input>> = {
  name: 'take-over-cases',
  input,
  right: 'none',
  does: 'lets the timers of cases begin that were open before there were any',
  gives: { changes: ['cases-taken-over'], letters: ['staff-notice'] },
  byClock: ['cases-taken-over'],
  needs: () => ({ behind: true }),
  judge(_, { behind }, { by, now: at, desk }) {
    if (!behind || behind.count === 0) return { kind: 'done', changes: [], letters: [] };
    const { count } = behind;
    return { kind: 'done', changes: [{ kind: 'cases-taken-over', count, at, by }], letters: listOf(behind, desk) };
  },
};
