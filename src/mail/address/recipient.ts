/** Which of our addresses a mail was written to (MAIL.md §2). */

import type { HeaderLine } from '../mime/header-line.ts';
import { allValues, firstValue } from '../mime/raw-headers.ts';
import { type Arrival, type OwnAddress, ownAddresses, type ReadOptions } from '../parsed-mail.ts';
import { normaliseAddress, readMailboxes } from './address.ts';
import { ourPostmaster } from './postmaster.ts';

const asIs = (value: string) => value;

/** `support+c1.x@` is written to support; the part behind the plus is read by `thread-token.ts`. */
export function withoutPlus(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

/** Every address the mail may have been delivered to, best evidence first: envelope, delivery headers, To, Cc, Resent-To. */
export function deliveredTo(lines: readonly HeaderLine[], arrival: Arrival): string[] {
  const envelope = arrival.rcptTo.flatMap((one) => normaliseAddress(one) ?? []);
  if (envelope.length > 0) return envelope;
  const topmost = ['delivered-to', 'x-original-to', 'envelope-to'].map((name) => firstValue(lines, name));
  const written = ['to', 'cc', 'resent-to'].flatMap((name) => allValues(lines, name));
  return [...topmost, ...written].flatMap((value) =>
    value === null ? [] : readMailboxes(value, asIs).map((mailbox) => mailbox.address),
  );
}

type Recipient = { readonly address: string; readonly role: OwnAddress | 'postmaster' };

/** Those that are ours, exactly or by their part before the plus, in their order and each once. */
export function readRecipients(delivered: readonly string[], addresses: ReadOptions['addresses']): Recipient[] {
  const found = new Map<OwnAddress, Recipient>();
  for (const address of delivered) {
    const bare = withoutPlus(address);
    const role = ownAddresses.find((each) => {
      const own = addresses[each];
      const ours = own ? normaliseAddress(own) : null;
      return ours !== null && (ours === address || ours === bare);
    });
    if (role && !found.has(role)) found.set(role, { address: normaliseAddress(addresses[role] ?? '') ?? bare, role });
  }
  if (found.size > 0) return [...found.values()];
  // Beside another address of ours the postmaster's is that one's business.
  for (const address of delivered) {
    const postmaster = ourPostmaster(address, Object.values(addresses));
    if (postmaster !== null) return [{ address: postmaster, role: 'postmaster' }];
  }
  return [];
}
