/** Who of our people is added, beside those of postern.yaml, and taken off again. */
import type { StaffMember } from '../../staff/staff.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type OfStaff = { readonly email: string; readonly at: string; readonly by: By };
/** `anew`: they were on record already. */
export type StaffAdded = OfStaff & {
  readonly kind: 'staff-added';
  readonly member: StaffMember;
  readonly anew: boolean;
};
export type StaffRemoved = OfStaff & { readonly kind: 'staff-removed'; readonly name: string };
export type StaffChange = StaffAdded | StaffRemoved;

const common = { event: none('our people belong to no case'), batched: false } as const;

export const staffChanges = {
  'staff-added': {
    ...common,
    audit: ({ email, member, anew }) => {
      const { roles, products } = member;
      const action = anew ? 'staff-changed' : 'staff-added';
      return { action, subjectKind: 'staff', subjectId: email, detail: { roles, products } };
    },
    says: ({ email, member, anew }) =>
      `${member.name} (${email}) is ${anew ? 'on record anew' : 'one of our people'}: ${member.roles.join(', ')}.`,
    topic: 'staff.added',
  },
  'staff-removed': {
    ...common,
    audit: ({ email }) => ({ action: 'staff-removed', subjectKind: 'staff', subjectId: email }),
    says: ({ email, name }) => `${name} (${email}) is none of our people any more.`,
    topic: 'staff.removed',
  },
} as const satisfies { [kind in StaffChange['kind']]: ChangeRow<Extract<StaffChange, { kind: kind }>> };
