/** What the pages about mails ask: the list, one mail, why, what if, its parts and bytes. */
import type { Policy } from '../../intake/policy.ts';
import type { ShownParts } from '../../mail/shown-parts.ts';
import { newestMail } from '../../store/mail/what-it-is.ts';
import { mailBytes } from '../../store/reports/reports.ts';
import type { ShownAttachment } from '../intake/mail-attachment.ts';
import { type ListedMails, type ListMails, listMails } from './list-mails.ts';
import { type MailWhy, mailWhy, type WhyDeps } from './mail-why.ts';
import { type ShownMail, showMail } from './show-mail.ts';
import { type WhatIf, type WhatIfTold, whatIf } from './what-if.ts';

/** A policy as somebody pastes it, or what is wrong with it, in sentences. */
export type PastedPolicy = { readonly policy: Policy } | { readonly faults: readonly string[] };

export type MailPages = {
  list(asked: ListMails): Promise<ListedMails>;
  /** The id of the newest mail. */
  newest(): Promise<string>;
  show(id: string): Promise<ShownMail | null>;
  why(id: string): Promise<MailWhy | null>;
  whatIf(id: string, wish: WhatIf): Promise<WhatIfTold | null>;
  readPolicy(text: string): PastedPolicy;
  /** Of a mail that quotes a secret there is its text alone, masked. */
  bytes(id: string): Promise<Buffer | null>;
  parts(id: string): Promise<ShownParts | null>;
  attachment(id: string, index: number): Promise<ShownAttachment | null>;
};

type Needs = Pick<WhyDeps, 'database' | 'policy'> & {
  /** What reads a mail, opened when one is to be read. */
  readonly reading: () => WhyDeps;
  readonly readPolicy: (text: string) => PastedPolicy;
  readonly partsOf: (raw: Uint8Array) => Promise<ShownParts | null>;
  readonly attachment: (id: string, index: number) => Promise<ShownAttachment | null>;
};

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

export const openMailPages = ({ database, policy, reading, readPolicy, partsOf, attachment }: Needs): MailPages => ({
  list: (asked) => listMails(database, asked),
  newest: () => database.ask((db) => newestMail(db)),
  show: (id) => showMail(database, policy.desk, id),
  why: async (id) => (isId(id) ? mailWhy(reading(), id) : null),
  whatIf: async (id, wish) => (isId(id) ? whatIf(reading(), id, wish) : null),
  readPolicy,
  bytes: async (id) => (isId(id) ? mailBytes(database, id) : null),
  async parts(id) {
    const raw = isId(id) ? await mailBytes(database, id) : null;
    return raw && partsOf(raw);
  },
  attachment: async (id, index) => (isId(id) ? attachment(id, index) : null),
});
