/** The data that a case is opened from. */
import type { Contact } from '../../registry/site.ts';
import type { CaseFacts, MailAtHand, SiteFacts } from '../facts.ts';

export type Opening = {
  readonly site: SiteFacts;
  /** Null for somebody who takes part in a case without being on record. */
  readonly contact: Contact | null;
  /** The sender's address as it stands on record. */
  readonly address: string;
  /** The mail that becomes the case; for an answer the one that was held. */
  readonly mail: Pick<MailAtHand, 'id' | 'arrivedAt' | 'facts' | 'mustWait' | 'admitted'>;
  readonly follows?: CaseFacts;
  /** To the licensing address (§3.r13a): kind licensing, whatever the contract. */
  readonly licensing?: boolean;
  /** The case that it names, and is none of (POLICY §3 "The case number"). */
  readonly linked?: CaseFacts | null;
};
