/** A letter that came back for good says something of the person it went to (POLICY §3.r2). */
import type { ContactDoubtful, ContactUnreachable } from '../../changes/contacts/letters-returned.ts';

const weekMs = 7 * 24 * 3_600_000;

/** One hard return makes a contact doubtful, two within a week unreachable. `lastHardBounce`, `at`: ISO 8601. */
export function hardToReach({
  lastHardBounce,
  ...returned
}: Omit<ContactDoubtful, 'kind'> & { readonly lastHardBounce: string | null }): ContactDoubtful | ContactUnreachable {
  const again = lastHardBounce !== null && Date.parse(returned.at) - Date.parse(lastHardBounce) <= weekMs;
  return { ...returned, kind: again ? 'contact-unreachable' : 'contact-doubtful' };
}
