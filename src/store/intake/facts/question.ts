/** What is asked, one row a mail: `q` in every fragment. */
import { type RawBuilder, sql } from 'kysely';
import type { Question } from '../../../intake/facts.ts';

/** Sender, Message-ID and content: what makes two mails one (MAIL.md §1 "Duplicates"). */
export const fingerprint = (question: Pick<Question, 'sender' | 'messageId' | 'contentHash'>): string =>
  JSON.stringify([question.sender, question.messageId, question.contentHash]);

/** `i` is the place of the question. */
export function questionRows(questions: readonly Question[]): RawBuilder<unknown> {
  const asked = questions.map((question, i) => ({ i, ...question, fingerprint: fingerprint(question) }));
  return sql`
    jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as q(
      i int,
      mail bigint,
      "arrivedAt" timestamptz,
      sender text,
      pins text[],
      "ownPins" text[],
      licences text[],
      cases text[],
      letters bigint[],
      returned text[],
      "messageId" text,
      "contentHash" text,
      fingerprint text,
      answers text[],
      guesses text[],
      blocks text[],
      copied text[],
      "mayBeLoop" boolean,
      site bigint,
      codes text[],
      "ownCodes" text[],
      "onlyCode" boolean,
      "mayQuote" boolean,
      command text,
      privileged text[],
      "privilegedNamed" text[])`;
}
