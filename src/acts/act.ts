/**
 * An act is something that can be asked for, by whatever way: a value with its input, the right it needs, the records it has to see,
 * and `judge`, which is pure. Judged without committing it is the preview.
 */
import type { z } from 'zod';
import type { AccessPolicy } from '../access/policy.ts';
import type { CasesPolicy } from '../cases/policy.ts';
import type { Holidays } from '../cases/rating.ts';
import type { By } from '../changes/by.ts';
import type { Enclosed } from '../changes/cases/staff-mail.ts';
import type { Change, OwnChange } from '../changes/change.ts';
import type { LetterMark } from '../changes/letter.ts';
import type { MailId } from '../foundation/ids.ts';
import type { ReportField } from '../mail/parsed-mail.ts';
import type { NoticesPolicy } from '../notices/policy.ts';
import type { CommandRefused, LetterTemplate, OwnLetter, WorkRefused } from '../outbound/letter.ts';
import type { AccessResult } from '../outbound/letters/access.ts';
import type { ContactRight } from '../registry/permissions.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import type { Fault } from '../registry/registry-form.ts';
import type { StaffRight } from '../staff/rights.ts';
import type { StaffMember } from '../staff/staff.ts';
import type { AccessNeeds, AccessRecords } from './access/records.ts';
import type { AnnouncementNeeds, AnnouncementRecords } from './announcements/records.ts';
import type { ClosingNeeds, ClosingRecords } from './cases/closing/records.ts';
import type { CallerNeeds, CallerRecords } from './cases/opening/records.ts';
import type { CaseNeeds, CaseRecords } from './cases/records.ts';
import type { PeopleNeeds, PeopleRecords } from './contacts/records.ts';
import type { MailNeeds, MailRecords, Trial } from './mail/records.ts';
import type { PinNeeds, PinRecords } from './pins/records.ts';
import type { QueueNeeds, QueueRecords } from './queues/records.ts';
import type { RegistryNeeds, RegistryRecords } from './registry/records.ts';
import type { RenewalNeeds, RenewalRecords } from './renewals/records.ts';
import type { ScheduleNeeds, ScheduleRecords } from './schedule/records.ts';
import type { OwnNeeds, OwnRecords } from './self-service/records.ts';
import type { SenderNeeds, SenderRecords } from './senders/records.ts';
import type { SignInNeeds, SignInRecords } from './sign-in/records.ts';
import type { StaffNeeds, StaffRecords } from './staff/records.ts';
import type { SubscriptionNeeds, SubscriptionRecords } from './subscriptions/records.ts';
import type { TemplateNeeds, TemplateRecords } from './templates/records.ts';
import type { WebhookNeeds, WebhookRecords } from './webhooks/records.ts';

/** A letter as an act sees it; its fence grows whenever it changes hands. */
export type LetterRecord = {
  readonly id: string;
  readonly state: string;
  readonly fence: string;
  readonly template: string;
  readonly to: string;
  /** As it stands in the database: one that gives rights is masked there. */
  readonly messageId: string;
  /** Its bytes are there. */
  readonly kept: boolean;
  readonly markedAs: LetterMark | null;
  /** Of the one-time code that it tells; null where it tells none. */
  readonly codeGood: boolean | null;
  /** Whoever it went to has ended letters of its kind. */
  readonly ended: boolean;
};

export type Needs = AccessNeeds &
  AnnouncementNeeds &
  CaseNeeds &
  CallerNeeds &
  ClosingNeeds &
  MailNeeds &
  OwnNeeds &
  PeopleNeeds &
  PinNeeds &
  QueueNeeds &
  RegistryNeeds &
  RenewalNeeds &
  ScheduleNeeds &
  SignInNeeds &
  StaffNeeds &
  SubscriptionNeeds &
  TemplateNeeds &
  WebhookNeeds &
  SenderNeeds & { readonly letters?: readonly string[] };
export type Records = AccessRecords &
  AnnouncementRecords &
  CaseRecords &
  CallerRecords &
  ClosingRecords &
  MailRecords &
  OwnRecords &
  PeopleRecords &
  PinRecords &
  QueueRecords &
  RegistryRecords &
  RenewalRecords &
  ScheduleRecords &
  SignInRecords &
  StaffRecords &
  SubscriptionRecords &
  TemplateRecords &
  WebhookRecords &
  SenderRecords & { readonly letters: readonly LetterRecord[] };

/** A letter that follows. Whether its recipient has had too many is asked for by whoever commits. */
export type ActLetter = OwnLetter & {
  /** What brings it about: with template, recipient and matter the same twice is one letter. Left out: nothing does so twice. */
  readonly once?: string;
  /** That it is about. */
  readonly mail?: MailId;
  /** Attachments of a mail that go along: they are cut from its bytes when the letter is finished. */
  readonly encloses?: { readonly mail: MailId; readonly enclosed: readonly Enclosed[] };
};

