/** Watching one mailbox (MAIL.md §1): what the watcher asks from the database. `store/mailboxes.ts` answers it. */
import type { MailboxMark } from '../mail/mailbox-ledger.ts';

export type Lease = { readonly mailbox: string; readonly fence: number };

/** Counts to be added; `seen` is the sum of the others once all is quiet (MAIL.md §1.7). */
export type LedgerCounts = {
  readonly seen: number;
  readonly stored: number;
  readonly tooLarge: number;
  readonly duplicates: number;
  readonly gone: number;
  readonly passedOver: number;
};

/** Every method may throw `database-away`; those that take a lease throw `lease-lost` when it went to another watcher. */
export type MailboxLedger = {
  /** A lease of 10 s by the database's clock, with a higher fence than any before; null while another holds it. */
  takeLease(mailbox: string, holder: string): Promise<Lease | null>;
  /** Another 10 s; false when the lease is no longer ours. */
  renewLease(lease: Lease): Promise<boolean>;
  /** Does nothing when the lease is no longer ours. */
  releaseLease(lease: Lease): Promise<void>;
  /** Null before the first sight. */
  load(mailbox: string): Promise<MailboxMark | null>;
  /** Writes the first sight or a new epoch. */
  saveMark(lease: Lease, mark: MailboxMark): Promise<void>;
  /** Moves the watermark, never back, and adds the counts, in one transaction; does nothing in another epoch. */
  advance(lease: Lease, epoch: number, watermark: number, counts: LedgerCounts): Promise<void>;
  /** Which of these UIDs are in the ledger already, stored or as duplicates. */
  settledUids(mailbox: string, epoch: number, uids: readonly number[]): Promise<ReadonlySet<number>>;
  /** Counts one more failure of a UID; how many there are now. */
  noteFailure(lease: Lease, epoch: number, uid: number): Promise<number>;
};
