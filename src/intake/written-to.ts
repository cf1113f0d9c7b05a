import { normaliseAddress } from '../mail/address.ts';
import { type MailFacts, type OwnAddress, ownAddresses } from '../mail/parsed-mail.ts';
import { withoutPlus } from '../mail/recipient.ts';
import type { Context } from './context.ts';

/**
 * Which of our addresses a mail is written to (§3, for r11 to r13a): all that stand in To and Cc, so that every copy of it comes to the
 * same decision, whichever comes first. Where the header names none of ours, as behind a list or in a blind copy, those that the
 * door or the delivery header knows. An operator with one address for several has it under the first name only.
 */
export function writtenTo(
  context: Pick<Context, 'mail' | 'policy'>,
  facts = context.mail.facts,
): ReadonlySet<OwnAddress> {
  const { addresses } = context.policy.desk;
  const roleOf = (address: string): OwnAddress | undefined => {
    const bare = withoutPlus(address);
    return ownAddresses.find((role) => {
      const own = addresses[role];
      const ours = own ? normaliseAddress(own) : null;
      return ours !== null && (ours === address || ours === bare);
    });
  };
  const named = [...facts.to, ...facts.cc].flatMap((box) => roleOf(box.address) ?? []);
  if (named.length > 0) return new Set(named);
  return new Set([...(facts.recipient ? [facts.recipient.role] : []), ...(facts.alsoTo ?? [])]);
}

/** What stays a licensing request where its site had to be asked for first. */
export function forLicensing(context: Pick<Context, 'mail' | 'policy'>, facts: MailFacts): boolean {
  const to = writtenTo(context, facts);
  return to.has('licensing') && !to.has('support');
}
