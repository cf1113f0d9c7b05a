/** What the overview and the pages of queues and mailboxes are handed. */
import type { By } from '../../../changes/by.ts';
import type { MailboxDetail } from '../../../flows/mailboxes/mailbox-detail.ts';
import type { Emptied, FailedCause, Switched } from '../../../flows/queues/queues.ts';
import type { ListedJob } from '../../../flows/upkeep/clock-runs.ts';
import type { Look } from '../../../upkeep/overview/look.ts';

export type OverviewDeps = {
  /** As it stands; fails never, and waits `patienceMs` at most. */
  look(patienceMs?: number): Promise<Look>;
  /** Something was done here: what was seen before counts no more. */
  forget(): void;
};

export type QueuesDeps = {
  /** Fails with `queue-away`, `database-away`, `not-found`. */
  failures(queue: string): Promise<readonly FailedCause[]>;
  pause(queue: string, reason: string, by: By): Promise<Switched>;
  resume(queue: string, by: By): Promise<Switched>;
  empty(queue: string, by: By): Promise<Emptied>;
  clockJobs(): Promise<readonly ListedJob[]>;
  /** Null: there is no such mailbox. */
  mailbox(name: string): Promise<MailboxDetail | null>;
};
