/** In-Reply-To and References of a letter, from the mail it answers (RFC 5322 §3.6.4). */
import type { Answers } from './letter.ts';

/** Printable ASCII in angle brackets, and short enough for a header line: what a stranger wrote goes into our header. */
const plainId = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,500}>$/;
const most = 20;

/**
 * The references of the mail answered and its own Message-ID, at most 20: the first, which began the thread, and the newest.
 * What has no plain form is left out. `inReplyTo` null: the letter stands by itself.
 */
export function threadHeaders(answers: Answers | null): {
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
} {
  const own = answers?.messageId && plainId.test(answers.messageId) ? answers.messageId : null;
  const past = (answers?.references ?? []).filter((id) => plainId.test(id) && id !== own);
  const all = [...new Set([...past, ...(own === null ? [] : [own])])];
  const [first] = all;
  const references = all.length <= most || first === undefined ? all : [first, ...all.slice(1 - most)];
  return { inReplyTo: own, references };
}
