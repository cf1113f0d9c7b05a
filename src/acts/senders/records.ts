/** What acts on senders who are not on record see. */
import type { CaseNumber, ContactId, SiteId } from '../../foundation/ids.ts';
import type { RegistryDocument } from '../../registry/registry-form.ts';
import type { Trial } from '../mail/records.ts';

export type SenderAnswer = 'yes' | 'once' | 'no';

export type AskedAboutSender = {
  readonly question?: string | undefined;
  readonly mail?: string | undefined;
  readonly answer: SenderAnswer;
};

export type SenderQuestionRecord = {
  readonly id: string;
  readonly site: SiteId;
  readonly siteNumber: string;
  readonly address: string;
  /** The case they wrote to; null where they wrote with a PIN of the site. */
  readonly case: CaseNumber | null;
  readonly answer: SenderAnswer | 'expired' | null;
  /** Of the customer's people who answer those who may. */
  readonly mayAnswer: readonly ContactId[];
  /** Where the registry was asked for: the name that the sender gave, and the site as it stands. */
  readonly name?: string;
  readonly registry?: RegistryDocument;
  /** Of the mails that are put back; the first ones, and how many more there are. */
  readonly decisions?: readonly Trial[];
  readonly more?: number;
};

export type SenderNeeds = { readonly senderQuestion?: AskedAboutSender };
export type SenderRecords = { readonly senderQuestion?: SenderQuestionRecord | null };
