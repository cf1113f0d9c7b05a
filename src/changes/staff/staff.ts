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
/** `represents`: accounts that still name them for their renewals. */
export type StaffRemoved = OfStaff & {
  readonly kind: 'staff-removed';
  readonly name: string;
  readonly represents?: {
    readonly first: readonly { readonly number: string; readonly name: string }[];
    readonly count: number;
  };
};
export type StaffChange = StaffAdded | StaffRemoved;

function representedSays({ first, count }: NonNullable<StaffRemoved['represents']>): string {
  const named = first.map(({ number, name }) => `${name} (${number})`).join(', ');
  const more = count - first.length;
  const who = `${named}${more > 0 ? ` and ${more} more` : ''}`;
  return `${count === 1 ? 'The account' : 'The accounts'} ${who} ${count === 1 ? 'names' : 'name'} them for renewals: until somebody else is named, that is for the renewal team.`;
}

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
    says: ({ email, name, represents }) =>
      `${name} (${email}) is none of our people any more.${represents ? ` ${representedSays(represents)}` : ''}`,
    topic: 'staff.removed',
  },
} as const satisfies { [kind in StaffChange['kind']]: ChangeRow<Extract<StaffChange, { kind: kind }>> };
