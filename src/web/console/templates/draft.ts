/**
 * What somebody edits, in the address of the frame that shows it: HTML of letters is shown behind a route of its own only, and what is not
 * saved stands nowhere else. Signed with the token of the session, so that no link from elsewhere shows anything there.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { TemplateText } from '../../../flows/templates/template-pages.ts';

/** Longer ones do not fit into an address that every server in between takes. */
const longest = 7_000;
const mostCharacters = 100_000;

const signature = (draft: string, token: string): Buffer =>
  createHmac('sha256', token).update(`template draft ${draft}`).digest().subarray(0, 16);

/** Null: it is too long to be shown before it is saved. */
export function draftOf({ subject, body }: TemplateText, token: string): string | null {
  const draft = deflateRawSync(JSON.stringify([subject, body])).toString('base64url');
  return draft.length > longest ? null : `${draft}.${signature(draft, token).toString('base64url')}`;
}

export function readDraft(given: string, token: string): TemplateText | null {
  const [draft = '', signed = ''] = given.split('.');
  const [own, theirs] = [signature(draft, token), Buffer.from(signed, 'base64url')];
  if (own.length !== theirs.length || !timingSafeEqual(own, theirs)) return null;
  const text = inflateRawSync(Buffer.from(draft, 'base64url'), { maxOutputLength: 4 * mostCharacters }).toString(
    'utf8',
  );
  const [subject, body] = JSON.parse(text) as [string | null, string];
  return { subject, body };
}
