/** What a customer wants of a case is told to whoever has to say something to it (POLICY §4.2, §5.5). */
import { dutyOrAll } from '../../../staff/on-duty.ts';
import { type StaffMember, withRole } from '../../../staff/staff.ts';
import type { Given } from '../../act.ts';
import { toStaff } from '../case-letters.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { ableOn, deskTime } from '../working/workers.ts';
import type { CaseTimer } from './timer.ts';

function wanted({ status, events }: WorkedCase) {
  if (status === 'closed') return undefined;
  const since = events.slice(events.findLastIndex(({ kind }) => kind === 'staff-told') + 1);
  return since.findLast(
    ({ kind, detail }) => kind === 'escalated' || (kind === 'severity-proposed' && detail.by === 'customer'),
  );
}

/** The owner; of an escalation its manager besides. Nobody has it yet: the engineers on duty. */
function whom(on: WorkedCase, { desk, now, policy }: Given, escalated: boolean): readonly StaffMember[] {
  const named = desk.people.filter(({ email }) => email === on.owner || (escalated && email === on.escalation?.to));
  if (named.length > 0) return named;
  const able = ableOn(on, desk);
  const people = able.length > 0 ? able : withRole(desk.people, 'manager', 'admin');
  return dutyOrAll(people, now, deskTime({ desk, policy }));
}

export const wantedByCustomer: CaseTimer = {
  name: 'wanted-by-customer',
  gives: { changes: ['staff-told'], letters: ['case-notice'] },
  dueAt: (on) => wanted(on)?.at ?? null,
  runOut(on, given) {
    const escalated = wanted(on)?.kind === 'escalated';
    const told = whom(on, given, escalated);
    const why = escalated ? ('escalated' as const) : ('severity-proposed' as const);
    return {
      changes: [{ kind: 'staff-told', ...standing(on, given), to: told.map(({ email }) => email) }],
      letters: toStaff(on, { why }, told, given),
    };
  },
};
