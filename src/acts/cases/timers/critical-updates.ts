/** The second clock of severity 1 (POLICY §4.3). */
import { advance } from '../../../cases/rating.ts';
import {
  foldUpdates,
  nextUpdateDue,
  proposalDue,
  type UpdateClock,
  type UpdateEvent,
} from '../../../cases/update-clock.ts';
import type { Given } from '../../act.ts';
import { proposalFor } from '../agreeing/propose.ts';
import { toPeople, toStaff } from '../case-letters.ts';
import { alarmed, inCharge } from '../clock/told.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import type { CaseTimer } from './timer.ts';

/** What was written besides: words of a person to the customer and of the customer, a solution, and that it is none. */
const said = (on: WorkedCase): UpdateEvent[] => [
  ...on.messages.flatMap(({ direction, automatic, at }): UpdateEvent[] =>
    automatic || direction === 'note' ? [] : [{ type: direction === 'out' ? 'told' : 'reached', at }],
  ),
  ...on.events.flatMap(({ kind, at }): UpdateEvent[] => {
    if (kind === 'solution-proposed') return [{ type: 'relieved', at }];
    return kind === 'solution-answered' ? [{ type: 'relapsed', at }] : [];
  }),
];

function updatesOf(on: WorkedCase, { policy }: Given): UpdateClock | null {
  if (on.status === 'closed' || on.severity !== 1) return null;
  const events = [...on.clock, ...said(on)].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  return foldUpdates(events, policy.publicHolidays);
}

const lastly = (on: WorkedCase, name: string, since: string): string | null =>
  on.events.findLast(({ kind, at }) => kind === name && Temporal.Instant.compare(at, since) >= 0)?.at ?? null;

/** Our people are told when the customer is to hear from us, and again as often as that until they have written. */
export const updatesTimer: CaseTimer = {
  name: 'critical-updates',
  gives: { changes: ['update-owed'], letters: ['case-notice'] },
  dueAt(on, given) {
    const updates = updatesOf(on, given);
    if (!updates?.silent) return null;
    const { publicHolidays, criticalUpdateMinutes } = given.policy;
    const told = lastly(on, 'update-owed', updates.silent.since);
    if (told !== null) return advance(updates.rating, publicHolidays, told, criticalUpdateMinutes);
    return nextUpdateDue(updates, publicHolidays, given.policy);
  },
  runOut(on, given) {
    const { silent = null } = updatesOf(on, given) ?? {};
    const again = silent !== null && lastly(on, 'update-owed', silent.since) !== null;
    const told = again ? alarmed(on, given) : inCharge(on, given);
    return {
      changes: [{ kind: 'update-owed', ...standing(on, given), due: this.dueAt(on, given) ?? given.now }],
      letters: toStaff(on, { why: 'update-owed' }, told, given),
    };
  },
};

/** Nobody could be reached at the customer for so long: severity 2 is proposed to them, once, unless a proposal stands. */
export const unreachableTimer: CaseTimer = {
  name: 'nobody-reached',
  gives: { changes: ['nobody-reached', 'severity-proposed'], letters: ['case-notice', 'severity-proposal'] },
  dueAt(on, given) {
    const updates = updatesOf(on, given);
    if (!updates?.unreachable || lastly(on, 'nobody-reached', updates.unreachable.since) !== null) return null;
    return proposalDue(updates, given.policy.publicHolidays, given.policy);
  },
  runOut(on, given) {
    const since = updatesOf(on, given)?.unreachable?.since ?? given.now;
    const found = { kind: 'nobody-reached', ...standing(on, given), since } as const;
    const told = toStaff(on, { why: 'unreachable' }, inCharge(on, given), given);
    if (on.proposal) return { changes: [found], letters: told };
    const { change, letter, matter } = proposalFor(on, { to: 2, by: 'staff', why: 'unreachable' }, given);
    const asked = toPeople(on, letter, { matter: `${matter}:${on.number}` });
    return { changes: [found, change], letters: [...asked, ...told] };
  },
};
