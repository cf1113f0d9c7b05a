import { toStaff } from '../case-letters.ts';
import { resumedBy, waitOf } from '../clock/clock-of.ts';
import { inCharge } from '../clock/told.ts';
import type { CaseTimer } from './timer.ts';

/** POLICY §4.6: the customer has not written until then, and it is ours again. */
export const waitOverTimer: CaseTimer = {
  name: 'wait-over',
  gives: { changes: ['clock-resumed'], letters: ['case-notice'] },
  dueAt: (on) => (on.status === 'open' ? (waitOf(on)?.until ?? null) : null),
  runOut: (on, given) => ({
    changes: [resumedBy(on, given, 'time')],
    letters: toStaff(on, { why: 'wait-over' }, inCharge(on, given), given),
  }),
};
