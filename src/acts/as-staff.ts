/** For whom of our people something is done, and whether that person may. */
import { staffOf } from '../changes/by.ts';
import { didYouMean } from '../foundation/nearest-word.ts';
import { type StaffRight, staffMay } from '../staff/rights.ts';
import type { StaffMember } from '../staff/staff.ts';
import { type AnyAct, type Given, type Judged, type Refusal, refused, refusedWork } from './act.ts';

type ForWhom = Pick<Given, 'by' | 'desk'>;
export const isRefusal = (one: StaffMember | Refusal | null): one is Refusal => one !== null && 'says' in one;

/** Null: the token or the command line itself asks, with the rights of an admin. */
export function staffFor({ by, desk }: ForWhom, right: string): StaffMember | Refusal | null {
  const address = staffOf(by);
  if (address === null) return null;
  const member = desk.people.find((one) => one.email === address);
  if (!member) {
    const near = didYouMean(
      desk.people.map(({ email }) => email),
      address,
    );
    return refusedWork({ why: 'no-right' }, 'no-right', `${address} is none of our people${near || '.'}`);
  }
  if (staffMay(member, right)) return member;
  return refusedWork({ why: 'no-right' }, 'no-right', `${member.name} (${member.roles.join(', ')}) may not do this.`);
}

/** Why an act is not done for the one of our people who is named; null where nobody is, or that person may. */
export function notFor({ right }: Pick<AnyAct, 'right'>, given: ForWhom): Refusal | null {
  if (right === 'asked' || right === 'none') return null;
  const who = staffFor(given, right);
  return isRefusal(who) ? who : null;
}

export const nobodyNamed = refused('bad-input', 'Say for whom of our people: `by` in a call, `--as` on a command.');

/** Of what only a person does. */
export function asStaff(given: ForWhom, right: StaffRight, judge: (who: StaffMember) => Judged): Judged {
  const who = staffFor(given, right);
  if (who === null) return nobodyNamed;
  return isRefusal(who) ? who : judge(who);
}
