/** A severity that was proposed, and not agreed to in time: both sides go on as it was, and the customer is told (POLICY §4.2). */
import { toPeople } from '../case-letters.ts';
import { standing } from '../on-case.ts';
import type { CaseTimer } from './timer.ts';

export const proposalOver: CaseTimer = {
  name: 'proposal-over',
  gives: { changes: ['proposal-ended'], letters: ['severity-proposal'] },
  dueAt: ({ status, proposal }) => (status === 'open' ? (proposal?.until ?? null) : null),
  runOut(on, given) {
    const { number, title, severity: from, proposal } = on;
    if (!proposal) return { changes: [], letters: [] };
    const { to, until } = proposal;
    const values = {
      number,
      title,
      from,
      to,
      until,
      how: 'expired',
      phone: null,
      timezone: on.of.site.timezone,
    } as const;
    return {
      changes: [{ kind: 'proposal-ended', ...standing(on, given), why: 'expired', proposal }],
      letters: toPeople(on, { template: 'severity-proposal', values }, { matter: `severity-expired:${number}` }),
    };
  },
};
