/** A case as acts see it. Instants are ISO 8601, addresses are normalised. */
import type { CaseKind, CaseReference, Severity } from '../../cases/case.ts';
import type { Escalation, Proposal } from '../../cases/proposal.ts';
import type { ClockEvent } from '../../cases/response-clock.ts';
import type { Deed, Enclosed, StaffAnswerState } from '../../changes/cases/staff-mail.ts';
import type { CaseNumber, ContactId, LetterId, MailId, SiteNumber } from '../../foundation/ids.ts';
import type { ProductVersion, SiteFacts } from '../../registry/site.ts';

export type CaseRecord = {
  readonly id: string;
  readonly number: CaseNumber;
  readonly title: string;
  readonly status: 'open' | 'closed';
  /** Grows with every change: what was judged on an older one is judged again. */
  readonly versionNo: number;
  /** Where what is written to it goes for ever; left out where it was not merged. */
  readonly mergedInto?: CaseNumber | null;
};

/** A case that a mail answers, as what its writer asks for sees it. */
export type AnsweredCase = CaseRecord & {
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly product: string | null;
  /** Our first response has gone out. */
  readonly answered: boolean;
  readonly clock: readonly ClockEvent[];
  readonly participants: readonly string[];
  /** Where the letters to whoever asked for it go. */
  readonly requester?: string;
  readonly proposal?: Proposal | null;
  readonly escalation?: Escalation | null;
};

/** What has been written on a case; the newest stand last, and long ones are cut. */
export type CaseMessage = {
  readonly id: string;
  readonly mail: MailId | null;
  readonly letter: LetterId | null;
  readonly direction: 'in' | 'out' | 'note';
  readonly author: string;
  readonly contact: ContactId | null;
  /** By a machine: an automatic mail, or a letter that nobody wrote. */
  readonly automatic: boolean;
  readonly messageId: string | null;
  readonly at: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly size: number; readonly inline: boolean }[];
};

export type StaffAnswerRecord = {
  readonly mail: MailId;
  readonly staff: string;
  readonly at: string;
  readonly state: StaffAnswerState;
  readonly dueAt: string | null;
  readonly deeds: readonly Deed[];
  readonly enclosed: readonly Enclosed[];
};

/** A case with all that whoever works on it goes by. */
export type WorkedCase = CaseRecord &
  CaseReference & {
    readonly of: SiteFacts;
    readonly severity: Severity;
    readonly product: string | null;
    readonly version: string | null;
    /** The version as the registry has it; null where it does not know it. */
    readonly onRecord: Pick<ProductVersion, 'stage' | 'preview'> | null;
    readonly provisional: boolean;
    readonly lapsed: boolean;
    readonly openedAt: string;
    readonly closedAt: string | null;
    /** The address of the member of staff who has taken it. */
    readonly owner: string | null;
    /** How many open cases each of the owners has. */
    readonly load: Readonly<Record<string, number>>;
    /** Who asked for it; null for somebody not on record. Letters go to `contactAddress`, in `language`. */
    readonly contact: { readonly id: ContactId; readonly name: string; readonly phone: string | null } | null;
    readonly contactAddress: string;
    readonly language: string;
    readonly participants: readonly {
      readonly address: string;
      readonly contact: ContactId | null;
      /** As the registry has it. */
      readonly name?: string | null;
    }[];
    /** Since when a proposed solution waits for the customer (§6.1). */
    readonly proposedAt: string | null;
    readonly answeredAt: string | null;
    readonly proposal?: Proposal | null;
    readonly escalation?: Escalation | null;
    readonly due: string | null;
    /** PINs of its site: a letter shows none that is not asked for (POLICY §3). */
    readonly pins: readonly string[];
    readonly clock: readonly ClockEvent[];
    /** All that has happened on it, oldest first: what a timer has done stands here. */
    readonly events: readonly {
      readonly kind: string;
      readonly at: string;
      /** That it followed from. */
      readonly mail?: MailId | null;
      readonly detail: Readonly<Record<string, unknown>>;
    }[];
    /** What was due until then rings for nobody (§11.6); null: all of it does. */
    readonly silentUntil: string | null;
    /** Of our people by mail: those that wait or were asked back about, and the last that went out. */
    readonly answers: readonly StaffAnswerRecord[];
    /** Of our people, who writes on it in the console just now. */
    readonly typing?: readonly string[];
    /** The last twenty. */
    readonly messages: readonly CaseMessage[];
  };

/** Of `worked` the whole case is loaded, for whoever works on it. */
/** Cases whose timers have not begun, and those of them that are overdue: the gravest first, so many of them named. */
export type CasesBehind = {
  readonly count: number;
  readonly overdue: readonly {
    readonly number: CaseNumber;
    readonly title: string;
    readonly severity: Severity;
    readonly site: SiteNumber;
    readonly siteName: string;
    readonly due: string;
    readonly mail: string | null;
  }[];
  readonly more: number;
};

export type CaseNeeds = {
  readonly cases?: readonly string[];
  readonly worked?: readonly string[];
  readonly behind?: true;
  /** Whoever has this address at the site of the case. */
  readonly onSite?: { readonly case: string; readonly address: string };
};
export type CaseRecords = {
  readonly cases: readonly CaseRecord[];
  readonly worked?: readonly WorkedCase[];
  readonly behind?: CasesBehind;
  readonly onSite?: { readonly contact: ContactId; readonly name: string } | null;
};
