/** A case that an act has opened, told beside what it did. */
import type { Change } from '../../../changes/change.ts';
import type { ActDeps } from '../acts/do.ts';

type Opened = NonNullable<ActDeps['opened']>;

export const caseWay =
  (others: Opened): Opened =>
  async (made: readonly Change[]) => {
    const opened = made.find(
      (one) => one.kind === 'case-entered' || one.kind === 'call-added' || one.kind === 'case-split',
    );
    if (!opened) return others(made);
    const number = opened.kind === 'case-split' ? opened.to?.case : opened.case;
    return number === undefined ? null : { href: `/cases/${number}`, says: `Open case ${number}` };
  };
