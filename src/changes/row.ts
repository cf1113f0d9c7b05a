/** What is said of a kind of change, wherever it comes from. A cell may say that there is none, and why. */
import type { MailId } from '../foundation/ids.ts';
import type { HookTopic } from './webhooks/topics.ts';

type None = { readonly none: string };
export const none = (why: string): None => ({ none: why });
/** Its audit row is that of another change of the same commit, or `mail-decided`, which every decision has (RELIABILITY I8). */
type Covered = { readonly coveredBy: string };
export const coveredBy = (kind: string): Covered => ({ coveredBy: kind });

/** Its audit row is written by the statement of its row, which alone knows what it says. */
type Within = { readonly within: string };
export const within = (why: string): Within => ({ within: why });

export type AuditCell = {
  readonly action: string;
  readonly subjectKind:
    | 'mail'
    | 'case'
    | 'letter'
    | 'site'
    | 'contact'
    | 'mailbox'
    | 'sender'
    | 'staff'
    | 'schedule'
    | 'announcement'
    | 'access-request'
    | 'retention'
    | 'bulk-run'
    | 'erasure'
    | 'template'
    | 'language'
    | 'saved-view'
    | 'canned-answer'
    | 'webhook';
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};
export type EventCell = {
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Where it is another than the mail of `by`. */
  readonly mail?: MailId;
  /** The row of another case than the one that the change is about, and when it happened there. */
  readonly caseId?: string;
  readonly at?: string;
};

export type ChangeRow<C> = {
  readonly audit: ((change: C) => AuditCell) | Covered | Within;
  /** On the case that the change is about. */
  readonly event: ((change: C) => EventCell | readonly EventCell[]) | None;
  /** The sentence a person reads, before and after. */
  readonly says: (change: C) => string;
  /** Of the webhook. */
  readonly topic: HookTopic | None;
  /** Goes by the batched statement of the mails; else it has one of its own in the same transaction. `in a decision`: there alone. */
  readonly batched: boolean | 'in a decision';
};
