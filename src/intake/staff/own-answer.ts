/** What an engineer's answer is read beside, and what it carries. */
import type { WorkedCase } from '../../acts/cases/records.ts';
import { safeType } from '../../acts/cases/working/write-on-case.ts';
import type { Enclosed } from '../../changes/cases/staff-mail.ts';
import { cleanFileName } from '../../foundation/clean-text.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import { letterText } from '../../outbound/rendering/letter-text.ts';
import type { Context } from '../context.ts';
import type { StaffCommand } from './command-line.ts';
import type { Beside } from './read-answer.ts';
import type { Token } from './token.ts';

export type OwnAnswer = {
  readonly commands: readonly StaffCommand[];
  readonly rest: string;
  readonly restIs: 'answer' | 'note' | 'none';
  /** Places in the list of the mail's attachments. */
  readonly attachments: readonly number[];
};

/** What the customer wrote or was sent is theirs to read. */
const sharedOf = ({ title, messages }: WorkedCase): string[] => [
  title,
  ...messages.filter(({ direction }) => direction !== 'note').map(({ text }) => text),
];

/** Null where the notification's own words are not known any more: what is for us alone could not be told. */
export function besideOf({ facts }: Context, { letter, on }: Token): Beside | null {
  const bytes = (facts.quotable ?? []).flatMap((one) =>
    'raw' in one && one.id === letter.id && !one.sealed ? [one.raw] : [],
  );
  const [raw] = bytes;
  return raw === undefined ? null : { notification: letterText(Buffer.from(raw, 'base64')), shared: sharedOf(on) };
}

export const enclosedOf = (
  { attachments }: Pick<MailFacts, 'attachments'>,
  { attachments: places }: OwnAnswer,
): Enclosed[] =>
  places.flatMap((place) => {
    const one = attachments[place];
    return one ? [{ place, name: cleanFileName(one.name), type: safeType(one.type), size: one.size }] : [];
  });
