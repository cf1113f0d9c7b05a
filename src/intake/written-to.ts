import type { Context } from './context.ts';

/**
 * Whether a mail is written to one of our addresses of that kind (§3.r12, r13), of several by the order of the table: every copy
 * of one mail has to come to the same decision, whichever comes first. In To it is written to each of ours; a copy to renewals of
 * a mail to support stays a mail to support, a copy to security does not: nobody would look at it else. Where the header names none
 * of ours, as behind a list or in a blind copy, it is the address that the door or the delivery header knows.
 */
export function isWrittenTo(context: Context, kind: 'renewals' | 'security'): boolean {
  const { facts } = context.mail;
  const { addresses } = context.policy.desk;
  const wanted = addresses[kind];
  // An operator with one address for all has none of this kind.
  if (wanted === null || wanted === addresses.support) return false;
  const ours = Object.values(addresses);
  const to = facts.to.map((box) => box.address).filter((address) => ours.includes(address));
  const cc = facts.cc.map((box) => box.address).filter((address) => ours.includes(address));
  const named = kind === 'security' || to.length === 0 ? [...to, ...cc] : to;
  return named.length > 0 ? named.includes(wanted) : facts.recipient?.role === kind;
}
