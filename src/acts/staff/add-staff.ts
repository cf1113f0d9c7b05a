import { type StaffMember, staffMemberSchema } from '../../staff/staff.ts';
import { type Act, type ActDesk, refused } from '../act.ts';
import { isRefusal, staffFor } from '../as-staff.ts';

/** Null: nothing there stands in the way. */
export const namedInFile = ({ people }: Pick<ActDesk, 'people'>, email: string) =>
  people.some((one) => one.email === email && one.added !== true)
    ? refused('conflict', `${email} stands in postern.yaml, which wins: change it there.`)
    : null;

/** PostgreSQL gives the fields of a record in an order of its own. */
const inOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Everything that is said of a person, in one order. */
const all = ({ name, email, roles, hours, timezone, absent, products }: StaffMember): string =>
  JSON.stringify([name, email, roles, hours, timezone, absent, products], inOrder);

/** INTERFACE "Also": of staff postern.yaml wins where it names somebody. Asked again with other words, it is those that count. */
export const addStaff: Act<Omit<StaffMember, 'added'>> = {
  name: 'add-staff',
  input: staffMemberSchema,
  right: 'staff: manage',
  does: 'makes somebody one of our people, or says anew what they do and when',
  gives: { changes: ['staff-added'], letters: [] },
  needs: ({ email }) => ({ staff: [email] }),
  judge(member, { staff = [] }, given) {
    const who = staffFor(given, 'staff: manage');
    if (isRefusal(who)) return who;
    const { by, now: at, desk } = given;
    const inFile = namedInFile(desk, member.email);
    if (inFile) return inFile;
    const before = staff.find(({ email }) => email === member.email);
    if (before && all(before) === all(member)) return refused('conflict', `${member.email} is on record so already.`);
    const { email } = member;
    return {
      kind: 'done',
      changes: [{ kind: 'staff-added', email, member, anew: before !== undefined, at, by }],
      letters: [],
    };
  },
};
