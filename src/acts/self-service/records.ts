/** Somebody on record at a site, as what they ask for themselves sees it (POLICY §7). */

import type { Severity } from '../../cases/case.ts';
import type { Proposal } from '../../cases/proposal.ts';
import type { CaseNumber, ContactId, SiteId } from '../../foundation/ids.ts';
import type { Contact, SiteFacts } from '../../registry/site.ts';
import type { AnsweredCase } from '../cases/records.ts';

/** On whom a case waits, and what is to come of it; instants are ISO 8601. */
export type OwnStanding = {
  /** Since when a proposed solution waits for the customer's word. */
  readonly proposedAt: string | null;
  /** The case waits for the customer; `until` is null where only they end it. */
  readonly waits: { readonly since: string; readonly until: string | null } | null;
  readonly proposal: Proposal | null;
  readonly reference: string | null;
  /** What a fix is planned for, and the release that resolves it. */
  readonly planned: string | null;
  readonly resolvedIn: string | null;
  /** The case that it was merged into. */
  readonly mergedInto: CaseNumber | null;
};

export type OwnCaseLine = {
  readonly number: CaseNumber;
  readonly site: SiteId;
  readonly title: string;
  readonly status: 'open' | 'closed';
  readonly severity: Severity;
  readonly kind: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** The first response is owed by then; null where it was given, or the clock stands. */
  readonly due: string | null;
  readonly contact: ContactId | null;
  readonly participants: readonly string[];
  /** The last ones, newest first; only where one case was asked about. */
  readonly events: readonly { readonly kind: string; readonly at: string }[] | null;
  /** Only where cases are told of. */
  readonly stands?: OwnStanding;
};

export type OwnRecord = SiteFacts & {
  readonly contact: Contact;
  /** Where a letter goes to them, as it stands on record. */
  readonly address: string;
  /** The PIN in force. */
  readonly pin: string | null;
  /** Of the site: the open ones, or the one that was asked about. */
  readonly cases: readonly OwnCaseLine[];
  /** What a role of theirs may ask for, at whichever site, by the words in the language of this one. */
  readonly commands: readonly { readonly name: string; readonly word: string }[];
  /** They belong to several sites. */
  readonly several: boolean;
  /** Of the case that a mail of theirs answers, on the day of the mail. */
  readonly answers?: { readonly participants: readonly string[]; readonly reopensToday: number } | undefined;
  /** The same case, as what they ask for on it sees it. */
  readonly on?: AnsweredCase | undefined;
};

/** `command`: which of it is told. */
export type OwnNeeds = {
  readonly own?: {
    readonly site: string;
    readonly contact: string;
    readonly case?: string | undefined;
    readonly command: 'HELP' | 'PIN' | 'CASES' | 'STATUS' | 'LICENCES' | 'REGISTER' | 'DOCUMENTS' | 'UPGRADE';
  };
};
/** Null: nobody of that address is on record there. */
export type OwnRecords = { readonly own?: OwnRecord | null };
