/** One mailbox as our people see it: its ledger by the day, and what was fetched again. */
import type { Database } from '../../store/database.ts';
import { lastRefetches, type ShownRefetch } from '../../store/mailboxes/refetches.ts';
import { lookAtMailboxes } from '../../store/overview/look-mail.ts';
import { type LedgerDay, readLedgerDays } from '../../store/overview/traffic.ts';
import type { MailboxSeen } from '../../upkeep/overview/look.ts';

export type { ShownRefetch } from '../../store/mailboxes/refetches.ts';
export type { LedgerDay } from '../../store/overview/traffic.ts';

export type MailboxDetail = MailboxSeen & {
  /** Newest first. */
  readonly days: readonly LedgerDay[];
  readonly refetches: readonly ShownRefetch[];
};

const shownDays = 31;
const shownRefetches = 10;

export async function mailboxDetail(
  { database, timezone }: { readonly database: Database; readonly timezone: string },
  name: string,
): Promise<MailboxDetail | null> {
  const [[box], days, refetches] = await Promise.all([
    lookAtMailboxes(database, { mailboxes: [name], timezone }),
    readLedgerDays(database, name, shownDays),
    lastRefetches(database, name, shownRefetches),
  ]);
  return box ? { ...box, days, refetches } : null;
}
