/** Who of our people hears from the clocks of a case (POLICY §4.6). */
import { onDuty } from '../../../staff/on-duty.ts';
import { type StaffMember, type StaffRole, withRole } from '../../../staff/staff.ts';
import type { Given } from '../../act.ts';
import type { WorkedCase } from '../records.ts';
import { ableOn, deskTime } from '../working/workers.ts';

type Of = Pick<WorkedCase, 'owner' | 'product' | 'kind' | 'severity'>;

const thereOf = (people: readonly StaffMember[], given: Given): StaffMember[] =>
  people.filter((one) => onDuty(one, given.now, deskTime(given)));

/** One of them: whoever is on duty first, else the first. */
export function oneWith(role: StaffRole, given: Given): StaffMember[] {
  const all = withRole(given.desk.people, role);
  return [...thereOf(all, given), ...all].slice(0, 1);
}

/** The owner; who is away, or where there is none, the engineers on duty besides, or a manager where there are none. Nobody of all these on duty: all of them. */
export function inCharge(on: Of, given: Given): StaffMember[] {
  const owner = given.desk.people.filter((one) => one.email === on.owner);
  if (thereOf(owner, given).length > 0) return owner;
  const workers = ableOn(on, given.desk);
  const there = thereOf(workers, given);
  if (there.length > 0) return [...new Set([...owner, ...there])];
  const manager = thereOf(oneWith('manager', given), given);
  return [...new Set([...owner, ...(manager.length > 0 ? manager : workers)])];
}

/** A manager too, and a director at severity 1. */
export const alarmed = (on: Of, given: Given): StaffMember[] => [
  ...new Set([
    ...inCharge(on, given),
    ...oneWith('manager', given),
    ...(on.severity === 1 ? oneWith('director', given) : []),
  ]),
];
