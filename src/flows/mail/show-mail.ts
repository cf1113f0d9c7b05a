/** One mail for a person: what it says, how it came, what became of it. Privileged PINs are masked by whoever shows it. */
import type { Desk } from '../../intake/policy.ts';
import { type SenderWarning, senderWarnings } from '../../mail/address/sender-warnings.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import { quotedRest } from '../../mail/reply-text/quoted-rest.ts';
import type { Database } from '../../store/database.ts';
import { type MailRow, mailRow } from '../../store/mail/mail-shown.ts';
import { type RelatedMail, relatedMails } from '../../store/mail/related-mails.ts';

export type { DecisionShown, MailRow } from '../../store/mail/mail-shown.ts';
export type { Relation } from '../../store/mail/related-mails.ts';

/** From arrival, in milliseconds; null where it has not come to that. */
export type Timings = {
  readonly stored: number;
  readonly decided: number | null;
  /** The first letter to its sender has gone. */
  readonly answered: number | null;
};

export type ShownMail = {
  readonly mail: MailRow;
  /** Null where it was not read yet, could not be read, or is kept no longer. */
  readonly read: {
    readonly facts: MailFacts;
    /** What it quotes, below or around the new text; empty where all of it is new. */
    readonly rest: string;
    readonly warnings: readonly SenderWarning[];
  } | null;
  readonly timings: Timings;
  readonly related: readonly RelatedMail[];
};

const between = (from: string, to: string | null | undefined): number | null =>
  to === null || to === undefined ? null : Math.max(0, Date.parse(to) - Date.parse(from));

function timingsOf({ arrivedAt, storedAt, decisions, letters, from }: MailRow): Timings {
  const answer = letters.find(({ to, sentAt }) => to === from && sentAt !== null);
  return {
    stored: between(arrivedAt, storedAt) ?? 0,
    decided: between(arrivedAt, decisions[0]?.at),
    answered: between(arrivedAt, answer?.sentAt),
  };
}

/** Lines that are not among the sender's new ones. */
const restOf = ({ text, newText, nothingOwn }: MailFacts): string => (nothingOwn ? '' : quotedRest(text, newText));

export async function showMail(database: Database, desk: Desk, id: string): Promise<ShownMail | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const row = await mailRow(database, id);
  if (row === null) return null;
  const answers = [...(row.facts?.inReplyTo ?? []), ...(row.facts?.references ?? []).toReversed()].slice(0, 20);
  const related = await relatedMails(database, { id, answers });
  const { facts } = row;
  const own = { addresses: Object.values(desk.addresses).filter((one) => one !== null), people: desk.people };
  return {
    mail: row,
    read: facts && { facts, rest: restOf(facts), warnings: senderWarnings(facts.from, own) },
    timings: timingsOf(row),
    related,
  };
}
