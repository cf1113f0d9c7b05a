/** Who works on a case (POLICY §5.1, §5.2): engineers for its product, or licensing. */
import { absenceAt, type DeskTime } from '../../../staff/on-duty.ts';
import { engineersFor, type StaffMember, withRole } from '../../../staff/staff.ts';
import type { ActDesk, Given } from '../../act.ts';
import type { WorkedCase } from '../records.ts';

export const deskTime = ({ desk, policy }: Pick<Given, 'desk' | 'policy'>): DeskTime => ({
  businessHours: policy.businessHours,
  holidays: policy.holidays,
  timezone: desk.timezone,
});

type Of = Pick<WorkedCase, 'kind' | 'product'>;

/** Of all engineers where nobody is for its product, or nobody is licensing. */
export function ableOn({ kind, product }: Of, { people }: Pick<ActDesk, 'people'>): StaffMember[] {
  const able = kind === 'licensing' ? withRole(people, 'licensing') : engineersFor(people, product);
  return able.length > 0 ? able : withRole(people, 'engineer');
}

/** Those who are not absent. */
export const workersOn = (on: Of, { desk, now }: Pick<Given, 'desk' | 'now'>): StaffMember[] =>
  ableOn(on, desk).filter((one) => absenceAt(one, now, desk) === null);

/** Whoever has the fewest open cases; of two the first. */
export const leastLoaded = (people: readonly StaffMember[], { load }: Pick<WorkedCase, 'load'>): StaffMember | null =>
  people.toSorted((a, b) => (load[a.email] ?? 0) - (load[b.email] ?? 0))[0] ?? null;
