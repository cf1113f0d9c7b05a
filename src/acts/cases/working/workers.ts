/** Who works on a case (POLICY §5.1, §5.2): engineers for its product, or licensing. */
import { absenceAt, type DeskTime } from '../../../staff/on-duty.ts';
import { engineersFor, type StaffMember, withRole } from '../../../staff/staff.ts';
import type { Given } from '../../act.ts';
import type { WorkedCase } from '../records.ts';

export const deskTime = ({ desk, policy }: Pick<Given, 'desk' | 'policy'>): DeskTime => ({
  businessHours: policy.businessHours,
  holidays: policy.holidays,
  timezone: desk.timezone,
});

/** Those who are not absent; of all engineers where nobody is for its product. */
export function workersOn(
  { kind, product }: Pick<WorkedCase, 'kind' | 'product'>,
  { desk, now }: Pick<Given, 'desk' | 'now'>,
): StaffMember[] {
  const { people } = desk;
  const able = kind === 'licensing' ? withRole(people, 'licensing') : engineersFor(people, product);
  const all = able.length > 0 ? able : withRole(people, 'engineer');
  return all.filter((one) => absenceAt(one, now, desk) === null);
}

/** Whoever has the fewest open cases; of two the first. */
export const leastLoaded = (people: readonly StaffMember[], { load }: Pick<WorkedCase, 'load'>): StaffMember | null =>
  people.toSorted((a, b) => (load[a.email] ?? 0) - (load[b.email] ?? 0))[0] ?? null;
