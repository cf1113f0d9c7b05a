import { findCodes } from '../../foundation/code-form.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';

/** Every text of a mail in which a person could read a code. */
export const codesQuoted = (facts: Pick<MailFacts, 'subject' | 'text' | 'newText' | 'forwarded'>): string[] =>
  findCodes(
    [
      facts.subject,
      facts.text.includes(facts.newText) ? '' : facts.newText,
      facts.text,
      ...(facts.forwarded ?? []).flatMap((one) => [one.subject, one.text]),
    ].join('\n'),
  );
