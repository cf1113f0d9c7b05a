/**
 * Signed marks by which a mail that comes back finds its case or letter (MAIL.md §3). They route and never authorise
 * (POLICY §11.3). Lower case throughout: gateways fold local parts.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** 24 hex digits: 96 bits, short enough for a local part of 64 octets. */
const markLength = 24;

const mark = (purpose: string, fields: readonly string[], key: string): string =>
  createHmac('sha256', key)
    .update([purpose, ...fields].join('\n'))
    .digest('hex')
    .slice(0, markLength);

function signed(purpose: string, fields: readonly string[], given: string, keys: readonly string[]): boolean {
  const claimed = Buffer.from(given.toLowerCase());
  let good = false;
  for (const key of keys) {
    const expected = Buffer.from(mark(purpose, fields, key));
    if (expected.length === claimed.length && timingSafeEqual(expected, claimed)) good = true;
  }
  return good;
}

/** `<pst.<letter>.<case or 0>.<mark>@domain>` (RFC 5322 §3.6.4). */
export const messageIdFor = (letter: string, caseNumber: string | null, domain: string, key: string): string =>
  `<pst.${letter}.${caseNumber ?? '0'}.${mark('message-id', [letter, caseNumber ?? '0'], key)}@${domain}>`;

/** The letter and case of a Message-ID of ours, null for any other or a forged one; the domain is not looked at. */
export function readThreadToken(
  messageId: string,
  keys: readonly string[],
): { readonly letter: string; readonly case: string | null } | null {
  const found = /^<?pst\.(\d{1,20})\.(\d{1,20})\.([0-9a-f]{24})@[^@\s]{1,255}>?$/i.exec(messageId);
  if (!found) return null;
  const [, letter = '', number = '', given = ''] = found;
  if (!signed('message-id', [letter, number], given, keys)) return null;
  return { letter, case: number === '0' ? null : number };
}

const split = (address: string): [string, string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
};

/** `support+c100042.<mark>@…` (RFC 5233). */
export function plusAddressFor(address: string, caseNumber: string, key: string): string {
  const [local, domain] = split(address);
  return `${local}+c${caseNumber}.${mark('plus-address', [caseNumber], key)}@${domain}`;
}

/** The case of a plus address of ours, null for any other or a forged one. */
export function readPlusAddress(address: string, keys: readonly string[]): { readonly case: string } | null {
  const [local] = split(address);
  const found = /\+c(\d{1,20})\.([0-9a-f]{24})$/i.exec(local);
  const [, number = '', given = ''] = found ?? [];
  return found && signed('plus-address', [number], given, keys) ? { case: number } : null;
}

/** `bounces+<letter>.<mark>@…`, the envelope sender of a letter (RFC 5321 §4.5.5). */
export function returnPathFor(bounces: string, letter: string, key: string): string {
  const [local, domain] = split(bounces);
  return `${local}+${letter}.${mark('return-path', [letter], key)}@${domain}`;
}

/** The letter that an envelope sender of ours belongs to, null for any other or a forged one. */
export function readReturnPath(address: string, keys: readonly string[]): { readonly letter: string } | null {
  const [local] = split(address);
  const found = /\+(\d{1,20})\.([0-9a-f]{24})$/i.exec(local);
  const [, letter = '', given = ''] = found ?? [];
  return found && signed('return-path', [letter], given, keys) ? { letter } : null;
}
