/** What acts on the people of a site see: all of them, for four rules are about the whole (POLICY §1, §8.8). */
import type { CaseNumber, MailId } from '../../foundation/ids.ts';
import type { OwnSubscription } from '../../notices/kinds.ts';
import type { Contact, ContactDetails, Site } from '../../registry/site.ts';
import type { AccessRecord } from '../access/records.ts';

export type Person = Contact &
  ContactDetails & {
    readonly until?: string;
    readonly verifiedAt?: string;
    /** Letters to the address on record come back. */
    readonly unreachable?: boolean;
    /** One of them has, and nobody has said since that it is right. */
    readonly doubtful?: boolean;
    /** The quarter in which it was asked whether they may still open cases, while that is open (§8.10). */
    readonly toAttest?: string;
    /** What they have said of letters that can be ended (§10.6). */
    readonly subscriptions?: readonly OwnSubscription[];
    /** The last mail from an address of theirs; only where it was asked for. */
    readonly lastSeen?: string;
  };

export type PeopleRecord = {
  readonly site: Site;
  /** Grows with every change of who is on record there. */
  readonly version: number;
  /** In the order of the registry. */
  readonly people: readonly Person[];
  /** When somebody there last said that the list is right; null: nobody has. */
  readonly confirmedAt?: string | null;
  /** How many were added by mail in the last hour and day. */
  readonly addedByMail: { readonly hour: number; readonly day: number };
};

/** All that is held of a person, on record or not (POLICY §11.5). */
export type ErasureRecord = {
  readonly address: string;
  /** With the others on record of them. */
  readonly addresses: readonly string[];
  /** Of these, whose plus parts are no other contact's. */
  readonly wide: readonly string[];
  /** As they are called where they are on record, or have asked for access. */
  readonly names: readonly string[];
  /** The sites where they are on record, each with everybody. */
  readonly at: readonly PeopleRecord[];
  /** For access, by them. */
  readonly requests: readonly AccessRecord[];
  /** Mails of theirs that are held. */
  readonly held: readonly { readonly id: MailId; readonly was: string }[];
  /** Of them and to them, that are not emptied. */
  readonly mails: number;
  readonly letters: number;
  /** Rows beside these that have an address of theirs. */
  readonly mentions: number;
  /** Open cases of theirs, by the number of their site. */
  readonly openCases: readonly { readonly site: string; readonly number: CaseNumber }[];
  /** A member of staff in the database. */
  readonly ours: boolean;
};

export type PeopleNeeds = {
  readonly people?: { readonly site: string; readonly seen?: boolean };
  readonly erasure?: { readonly address: string };
};
/** Null: there is no such site. */
export type PeopleRecords = { readonly people?: PeopleRecord | null; readonly erasure?: ErasureRecord };
