import { toStaff } from '../case-letters.ts';
import { alarmed } from '../clock/told.ts';
import { standing } from '../on-case.ts';
import type { CaseTimer } from './timer.ts';
import { hurried } from './warnings.ts';

/** POLICY §4.6: once a case, whether or not somebody has it. */
export const breachTimer: CaseTimer = {
  name: 'breach',
  gives: { changes: ['clock-breached'], letters: ['case-notice'] },
  dueAt: (on, given) =>
    on.events.some(({ kind }) => kind === 'clock-breached') ? null : (hurried(on, given)?.due ?? null),
  runOut: (on, given) => ({
    changes: [{ kind: 'clock-breached', ...standing(on, given), due: hurried(on, given)?.due ?? given.now }],
    letters: toStaff(on, { why: 'breached' }, alarmed(on, given), given),
  }),
};
