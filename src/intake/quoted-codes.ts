import { findCodes } from '../foundation/code-form.ts';
import type { MailFacts } from '../mail/parsed-mail.ts';

/** Everything in which a code may stand as a person would read it. */
export const codesQuoted = (facts: Pick<MailFacts, 'subject' | 'text' | 'newText' | 'forwarded'>): string[] =>
  findCodes(
    [
      facts.subject,
      facts.text.includes(facts.newText) ? '' : facts.newText,
      facts.text,
      ...(facts.forwarded ?? []).flatMap((one) => [one.subject, one.text]),
    ].join('\n'),
  );
