/** For whom of our people something is done, and whether that person may. */
import { staffOf } from '../changes/by.ts';
import { type StaffRight, staffMay } from '../staff/rights.ts';
import type { StaffMember } from '../staff/staff.ts';
import { type Given, type Judged, type Refusal, refused, refusedWork } from './act.ts';

type ForWhom = Pick<Given, 'by' | 'desk'>;
export const isRefusal = (one: StaffMember | Refusal | null): one is Refusal => one !== null && 'says' in one;

/** Null: the token or the command line itself asks, with the rights of an admin. */
export function staffFor({ by, desk }: ForWhom, right: StaffRight): StaffMember | Refusal | null {
  const address = staffOf(by);
  if (address === null) return null;
  const member = desk.people.find((one) => one.email === address.toLowerCase());
  if (!member) return refusedWork({ why: 'no-right' }, 'no-right', `${address} is none of our people.`);
  if (staffMay(member, right)) return member;
  return refusedWork({ why: 'no-right' }, 'no-right', `${member.name} (${member.roles.join(', ')}) may not do this.`);
}

/** Of what only a person does. */
export function asStaff(given: ForWhom, right: StaffRight, judge: (who: StaffMember) => Judged): Judged {
  const who = staffFor(given, right);
  if (who === null) return refused('bad-input', 'Say for whom of our people: `by` in a call, `--as` on a command.');
  return isRefusal(who) ? who : judge(who);
}
