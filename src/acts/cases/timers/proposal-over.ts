/**
 * A severity that was proposed, and not agreed to in time (POLICY §4.2), or as nobody there could be reached until they wrote (§4.3): both
 * sides go on as it was, and the customer is told.
 */
import { shownOf } from '../agreeing/propose.ts';
import { toPeople } from '../case-letters.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { wordsFrom } from './customer-words.ts';
import type { CaseTimer } from './timer.ts';

function endOf(on: WorkedCase): { readonly at: string; readonly why: 'expired' | 'reached' } | null {
  const { status, proposal, events } = on;
  if (status === 'closed' || !proposal) return null;
  const made = events.findLastIndex(({ kind }) => kind === 'severity-proposed');
  const [word] = proposal.why === 'unreachable' ? wordsFrom(on, made + 1) : [];
  return word ? { at: word.at, why: 'reached' } : { at: proposal.until, why: 'expired' };
}

export const proposalOver: CaseTimer = {
  name: 'proposal-over',
  gives: { changes: ['proposal-ended'], letters: ['severity-proposal'] },
  dueAt: (on) => endOf(on)?.at ?? null,
  runOut(on, given) {
    const { number, severity: from, proposal } = on;
    const why = endOf(on)?.why;
    if (!proposal || !why) return { changes: [], letters: [] };
    const { to, until } = proposal;
    const values = { ...shownOf(on, given), from, to, until, how: why, phone: null };
    return {
      changes: [{ kind: 'proposal-ended', ...standing(on, given), why, proposal }],
      letters: toPeople(on, { template: 'severity-proposal', values }, { matter: `severity-${why}:${number}` }),
    };
  },
};
