/** The changes of work that failed and is done again by hand. */
import type { LetterId, MailId } from '../../foundation/ids.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none, within } from '../row.ts';

type Made = { readonly at: string; readonly by: By };

export type MailsRetried = Made & {
  readonly kind: 'mails-retried';
  /** As they were seen: where one was taken in hand meanwhile, it is judged again. */
  readonly mails: readonly { readonly mail: MailId; readonly fence: string }[];
  readonly givenUp: number;
  /** So many more failed alike and are not among them. */
  readonly more: number;
};
export type LettersRetried = Made & {
  readonly kind: 'letters-retried';
  readonly letters: readonly { readonly letter: LetterId; readonly fence: string }[];
  readonly more: number;
};
export type FetchAgainAsked = Made & {
  readonly kind: 'fetch-again-asked';
  readonly mailbox: string;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  /** Of the range, what is here. */
  readonly known: number;
};
export type QueueChange = MailsRetried | LettersRetried | FetchAgainAsked;

const noEvent = none('it is on no case');
const itself = within('each has its own');
const many = (count: number, one: string): string => `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`;
const andMore = (more: number): string =>
  more === 0 ? '' : ` ${more.toLocaleString('en-GB')} more wait for the next time.`;

export const queueChanges = {
  'mails-retried': {
    audit: itself,
    event: noEvent,
    says: ({ mails, givenUp, more }) =>
      `${many(mails.length, 'mail')} ${mails.length === 1 ? 'is' : 'are'} decided again now${
        givenUp > 0 && givenUp < mails.length ? `, ${givenUp} of which had been given up` : ''
      }; whoever wrote gets the answer that follows.${andMore(more)}`,
    topic: none('each mail that is decided has its own'),
    batched: false,
  },
  'letters-retried': {
    audit: itself,
    event: noEvent,
    says: ({ letters, more }) =>
      `${many(letters.length, 'letter')} ${letters.length === 1 ? 'is' : 'are'} handed to the mail server again now, the same bytes as before.${andMore(more)}`,
    topic: none('each letter that is sent has its own'),
    batched: false,
  },
  'fetch-again-asked': {
    audit: ({ mailbox, epoch, from, to }) => ({
      action: 'fetch-again-asked',
      subjectKind: 'mailbox',
      subjectId: mailbox,
      detail: { epoch, from, to },
    }),
    event: noEvent,
    says: ({ mailbox, from, to, known }) =>
      `UIDs ${from} to ${to} of mailbox ${mailbox} are looked at again; ${many(known, 'mail')} of them ${
        known === 1 ? 'is' : 'are'
      } here and stay${known === 1 ? 's' : ''} as ${known === 1 ? 'it is' : 'they are'}, and what else is on the server is fetched and decided.`,
    topic: none('each mail that is stored has its own'),
    batched: false,
  },
} as const satisfies { [kind in QueueChange['kind']]: ChangeRow<Extract<QueueChange, { kind: kind }>> };
