/**
 * What reading a mail comes to: plain data that crosses a thread boundary and is stored as JSON.
 * Every string in it has been through `foundation/clean-text`.
 */

/** POLICY §11.1. `failed` also stands for a mail without exactly one plain From. */
export type Grade = 'verified' | 'unverified' | 'failed';

type MailClass = 'person' | 'bounce' | 'complaint' | 'machine' | 'unreadable';

/** Normalised for comparison: A to Z folded and nothing else, domain as A-labels. */
export type Mailbox = { readonly address: string; readonly name: string };

export type FromHeader =
  | { readonly kind: 'one'; readonly address: string; readonly name: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' }
  | { readonly kind: 'malformed' };

export type UnreadableReason =
  | 'too-large'
  | 'header-too-large'
  | 'too-many-addresses'
  | 'too-many-parts'
  | 'too-deep'
  | 'parser-overrun'
  | 'parser-failed'
  | 'empty-result'
  | 'not-fetched';

export type MachineReason =
  | 'auto-submitted'
  | 'own-loop-mark'
  | 'too-many-received'
  | 'daemon'
  | 'no-reply'
  | 'ourselves'
  | 'out-of-office-subject'
  | 'read-receipt';

/** Decided like any mail, its letters suppressed (MAIL.md §2). */
export type UnanswerableReason = 'list' | 'precedence' | 'suppress-header' | 'null-return-path';

export type BounceRecipient = {
  /** Whom the mail was written to, as far as the report tells (Original-Recipient). */
  readonly address: string;
  /** Where an alias, a forward or an internal host sent it on to, and where it failed (Final-Recipient). */
  readonly rewritten?: string;
  /** RFC 3464 Action: failed, delayed, delivered, relayed, expanded. */
  readonly action: string;
  /** RFC 3463, such as `5.1.1`; empty where none is known. */
  readonly status: string;
  readonly kind: 'hard' | 'soft' | 'delayed' | 'delivered';
  /** What the other server said, one line. */
  readonly diagnostic: string;
};

export type BounceReport = {
  readonly kind: 'bounce' | 'complaint';
  readonly recipients: readonly BounceRecipient[];
  /** The mail that came back, where it can be told: Message-ID with angle brackets. */
  readonly originalMessageId: string | null;
  readonly originalEnvelopeId: string | null;
};

export type Attachment = {
  readonly name: string;
  /** Media type such as `image/png`, lower case. */
  readonly type: string;
  /** Bytes once decoded. */
  readonly size: number;
  readonly sha256: string;
  readonly inline: boolean;
};

export type ForwardedMail = {
  /** As its From line says, which nobody has checked. */
  readonly sender: string;
  readonly subject: string;
  /** Its first lines. */
  readonly text: string;
};

export type ReportField =
  | 'company'
  | 'contact'
  | 'phone'
  | 'hours'
  | 'product'
  | 'version'
  | 'severity'
  | 'symptoms'
  | 'impact'
  | 'os'
  | 'database'
  | 'serviceTag'
  | 'licence'
  | 'reproducible'
  | 'scope'
  | 'changed';

/** The addresses of ours that mail is written to, each with a team behind it. */
export const ownAddresses = ['support', 'access', 'renewals', 'security', 'care', 'licensing'] as const;
export type OwnAddress = (typeof ownAddresses)[number];

/** A letter or case of ours that this mail names. `signed` is false for a `[Case 100042]` that anybody can type. */
export type ThreadHint =
  | {
      readonly by: 'message-id' | 'plus-address';
      readonly signed: true;
      readonly letter: string | null;
      readonly case: string | null;
      /** With the one-time token of a letter whose answer gives rights (POLICY §8.7). */
      readonly token?: true;
    }
  | { readonly by: 'case-tag'; readonly signed: false; readonly letter: null; readonly case: string }
  /** `Case 100042` or `#100042` that opens the subject; `alone`: nothing else is left of it. */
  | {
      readonly by: 'case-number';
      readonly signed: false;
      readonly letter: null;
      readonly case: string;
      readonly alone?: true;
    };

export type MailFacts = {
  readonly class: MailClass;
  readonly unreadable: UnreadableReason | null;
  readonly machine: MachineReason | null;
  readonly unanswerable: UnanswerableReason | null;
  readonly bounce: BounceReport | null;

  readonly from: FromHeader;
  readonly grade: Grade;
  /** One plain phrase: why this grade. */
  readonly gradeReason: string;
  /**
   * What our mail server has left open and `dns/verify` may find out (POLICY §11.1): a signature that would count, with or without
   * an SPF check that passed for From, or the policy of a domain whose mail failed DMARC.
   */
  readonly unjudged?: 'signature' | 'signature-beside-spf' | 'policy';
  /** Envelope sender, null for the null sender or where none is known. */
  readonly returnPath: string | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Which of our addresses was written to (MAIL.md §2), and its place in `addresses`. */
  readonly recipient: {
    readonly address: string;
    readonly role: OwnAddress | 'postmaster';
  } | null;
  /** What else of ours the envelope names; only where it names several. */
  readonly alsoTo?: readonly OwnAddress[];
  /** The operator's own mail server has marked it as spam. */
  readonly markedSpam?: true;

  /** With angle brackets, null where there is none. */
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** ISO 8601, as the sender claims; null where it cannot be read. */
  readonly sentAt: string | null;

  readonly subject: string;
  /** The subject without prefixes, case tag and PIN; where nothing is left, the first line of the new text. */
  readonly title: string;
  /** Every different PIN in a strict form in the subject, else one alone on the first line of the new text; privileged ones start with `p`. */
  readonly pins: readonly string[];
  /** A privileged PIN, right or not, stands somewhere in the mail, also in a part that is not read. */
  readonly quotesPrivilegedPin?: true;
  /** Licence numbers, service tags and site numbers from labelled lines, looked at where there is no PIN. */
  readonly licenceNumbers: readonly string[];
  /** Best first. */
  readonly threads: readonly ThreadHint[];

  /** The whole text as a person would read it, at most 1 MB. */
  readonly text: string;
  /** Without quoted text, signature and footer; never empty where the person wrote something. */
  readonly newText: string;
  /** Nothing of the sender's own was found: `newText` is a quote or a forward that was kept rather than lost. */
  readonly nothingOwn?: true;
  readonly onlyThanks: boolean;
  readonly report: Readonly<Partial<Record<ReportField, string>>>;
  /** What could not be read: `encrypted`, `signed`, `winmail.dat`, `calendar`. */
  readonly unreadParts: readonly string[];
  readonly attachments: readonly Attachment[];
  /** Mails that this one carries as attachments: shown on the case, read as nobody's words. */
  readonly forwarded?: readonly ForwardedMail[];
  /** Language guessed from labels and greeting is not needed: the site's counts. This is Content-Language or null. */
  readonly language: string | null;
  /** Over sender, subject, text and attachments: two copies of one mail by different ways have the same (MAIL.md §1). */
  readonly contentHash: string;
};

/** How the mail came: what the adapter knows and the bytes do not say. */
export type Arrival = {
  /** Envelope sender; `''` is the null sender; null where there is none (IMAP). */
  readonly mailFrom: string | null;
  /** Envelope recipients; empty where there are none. */
  readonly rcptTo: readonly string[];
};

/** What reading needs to know of us. Filled in by `config/`. */
export type ReadOptions = {
  readonly addresses: {
    readonly support: string;
    readonly access: string | null;
    readonly renewals: string | null;
    readonly security: string | null;
    readonly care: string | null;
    readonly licensing: string | null;
    readonly bounces: string | null;
  };
  /** Our own mailing lists in front of support, addresses or List-Id values, whose list headers do not count. */
  readonly lists: readonly string[];
  /** The authserv-id whose topmost Authentication-Results header is believed (RFC 8601); null believes none. */
  readonly authservId: string | null;
  /** Keys of the thread tokens, newest first. */
  readonly keys: readonly string[];
  /** Header lines by which the operator's mail server marks spam; `name` in lower case. */
  readonly spam?: readonly SpamMark[];
};

export type SpamMark = { readonly name: string; readonly value: string };