/** What an act knows of whoever runs this Postern. */
export type ActDesk = {
  readonly addresses: { readonly support: string; readonly access: string | null; readonly renewals: string | null };
  /** By country, `default` for the rest. */
  readonly phones: Readonly<Record<string, string>>;
  readonly renewalTeam: readonly string[];
  readonly care: readonly string[];
  readonly languages: readonly string[];
  readonly staff: readonly string[];
  /** All of the operator's people, and where their hours are counted. */
  readonly people: readonly StaffMember[];
  /** Seconds for which an answer of theirs waits before it goes out. */
  readonly staffDelay: number;
  readonly timezone: string;
  /** Networks of ours that webhooks may be sent to; else public addresses alone are. */
  readonly webhookPrivate?: readonly string[];
  /** Where pages for customers are. */
  readonly publicUrl: string;
  /** What the operator offers for what support does not cover (POLICY §5.3). */
  readonly outOfScope: readonly { readonly text: string; readonly link: string }[];
};
/** The numbers of POLICY that an act may go by. */
export type ActPolicy = AccessPolicy &
  CasesPolicy &
  NoticesPolicy &
  RegistryPolicy & {
    readonly publicHolidays: Holidays;
    /** §3.r13a: business days within which client care answers. */
    readonly careBusinessDays: number;
    /** §3 "Guessing": wrong numbers that lock out an address, and a domain. */
    readonly guessing: {
      readonly wrongPerAddress: number;
      readonly wrongPerDomain: number;
      readonly withinMinutes: number;
      readonly lockHours: number;
    };
    /** What an acknowledgement asks for once. */
    readonly askFor: readonly ReportField[];
    /** And beside that, by the name of a product. */
    readonly askForByProduct: Readonly<Record<string, readonly ReportField[]>>;
  };
export type Given = {
  readonly by: By;
  readonly now: string;
  readonly desk: ActDesk;
  readonly policy: ActPolicy;
};

export type Judged<C extends Change = OwnChange> =
  | {
      readonly kind: 'done';
      readonly changes: readonly C[];
      readonly letters: readonly ActLetter[];
      /** Of the mails that are put back, each of which is decided in a commit of its own. */
      readonly decisions?: readonly Trial[];
      /** So many more are not listed. */
      readonly more?: number;
      /** One sentence of it: the reason of the decision where a mail has asked. */
      readonly says?: string;
    }
  | {
      readonly kind: 'refused';
      readonly why: 'not-found' | 'conflict' | 'no-right' | 'bad-input';
      readonly says: string;
      /** Of files: the same, each with its place. */
      readonly faults?: readonly Fault[];
      /** What a contact is told who has asked by mail. */
      readonly told?: CommandRefused['why'];
      /** What a decider is told who has answered about a request for access. */
      readonly decider?: AccessResult;
      /** What one of our people is told who has asked by mail, in the language of the letter. */
      readonly toStaff?: WorkRefused;
    };

export type Refusal = Extract<Judged, { kind: 'refused' }>;

export const refused = (why: Refusal['why'], says: string, told?: Refusal['told']): Refusal => ({
  kind: 'refused',
  why,
  says,
  ...(told && { told }),
});

/** What our people can ask for by mail, too (POLICY §5.4). */
export const refusedWork = (
  toStaff: WorkRefused,
  why: Refusal['why'],
  says: string,
  told?: Refusal['told'],
): Refusal => ({
  ...refused(why, says, told),
  toStaff,
});

/**
 * The privileges of POLICY §1 that an act may need. Whoever has the token of the API, or the shell, has those of an admin; with `none`
 * only the clock hands it in, with `asked` only the mail of whom we have asked. What a contact may have of them stands in
 * registry/permissions.ts, and what somebody of ours may who is named, in staff/rights.ts.
 */
type Right = ContactRight | StaffRight | 'asked' | 'none';

export type Gives = { readonly changes: readonly Change['kind'][]; readonly letters: readonly LetterTemplate[] };

export type Act<Input> = {
  readonly name: string;
  /** Input that came from outside is parsed by this; validation, OpenAPI and previews come from it. */
  readonly input: z.ZodType<Input>;
  readonly right: Right;
  /** It is done for one of our people, who has to be named. */
  readonly forStaff?: true;
  /** One line for `--help`, OpenAPI and docs/acts.md, without a full stop. */
  readonly does: string;
  /** Every kind of change and every letter that `judge` may give. */
  readonly gives: Gives;
  /** What asks for it by mail: a command word, or in words; left out where nothing does. */
  readonly byMail?: string;
  /** The page that hands it in; left out where none does. */
  readonly byPage?: string;
  /** The jobs of the clock that hand it in. */
  readonly byClock?: readonly string[];
  /**
   * Of records without a version: taken before they are loaded, and held until all is written. A preview does without. Letters of such an
   * act would be finished under it.
   */
  readonly lock?: 'registry';
  needs(input: Input): Needs;
  judge(input: Input, records: Records, given: Given): Judged;
};

// biome-ignore lint/suspicious/noExplicitAny: a list of acts holds every input there is
export type AnyAct = Act<any>;

/**
 * What only a mail asks for, as an answer to what we have asked: judged as a part of its decision and written with it, so that it may give
 * changes of the batched statement. `Seen` are facts of that mail, and what follows from another act that it lets happen.
 */
export type MailAct<Input, Seen> = Pick<Act<Input>, 'name' | 'input' | 'does' | 'gives' | 'byMail'> & {
  readonly right: 'asked';
  judge(input: Input, seen: Seen, given: Given): Judged<Change>;
};

// biome-ignore lint/suspicious/noExplicitAny: a list of acts holds every input there is
export type AnyMailAct = MailAct<any, any>;
