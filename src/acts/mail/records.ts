/** What acts on held mail see. */
import type { Outcome } from '../../changes/outcome.ts';
import type { CaseNumber, MailId, SiteId } from '../../foundation/ids.ts';
import type { HeldOutcome } from '../../outbound/letter.ts';
import type { RegistryDocument } from '../../registry/registry-form.ts';

export type MailRecord = {
  readonly id: MailId;
  readonly state: 'new' | 'decided' | 'dead';
  readonly outcome: string | null;
  readonly case: CaseNumber | null;
  /** Grows whenever the mail is put back or taken in hand. */
  readonly fence: string;
  /** Its bytes are here. */
  readonly kept: boolean;
  /** Of its single plain sender, with what a letter to them needs. */
  readonly from: string | null;
  readonly messageId: string | null;
  readonly references: readonly string[];
  readonly language: string | null;
  /** Client care owes an answer to it. */
  readonly careRuns: boolean;
  /** Of a refused mail, what it was held as last. */
  readonly heldAs: Outcome | null;
  /** Who let it in or refused it last: of the audit. */
  readonly settledBy: { readonly actor: string; readonly refused: boolean } | null;
};

export type SiteKey = { readonly id: SiteId; readonly number: string };

/** What a mail would be decided, were it put back; with what follows from that in words. */
export type Trial = {
  readonly mail: MailId;
  readonly outcome: string;
  readonly reason: string;
  readonly changes: readonly string[];
  readonly letters: readonly string[];
  readonly opens: { readonly severity: number; readonly due: string } | null;
};

export type ReleaseAsked = {
  readonly mail: string;
  readonly site?: string | undefined;
  readonly pin?: string | undefined;
  readonly register?: { readonly name?: string | undefined; readonly role?: string | undefined } | undefined;
};

/** A held mail as it would be decided with its sender let in. */
export type ReleaseRecord = {
  /** That was named, and that it is decided for. */
  readonly site: SiteKey | null;
  readonly at: SiteKey | null;
  readonly from: { readonly address: string; readonly name: string } | null;
  /** The case that it would be held on as a stranger's. */
  readonly onCase: CaseNumber | null;
  readonly trial: Trial;
  /** Where a sender is to be registered: the site as it stands. */
  readonly registry?: RegistryDocument;
  /** Other held mails of a sender who is to be registered; the first ones, and how many more there are. */
  readonly others: readonly Trial[];
  readonly more: number;
};

/** A mail of the time without a contract, as it would be decided by the one of today. */
export type LapsedRecord = {
  readonly mail: MailId;
  readonly fence: string;
  readonly admitted: { readonly by: string; readonly site: SiteId | null; readonly renewed: true };
  readonly trial: Trial;
};

export type DueRecord = {
  readonly id: MailId;
  readonly was: HeldOutcome;
  readonly from: string | null;
  readonly arrivedAt: string;
};

/** Where a look begins; looks go round. */
export type Place = { readonly id: string; readonly arrivedAt: string };

export type MailNeeds = {
  readonly mails?: readonly string[];
  readonly release?: ReleaseAsked;
  /** A mail to be decided again as it is. */
  readonly replay?: string;
  /** Held mails whose time is over. */
  readonly heldFor?: { readonly days: number; readonly spam: boolean };
  readonly lapsed?: { readonly after: Place | null };
  /** An address, or a domain behind an @. */
  readonly block?: string;
};

export type MailRecords = {
  readonly mails?: readonly MailRecord[];
  /** A fault: why site and PIN do not go together, or name none. */
  readonly release?: ReleaseRecord | { readonly fault: string } | null;
  readonly replay?: Trial | null;
  readonly due?: readonly DueRecord[];
  /** `next`: where the next look begins. */
  readonly lapsed?: { readonly found: readonly LapsedRecord[]; readonly next: Place | null };
  readonly block?: { readonly stands: boolean };
};
