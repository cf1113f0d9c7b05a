/** Who a change is of: it stands in the audit and in the event of the case. People stand there by id (POLICY §11.5). */
import type { ContactId, MailId } from '../foundation/ids.ts';

export type By =
  /** Who wrote the mail; null: somebody who is not on record, or a program. */
  | { readonly kind: 'contact'; readonly contact: ContactId | null; readonly mail: MailId }
  /** `staff`: the member for whom the call is made; null: for the token itself. */
  | { readonly kind: 'api'; readonly staff: string | null }
  | { readonly kind: 'command'; readonly staff: string | null }
  | { readonly kind: 'clock' };

/** `mail:12`, `api`, `api for kim@desk.example`, `command`, `clock`. */
export function actorOf(by: By): string {
  switch (by.kind) {
    case 'contact':
      return `mail:${by.mail}`;
    case 'api':
    case 'command':
      return by.staff === null ? by.kind : `${by.kind} for ${by.staff}`;
    case 'clock':
      return by.kind;
    default:
      return by satisfies never;
  }
}
