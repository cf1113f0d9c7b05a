/** Of a case that was split off another one whoever wrote its mails is told, once it has its number. */
import { caseNumber } from '../../../foundation/ids.ts';
import { toPeople } from '../case-letters.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import type { CaseTimer } from './timer.ts';

const splitFrom = ({ events }: WorkedCase) => {
  const from = events.find(({ kind }) => kind === 'split-from');
  return from && !events.some(({ kind }) => kind === 'split-told') ? from : undefined;
};

export const splitTold: CaseTimer = {
  name: 'split-told',
  gives: { changes: ['split-told'], letters: ['case-split'] },
  dueAt: (on) => splitFrom(on)?.at ?? null,
  runOut(on, given) {
    const from = caseNumber(String(splitFrom(on)?.detail.case));
    const { number, title } = on;
    return {
      changes: [{ kind: 'split-told', ...standing(on, given), from }],
      letters: toPeople(on, { template: 'case-split', values: { number, title, from } }),
    };
  },
};
