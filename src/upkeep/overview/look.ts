/** What the overview is made of. Each part is looked at by itself, so that one that is away leaves the others. */
import type { AlertCause } from '../alerts.ts';

/** What was last seen of something, and what keeps it from being seen now. Times are ISO 8601. */
export type Part<T> = {
  readonly seen: T | null;
  /** When that was. */
  readonly at: string | null;
  /** Null where the last look went well. */
  readonly fault: { readonly says: string; readonly since: string } | null;
};

/** From a mail's arrival to its acknowledgement taken by our mail server, of 95 in 100. */
export const acknowledgedGoalSeconds = 5;

/** Counted up to this many; one more means that there are more. */
export const mostCounted = 10_000;

/** Of mails, letters or jobs that ended alike. */
export type CauseCount = {
  /** As it is kept: what the other side said, or the name of the error. */
  readonly cause: string;
  readonly count: number;
  /** The oldest of them. */
  readonly since: string;
  /** When the first of them comes again by itself; null where none does. */
  readonly next: string | null;
};

/** What became of the UIDs of a mailbox: seen is the sum of the others, or something is missing. */
export type LedgerCounts = {
  readonly seen: number;
  readonly stored: number;
  readonly tooLarge: number;
  readonly duplicates: number;
  readonly gone: number;
  readonly passedOver: number;
};
export const differenceOf = ({ seen, stored, tooLarge, duplicates, gone, passedOver }: LedgerCounts): number =>
  seen - stored - tooLarge - duplicates - gone - passedOver;

export type MailboxSeen = {
  readonly name: string;
  readonly fetchedAt: string | null;
  /** Since when nothing was fetched, or since it is known. */
  readonly quietSince: string;
  readonly problem: string | null;
  readonly problemSince: string | null;
  readonly loginRefused: boolean;
  readonly watched: boolean;
  readonly ledger: LedgerCounts;
  /** Since midnight, by the desk's zone. */
  readonly today: LedgerCounts | null;
};

export type CaseAtRisk = {
  readonly number: string;
  readonly title: string;
  readonly site: string;
  readonly severity: number;
  /** Of its first answer. */
  readonly due: string;
  readonly owner: string | null;
};

export type HeldCount = {
  /** A kind of held mail; `spam` waits for nobody. */
  readonly reason: string;
  readonly count: number;
  readonly oldest: string;
};

/** One hour of the past days. */
export type Hour = { readonly hour: string; readonly mails: number; readonly letters: number };

export type WorkerSeen = {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** `intake`, `outbound` and the like. */
  readonly does: readonly string[];
  readonly startedAt: string;
  readonly seenAt: string;
  /** What it has in hand. */
  readonly mails: number;
  readonly letters: number;
};

export type OpenAlert = {
  readonly cause: AlertCause;
  readonly subject: string;
  readonly count: number;
  readonly why: string | null;
  readonly since: string;
};

export type Stopped = { readonly at: string; readonly by: string; readonly reason: string };

export type DatabaseSeen = {
  readonly mailboxes: readonly MailboxSeen[];
  readonly alerts: readonly OpenAlert[];
  readonly mails: {
    readonly waiting: number;
    readonly oldest: string | null;
    readonly again: readonly CauseCount[];
    readonly givenUp: readonly CauseCount[];
  };
  readonly letters: {
    readonly waiting: number;
    readonly oldest: string | null;
    readonly again: readonly CauseCount[];
    /** Those that a person has to let out. */
    readonly forPerson: number;
    readonly stopped: Stopped | null;
    readonly rests: { readonly until: string; readonly why: string; readonly loginRefused: boolean } | null;
  };
  readonly held: readonly HeldCount[];
  /** First answers that are owed within two hours, or were; the most urgent first. */
  readonly clocks: readonly CaseAtRisk[];
  /** Open cases of severity 1 that nobody has taken. */
  readonly unowned: readonly Omit<CaseAtRisk, 'due'>[];
  readonly renewals: {
    readonly running: boolean;
    readonly dueThisWeek: number;
    readonly next: string | null;
    readonly sentThisWeek: number;
    readonly notTold: number;
  };
  readonly hours: readonly Hour[];
  /** Seconds from a mail's arrival to its acknowledgement taken by our mail server, of the last 24 hours; null where there was none. */
  readonly acknowledged: { readonly p50: number; readonly p95: number; readonly count: number } | null;
  readonly workers: readonly WorkerSeen[];
  readonly clockFaults: readonly { readonly job: string; readonly failure: string; readonly at: string }[];
  /** Queues that a person has paused. */
  readonly paused: readonly (Stopped & { readonly queue: string })[];
  /** Settings that are missing, so that somebody is not told. */
  readonly missing: readonly { readonly code: string; readonly says: string; readonly todo: string }[];
};

/** Of a queue: jobs only. */
export type QueueSeen = {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly paused: boolean;
  readonly oldest: string | null;
};

/** A server that did not greet a connection of ours. */
export type ServerSilent = { readonly server: string; readonly mailbox: string | null; readonly says: string };

/** `faults`: sentences. */
export type TemplateUnused = {
  readonly language: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly faults: readonly string[];
};

export type Look = {
  /** When the overview was put together. */
  readonly at: string;
  readonly database: Part<DatabaseSeen>;
  readonly queues: Part<readonly QueueSeen[]>;
  readonly servers: Part<readonly ServerSilent[]>;
  /** Templates that were changed here and do not check: the shipped ones are used. */
  readonly templates?: readonly TemplateUnused[];
  /** What the workers of this process say is wrong. */
  readonly problems: readonly string[];
};
