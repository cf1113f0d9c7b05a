/** What is looked at of a mail to know a report about a letter of ours. */
import type { HeaderLine } from '../mime/header-line.ts';

export type BounceInput = {
  readonly headers: readonly HeaderLine[];
  readonly returnPath: string | null;
  readonly fromAddress: string | null;
  /** The display name, decoded. */
  readonly fromName: string;
  readonly subject: string;
  /** All text parts joined. */
  readonly text: string;
  /** Leaf parts in order, decoded; a returned message is one leaf. */
  readonly parts: readonly { readonly type: string; readonly content: string }[];
  /** Lower-cased top type with its parameters. */
  readonly contentType: string;
};
