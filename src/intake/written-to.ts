import { normaliseAddress } from '../mail/address/address.ts';
import { ourPostmaster } from '../mail/address/postmaster.ts';
import { withoutPlus } from '../mail/address/recipient.ts';
import { type MailFacts, type OwnAddress, ownAddresses } from '../mail/parsed-mail.ts';
import type { Context } from './context.ts';

function roleIn(addresses: Context['policy']['desk']['addresses'], address: string): OwnAddress | undefined {
  const bare = withoutPlus(address);
  return ownAddresses.find((role) => {
    const own = addresses[role];
    const ours = own ? normaliseAddress(own) : null;
    return ours !== null && (ours === address || ours === bare);
  });
}

/**
 * Which of our addresses a mail is written to (§3, for r11 to r13a): all that stand in To and Cc, so that every copy of it comes to the
 * same decision, whichever comes first. Where the header names none of ours, as behind a list or in a blind copy, those that the
 * envelope or the delivery header says. An operator with one address for several has it under the first name only.
 */
export function writtenTo(
  context: Pick<Context, 'mail' | 'policy'>,
  facts = context.mail.facts,
): ReadonlySet<OwnAddress> {
  const { addresses } = context.policy.desk;
  const roleOf = (address: string) => roleIn(addresses, address);
  const named = [...facts.to, ...facts.cc].flatMap((box) => roleOf(box.address) ?? []);
  if (named.length > 0) return new Set(named);
  const { recipient } = facts;
  return new Set([...(recipient && recipient.role !== 'postmaster' ? [recipient.role] : []), ...(facts.alsoTo ?? [])]);
}

/** What stays a licensing request where its site had to be asked for first. */
export function forLicensing(context: Pick<Context, 'mail' | 'policy'>, facts: MailFacts): boolean {
  const to = writtenTo(context, facts);
  return to.has('licensing') && !to.has('support');
}

/**
 * To the postmaster of a domain of ours and to no other address of ours (RFC 5321 §4.5.1): who writes to support as well, or in copy,
 * writes to support. The mailbox that it ends up in may be that of support.
 */
export function isForPostmaster(context: Pick<Context, 'mail' | 'policy'>): boolean {
  const { facts } = context.mail;
  const named = [...facts.to, ...facts.cc].map((box) => box.address);
  const { addresses } = context.policy.desk;
  if (named.some((address) => roleIn(addresses, address) !== undefined)) return false;
  const ours = Object.values(addresses).map((own) => own ?? null);
  return facts.recipient?.role === 'postmaster' || named.some((address) => ourPostmaster(address, ours) !== null);
}
