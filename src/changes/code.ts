/** The changes of one-time codes (POLICY §11.2), each known by the letter that tells it. */
import type { ContactId, LetterId, MailId } from '../foundation/ids.ts';
import type { By } from './by.ts';
import type { Outcome } from './outcome.ts';
import { type ChangeRow, none } from './row.ts';

export type CodeAsked = {
  readonly kind: 'code-asked';
  readonly contact: ContactId;
  readonly hours: number;
  /** The letter that asks, by its place among the letters. */
  readonly letterAt: number;
  /** Its row, and the hash of the code; null until the letter is finished. */
  readonly letter: string | null;
  readonly hash: string | null;
  readonly at: string;
  readonly by: By;
};

export type CodeUsed = {
  readonly kind: 'code-used';
  readonly letter: LetterId;
  /** The mail that brought it, and the one that had asked, with what that one is settled as. */
  readonly mail: MailId;
  readonly original: MailId;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly at: string;
  readonly by: By;
};

export type CodeWrong = {
  readonly kind: 'code-wrong';
  readonly letter: LetterId;
  readonly mail: MailId;
  /** How many there are with this one; where another mail was faster, the mail is decided again. */
  readonly wrong: number;
  /** There were too many: the question is closed. */
  readonly closes: boolean;
  readonly at: string;
  readonly by: By;
};

export type CodeChange = CodeAsked | CodeUsed | CodeWrong;

const noEvent = none('a code is about its letter; what it confirms has an event of its own');

export const codeChanges = {
  'code-asked': {
    audit: ({ letter, contact }) => ({
      action: 'code-made',
      subjectKind: 'letter',
      subjectId: letter ?? '',
      detail: { contact },
    }),
    event: noEvent,
    says: ({ contact, hours }) => `A code is asked of contact ${contact}, good once and for ${hours} hours.`,
    topic: 'code.asked',
    batched: false,
  },
  'code-used': {
    audit: ({ letter }) => ({ action: 'code-used', subjectKind: 'letter', subjectId: letter }),
    event: noEvent,
    says: ({ letter, original, outcome }) =>
      `The code of letter ${letter} is used up, and mail ${original}, which had asked, becomes ${outcome}.`,
    topic: 'code.used',
    batched: false,
  },
  'code-wrong': {
    audit: ({ letter, wrong, closes }) => ({
      action: closes ? 'code-closed' : 'code-wrong',
      subjectKind: 'letter',
      subjectId: letter,
      detail: { wrong },
    }),
    event: noEvent,
    says: ({ letter, wrong, closes }) =>
      `A wrong code counts against letter ${letter}: ${wrong}${closes ? ', and its question is closed' : ''}.`,
    topic: 'code.wrong',
    batched: false,
  },
} as const satisfies { [kind in CodeChange['kind']]: ChangeRow<Extract<CodeChange, { kind: kind }>> };
