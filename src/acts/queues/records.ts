/** What acts on failed work see: mails and letters that wait for another try or were given up, and mailboxes. */
import type { LetterId, MailId } from '../../foundation/ids.ts';

/** By what they failed with, or one by its id. */
export type FailedAsked = { readonly cause?: string | undefined; readonly id?: string | undefined };

export type FailedMail = { readonly id: MailId; readonly fence: string; readonly givenUp: boolean };
export type FailedLetter = { readonly id: LetterId; readonly fence: string };

/** The first thousand; `more` are not among them. */
export type Failed<Row> = { readonly found: readonly Row[]; readonly more: number };

export type RangeAsked = { readonly mailbox: string; readonly from: number; readonly to: number };
export type RangeRecord = {
  readonly epoch: number;
  /** UIDs up to this one were read. */
  readonly watermark: number;
  /** Of the range, what is here. */
  readonly known: number;
  /** A range of this mailbox that was asked for and not fetched yet. */
  readonly open: number;
};

export type QueueNeeds = {
  readonly failedMails?: FailedAsked;
  readonly failedLetters?: FailedAsked;
  readonly range?: RangeAsked;
};
export type QueueRecords = {
  readonly failedMails?: Failed<FailedMail> & { readonly paused: boolean };
  readonly failedLetters?: Failed<FailedLetter> & {
    readonly stopped: boolean;
    readonly restsUntil: string | null;
    readonly paused: boolean;
  };
  /** Null: a mailbox that was never opened. */
  readonly range?: RangeRecord | null;
};
