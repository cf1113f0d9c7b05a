/** What the operator's own mail server says of spam (POLICY §3.r18). */
import type { HeaderLine } from '../mime/header-line.ts';
import { allValues } from '../mime/raw-headers.ts';
import type { SpamMark } from '../parsed-mail.ts';

/** `X-Spam-Flag: YES`; the name alone stands for any value. Null where it is no header line. */
export function readSpamMark(text: string): SpamMark | null {
  const found = /^([!-9;-~]+)[ \t]*(?::[ \t]*(\S.*)?)?$/.exec(text.trim());
  return found ? { name: (found[1] ?? '').toLowerCase(), value: (found[2] ?? '').trim().toLowerCase() } : null;
}

/** The value, or what begins with it and goes on as something else: `Yes` in `Yes, score=9.1`, and not in `Yesterday`. */
export function isMarkedSpam(lines: readonly HeaderLine[], marks: readonly SpamMark[] = []): boolean {
  return marks.some(({ name, value }) =>
    allValues(lines, name).some((given) => {
      const said = given.trim().toLowerCase();
      return said.startsWith(value) && (value === '' || !/^[\p{L}\p{N}]/u.test(said.slice(value.length)));
    }),
  );
}
