/**
 * Whether a signature of From's own domain is broken in a way that honest forwarding does not explain (POLICY §11.1, decision 0008).
 * Lists and gateways put a tag before the subject or a text under the body, wrap and encode anew, and sign or mark what they
 * send on. A body that is whole under a header that was rewritten beyond that is somebody else's mail with another name on it.
 */
import { createHash, verify } from 'node:crypto';
import type { HeaderLine } from '../mail/mime/header-line.ts';

export type CheckedSignature = {
  readonly status: { readonly result: string; readonly comment?: unknown; readonly testing?: boolean };
  readonly signature?: string;
  readonly algo?: string;
  /** `c=` of the signature. */
  readonly format?: string;
  readonly publicKey?: string;
  readonly signingHeaders?: { readonly keys: string; readonly canonicalizedHeader: string };
};

/** Who sends mail on leaves one of these. */
const roads =
  /^(?:list-|resent-|arc-|x-(?:forwarded|original-(?:to|from|sender)|beenthere|mailman|loop|google-group)|mailing-list$|sender$|precedence$)/;

/** Marked by gateways and lists: a tag of a list, `[EXTERNAL]`, `Fwd:`, a list added to To. */
const marked = ['subject', 'from', 'to', 'cc', 'reply-to'];
/** More edits than these of one line are not tried. */
const mostEdits = 24;

/** @param aligned every signature of From's organisation, of which none is good */
export function isForged(aligned: readonly CheckedSignature[], lines: readonly HeaderLine[]): boolean {
  if (aligned.length === 0 || lines.some((line) => roads.test(line.name))) return false;
  return aligned.every(
    (one) =>
      // The body was hashed before, and is whole; the key is there and is of use.
      one.status.result === 'fail' &&
      one.status.comment === 'bad signature' &&
      one.status.testing !== true &&
      // In the simple form one more space breaks it.
      /^relaxed(?:\/|$)/i.test(one.format ?? '') &&
      !explained(one),
  );
}

/** Whether it is damaged itself, or holds with some words less at the beginning or the end of a line that is often marked. */
function explained({ signingHeaders, publicKey, signature, algo }: CheckedSignature): boolean {
  // What cannot be tried cannot be called forged.
  if (!signingHeaders || !publicKey || !signature || !algo) return true;
  const signed = Buffer.from(signingHeaders.canonicalizedHeader, 'base64').toString('latin1');
  const names = /[;:]\s*h=([^;]*)/.exec(signed.slice(signed.lastIndexOf('dkim-signature:')))?.[1] ?? '';
  if (!names.split(':').every((name) => /^[\w-]+$/.test(name.trim()))) return true;
  return marked.some((name) => {
    const found = new RegExp(`^${name}:([^\\r\\n]*)`, 'm').exec(signed);
    return (
      found !== null &&
      editsOf(found[1] ?? '').some((text) =>
        holds(
          signed.replace(found[0], () => `${name}:${text}`),
          publicKey,
          signature,
          algo,
        ),
      )
    );
  });
}

function editsOf(line: string): string[] {
  const words = line.split(' ');
  const edits: string[] = [];
  for (let cut = 1; cut < words.length && edits.length < mostEdits; cut++)
    edits.push(words.slice(cut).join(' '), words.slice(0, words.length - cut).join(' '));
  return edits;
}

function holds(header: string, key: string, signature: string, algorithm: string): boolean {
  const bytes = Buffer.from(header, 'latin1');
  const given = Buffer.from(signature, 'base64');
  try {
    return algorithm.startsWith('rsa')
      ? verify('rsa-sha256', bytes, key, given)
      : verify(null, createHash('sha256').update(bytes).digest(), key, given);
  } catch {
    return true;
  }
}
