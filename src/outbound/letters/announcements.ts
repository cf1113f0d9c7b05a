/** Announcements and releases (POLICY §10.6), with their values as data. */
import type { ContactId } from '../../foundation/ids.ts';
import type { AnnouncementKind } from '../../notices/announcement.ts';
import type { OptionalKind } from '../../notices/kinds.ts';

type AnnouncementLetterValues = {
  readonly kind: AnnouncementKind;
  readonly subject: string;
  /** Markdown of the operator; it is the letter, and no value in it. */
  readonly body: string;
  /** Of the reader, that the release resolves. */
  readonly cases: readonly { readonly number: string; readonly title: string }[];
  readonly support: string;
  /** The page on which it is ended; null where it cannot be. As in `subscriptions`. */
  readonly link: string | null;
  readonly page: { readonly contact: ContactId; readonly kind: OptionalKind } | null;
};
/** Full support of a version ends: the letter that goes by itself. Days are ISO dates. */
type SupportEndValues = Pick<AnnouncementLetterValues, 'support' | 'link' | 'page'> & {
  readonly kind: 'end-of-support';
  readonly product: string;
  readonly version: string;
  /** The last day with it, and the first without. */
  readonly endsOn: string;
  readonly from: string;
};
export type AnnouncementLetter =
  | { readonly template: 'announcement'; readonly values: AnnouncementLetterValues }
  | { readonly template: 'support-end'; readonly values: SupportEndValues };

/** Their readers are many, and may end them: where one comes back from an address of nobody on record, no more go there. */
export const goesToMany = (template: string): boolean => template === 'announcement' || template === 'support-end';
