/** Which case or letter of ours a mail belongs to, best hint first (MAIL.md §3). */

import type { ThreadHint } from '../parsed-mail.ts';
import { bareCaseNumber } from './case-number.ts';
import { findCaseTag } from './subject.ts';
import { readPlusAddress, readReturnPath, readThreadToken } from './thread-token.ts';

export function readThreads(mail: {
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly addresses: readonly string[];
  readonly subject: string;
  readonly keys: readonly string[];
}): ThreadHint[] {
  const hints: ThreadHint[] = [];
  // What is answered stands in In-Reply-To and last in References (RFC 5322 §3.6.4).
  for (const id of new Set([...mail.inReplyTo, ...mail.references.toReversed()])) {
    const token = readThreadToken(id, mail.keys);
    if (token) hints.push({ by: 'message-id', signed: true, ...token });
  }
  for (const address of new Set(mail.addresses)) {
    const token = readPlusAddress(address, mail.keys);
    if (token) hints.push({ by: 'plus-address', signed: true, letter: null, case: token.case });
    // What comes back comes to the return path of its letter.
    const returned = readReturnPath(address, mail.keys);
    if (returned) hints.push({ by: 'plus-address', signed: true, letter: returned.letter, case: null });
  }
  const tag = findCaseTag(mail.subject);
  if (tag !== null) hints.push({ by: 'case-tag', signed: false, letter: null, case: tag });
  const bare = hints.length === 0 ? bareCaseNumber(mail.subject) : null;
  if (bare)
    hints.push({
      by: 'case-number',
      signed: false,
      letter: null,
      case: bare.number,
      ...(bare.rest === '' ? { alone: true } : {}),
    });
  return hints;
}
