/** Two copies of one mail that came by different ways (MAIL.md §1) differ in their trace headers only. */
import { createHash } from 'node:crypto';

/** Copies further apart than this are two mails. */
export const duplicateDays = 7;

/** SHA-256 in hex over sender, subject, text and attachments; lengths go in, so that no two fields can run together. */
export function contentHash(mail: {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly string[];
}): string {
  const hash = createHash('sha256');
  for (const field of [mail.from, mail.subject, mail.text.trimEnd(), ...mail.attachments]) {
    hash.update(`${Buffer.byteLength(field)}:`).update(field);
  }
  return hash.digest('hex');
}
