/** A case as it stands once changes of it are written, as far as what is asked for behind them in the same mail looks at it. */
import type { ClockEvent } from '../../../cases/response-clock.ts';
import { eventsOf, type OwnChange } from '../../../changes/change.ts';
import type { WorkedCase } from '../records.ts';

const ticked = ({ clock }: WorkedCase, event: ClockEvent): Pick<WorkedCase, 'clock'> => ({ clock: [...clock, event] });

function becomes(on: WorkedCase, change: OwnChange): Partial<WorkedCase> {
  switch (change.kind) {
    case 'owner-set':
      return { owner: change.to };
    case 'case-closed':
      return { status: 'closed', closedAt: change.at, proposal: null, proposedAt: null };
    case 'kind-set':
      return change.to;
    case 'severity-proposed':
      return { proposal: change.proposal };
    case 'proposal-ended':
      return { proposal: null };
    case 'case-escalated':
      return { escalation: change.escalation };
    case 'solution-proposed':
      return { proposedAt: change.at };
    case 'severity-set': {
      const { to: severity, at, rating, due } = change;
      return { severity, proposal: null, due: due ?? on.due, ...ticked(on, { type: 're-rated', at, rating }) };
    }
    case 'clock-re-rated':
      return { due: change.due, ...ticked(on, { type: 're-rated', at: change.at, rating: change.rating }) };
    case 'clock-paused':
      return ticked(on, { type: 'paused', at: change.at });
    case 'clock-met':
      return { answeredAt: change.at, due: change.due ?? on.due, ...ticked(on, { type: 'met', at: change.at }) };
    default:
      return {};
  }
}

export function standsAfter(on: WorkedCase, changes: readonly OwnChange[]): WorkedCase {
  let now = on;
  for (const change of changes) now = { ...now, ...becomes(now, change), events: [...now.events, ...eventsOf(change)] };
  return now;
}
