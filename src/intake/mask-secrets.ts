/**
 * Secrets of ours that a mail quotes are not stored in clear text (POLICY §11.2, RELIABILITY I9): a one-time code that was ever made is
 * masked wherever the mail's text is stored, and the mail's bytes are sealed. So are those of every answer to, and every
 * report about, a letter that was stored sealed: it may stand in a part that was not read. A privileged PIN is known by its
 * form, so that one that is wrong by a letter of the hash, or not ours, is masked and sealed as well, wherever in the mail it
 * stands (mail/privileged-quotes.ts).
 */

import { maskCodes } from '../foundation/code-form.ts';
import { maskPrivilegedPins } from '../foundation/pin-form.ts';
import type { MailFacts } from '../mail/parsed-mail.ts';
import type { Facts, MailAtHand } from './facts.ts';
import { codesQuoted } from './questions/quoted-codes.ts';

type MaskedMail = {
  readonly mail: MailAtHand;
  /** The bytes are to be sealed. */
  readonly seal: boolean;
  /** Covers the same secrets in what was decided about the mail. */
  mask<T>(value: T): T;
};

/** Names and numbers by which mails are matched: they hold no text of a person. */
const kept: ReadonlySet<string> = new Set([
  'messageId',
  'inReplyTo',
  'references',
  'contentHash',
  'threads',
  'sha256',
  'address',
  'contactAddress',
  'returnPath',
  'asks',
]);

/** An address that is kept, or people whose names are looked at. */
const people: ReadonlySet<string> = new Set(['from', 'to', 'cc']);

function walk(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one) => walk(one, mask));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      kept.has(key) || (people.has(key) && typeof inner === 'string') ? inner : walk(inner, mask),
    ]),
  );
}

/** `hashCode` gives the hashes of a code under every key. */
export function maskSecrets(
  mail: MailAtHand,
  facts: Pick<Facts, 'confirmations' | 'letters'>,
  hashCode: (code: string) => readonly string[],
): MaskedMail {
  const ofSealed = facts.letters.some((letter) => letter.sealed);
  const made = new Set((facts.confirmations ?? []).map((one) => one.hash));
  const quoted = new Set(
    made.size > 0 ? codesQuoted(mail.facts).filter((code) => hashCode(code).some((hash) => made.has(hash))) : [],
  );
  // Wrong ones too where a code was asked for: what was mistyped by a letter is as good as the code.
  const hidden = (code: string) => ofSealed || quoted.has(code);
  const privileged = mail.facts.quotesPrivilegedPin === true;
  if (!ofSealed && quoted.size === 0 && !privileged) return { mail, seal: false, mask: (value) => value };
  const mask = (text: string) => maskPrivilegedPins(maskCodes(text, hidden));
  return {
    mail: { ...mail, facts: walk(mail.facts, mask) as MailFacts },
    seal: true,
    mask: (value) => walk(value, mask) as typeof value,
  };
}
