/** The types of the mailbox watcher: what it needs of the database, and what its parts pass to each other. */
import type { Log } from '../../../foundation/log.ts';
import type { Meter } from '../../../foundation/meter.ts';
import type { Connection, ImapAccount } from '../../../imap/connection.ts';
import type { MailboxMark } from '../../../mail/mailbox-ledger.ts';
import type { ReceiveMail } from '../../intake/receive-mail.ts';

export type Lease = { readonly mailbox: string; readonly fence: number };

/**
 * The UIDs that a watermark passes (MAIL.md §1.7): what the server listed, what of it went away before we had it, and what we
 * leave alone. What was stored is not told: the database counts its own rows, so that the two can be held against each other.
 */
export type Passed = {
  readonly listed: readonly number[];
  readonly gone: readonly number[];
  readonly passedOver: readonly number[];
};

/** Every method may throw `database-away`; those that write under a lease throw `lease-lost` when it went to another watcher. */
export type MailboxLedger = {
  /** A lease of 10 s by the database's clock, with a higher fence than any before; null while another holds it. Never waits for one. */
  takeLease(mailbox: string, holder: string): Promise<Lease | null>;
  /** Whether somebody but this holder has the lease and reads without a problem. */
  othersRead(mailbox: string, holder: string): Promise<boolean>;
  /** Another 10 s; false when the lease is no longer ours. */
  renewLease(lease: Lease): Promise<boolean>;
  /** Does nothing when the lease is no longer ours. */
  releaseLease(lease: Lease): Promise<void>;
  /** Null before the first sight. */
  load(mailbox: string): Promise<MailboxMark | null>;
  /** Writes the first sight or a new epoch. */
  saveMark(lease: Lease, mark: MailboxMark): Promise<void>;
  /** Moves the watermark, never back, and adds the counts, in one transaction. How many UIDs the ledger misses by now; has to be 0. */
  advance(lease: Lease, epoch: number, watermark: number, passed: Passed): Promise<number>;
  /** Which of these UIDs are in the ledger already, stored or as duplicates. */
  settledUids(mailbox: string, epoch: number, uids: readonly number[]): Promise<ReadonlySet<number>>;
  /** Counts one more failure of a UID; how many there are now. */
  noteFailure(lease: Lease, epoch: number, uid: number): Promise<number>;
  /** What keeps the mailbox from being read, for everybody to see; null when all is well. */
  noteProblem(lease: Lease, problem: string | null, login?: 'refused'): Promise<void>;
  /** The oldest range of UIDs that is to be looked at again; null where there is none. */
  nextRefetch(mailbox: string): Promise<{ id: string; epoch: number; from: number; to: number } | null>;
  /** Counts what was fetched of it from the ledger's rows; how many. */
  endRefetch(
    lease: Lease,
    id: string,
    came: { listed: number; known: number; failure: string | null },
  ): Promise<number>;
  /** All that was new has been read, for everybody to see. */
  noteFetch(lease: Lease): Promise<void>;
};

export type WatchOptions = {
  readonly name: string;
  readonly account: ImapAccount;
  readonly folder: string;
  /** Where mails are filed away; null leaves them where they are. */
  readonly processed: string | null;
  /** Read back to this moment at the first sight. */
  readonly since: Date | null;
  /** Names this process. */
  readonly holder: string;
  readonly pollMs?: number;
  /** Octets; a larger mail is kept as its header. */
  readonly sizeLimit?: number;
  /** After a refused login; tests wait less. */
  readonly refusedMs?: number;
  /** A connection without an answer for so long is given up; longer than a poll. */
  readonly watchdogMs?: number;
};

export type WatchDeps = {
  readonly ledger: MailboxLedger;
  readonly receive: ReceiveMail;
  readonly log: Log;
  readonly meter: Meter;
};

/** One lease, one connection, one epoch. */
export type MailboxSession = { readonly lease: Lease; readonly box: Connection; mark: MailboxMark };

/** What outlives a session: a UID whose fetch took the connection with it, and what the server listed and we do not have. */
type Memory = { readonly suspects: Set<number>; pending: Set<number> };

/** What the parts share of one watcher. */
export type Watching = {
  readonly options: WatchOptions;
  readonly deps: WatchDeps;
  readonly memory: Memory;
  readonly stopping: AbortSignal;
  /** The server has answered something. */
  moved(): void;
  /** Something is wrong that does not end the session. */
  complain(problem: string): void;
  watermark(uid: number): void;
};
