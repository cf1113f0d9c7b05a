/** Who a change is of: it stands in the audit and in the event of the case. People stand there by id (POLICY §11.5). */
import type { ContactId, LetterId, MailId } from '../foundation/ids.ts';

export type By =
  | { readonly kind: 'contact'; readonly contact: ContactId; readonly mail: MailId }
  /** A member of staff, by mail: an address of theirs. */
  | { readonly kind: 'staff'; readonly staff: string; readonly mail: MailId }
  /** A mail whose writer need not be on record. */
  | { readonly kind: 'mail'; readonly mail: MailId }
  /** Whoever has the letter that links to the page; with a code that stands in it alone, they are `contact`. */
  | { readonly kind: 'page'; readonly letter: LetterId; readonly contact?: ContactId }
  /** Whoever has the link to their preferences, which stands in every letter that can be ended. */
  | { readonly kind: 'preferences'; readonly contact: ContactId }
  /** `staff`: the member for whom the call is made; null: for the token itself. */
  | { readonly kind: 'api'; readonly staff: string | null }
  | { readonly kind: 'command'; readonly staff: string | null }
  /** Somebody signed in to the console. */
  | { readonly kind: 'console'; readonly staff: string }
  /** Somebody before it who has not signed in, and may be nobody of ours. */
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'clock' }
  /** What a mail server answers to a letter of ours. */
  | { readonly kind: 'outbound' }
  /** What we do by ourselves beside a mail. */
  | { readonly kind: 'intake' };

/** `mail:12`, `api`, `api for kim@desk.example`, `command`, `console for kim@desk.example`; the clock by the worker that hands its acts in. */
export function actorOf(by: By): string {
  switch (by.kind) {
    case 'contact':
    case 'mail':
      return `mail:${by.mail}`;
    case 'staff':
      return `mail:${by.mail} of ${staffOf(by)}`;
    case 'api':
    case 'command':
      return by.staff === null ? by.kind : `${by.kind} for ${staffOf(by)}`;
    case 'console':
      return `console for ${staffOf(by)}`;
    case 'page':
      return `page of letter ${by.letter}`;
    case 'preferences':
      return `preferences of contact ${by.contact}`;
    case 'clock':
      return 'scheduler';
    case 'intake':
    case 'outbound':
    case 'sign-in':
      return by.kind;
    default:
      return by satisfies never;
  }
}

/** The mail that a change follows from; null where nobody wrote one. */
export const mailOf = (by: By): MailId | null => ('mail' in by ? by.mail : null);

/** The member of staff for whom it is done, as addresses stand on record: typed in capitals it is the same person. Null where there is none. */
export const staffOf = (by: By): string | null => ('staff' in by ? (by.staff?.toLowerCase() ?? null) : null);

/** The contact who does it; null where that is nobody on record. */
export const contactOf = (by: By): ContactId | null => ('contact' in by ? (by.contact ?? null) : null);

/** Read from what `actorOf` wrote: the member of staff for whom it was done. Null where there is none. */
export const staffIn = (actor: string): string | null => / (?:for|of) (\S+@\S+)$/.exec(actor)?.[1] ?? null;
