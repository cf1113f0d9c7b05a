/** What acts on requests for access see (POLICY §8). */
import type { AccessRequest } from '../../access/request.ts';
import type { AccessSaid } from '../../changes/access.ts';
import type { LetterId, MailId } from '../../foundation/ids.ts';
import type { Contact, Site } from '../../registry/site.ts';
import type { WelcomeRecord } from '../schedule/records.ts';

export type AccessRecord = {
  readonly id: string;
  readonly versionNo: number;
  readonly address: string;
  readonly language: string;
  /** The mail that asked; of what was entered for somebody the one that verified it. */
  readonly mail: MailId | null;
  /** The clock of client care runs for that mail. */
  readonly careRuns: boolean;
  readonly said: AccessSaid;
  readonly steps: AccessRequest;
  /** The site that has the number; whether its country is the one that was said is `rightSite`. */
  readonly site: Site | null;
  /** Of a registration (§8.11): what is told to whoever is the first at the site of the licence; null: nobody has it. */
  readonly registers?: WelcomeRecord | null;
  /** Everybody on record there. */
  readonly people: readonly Contact[];
  readonly peopleVersion: number;
};

/** A letter that asks somebody to decide (§8.7). */
export type AskingLetter = {
  readonly id: LetterId;
  readonly to: string;
  readonly language: string;
  /** How often its recipient had decided about the request before. */
  readonly turn: number;
};

export type AccessNeeds = {
  readonly accessRequest?: string;
  /** A letter, with the request that it asks about. */
  readonly accessLetter?: string;
};
export type AccessRecords = {
  readonly accessRequest?: AccessRecord | null;
  readonly accessLetter?: AskingLetter | null;
  /** Letters that asked to verify within the hour: to everybody, and to the asker's domain; and when the asker had the last one. */
  readonly verifying?: { readonly hour: number; readonly domainHour: number; readonly last: string | null };
};
