/**
 * Signed marks by which a mail that comes back finds its case or letter (MAIL.md §3). They route and never authorise
 * (POLICY §11.3). Lower case throughout: gateways fold local parts.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { codeAlphabet, codeOf } from '../../foundation/code-form.ts';
import { Failure } from '../../foundation/failure.ts';

/** 24 hex digits: 96 bits, short enough for a local part of 64 octets. */
const markLength = 24;

/** 32 hex digits: 128 bits, of what an answer is to show that gives rights (POLICY §8.7). */
const tokenLength = 32;

const mark = (purpose: string, fields: readonly string[], key: string, length = markLength): string =>
  createHmac('sha256', key)
    .update([purpose, ...fields].join('\n'))
    .digest('hex')
    .slice(0, length);

/** The key that made the mark, null where none of them did. */
function signedBy(purpose: string, fields: readonly string[], given: string, keys: readonly string[]): string | null {
  const claimed = Buffer.from(given.toLowerCase());
  let good: string | null = null;
  for (const key of keys) {
    const expected = Buffer.from(mark(purpose, fields, key, given.length));
    if (expected.length === claimed.length && timingSafeEqual(expected, claimed)) good ??= key;
  }
  return good;
}

const bits = 24;
const size = 2 ** bits;
const most = size * size;

const mixed = (round: number, value: number, key: string): number =>
  createHmac('sha256', key)
    .update(`letter-number\n${round}\n${value}`)
    .digest()
    .readUIntBE(0, bits / 8);

/**
 * Letters are numbered one after the other, and a gap between two receipts would tell a stranger that a mail of theirs had us
 * write to somebody else: that its PIN was right (§3 "The neutral receipt"). So outside they carry another number, by a Feistel
 * network of four rounds on 48 bits, which only the key leads back from. In base 36: a longer Message-ID would be folded.
 */
function hidden(letter: string, key: string): string {
  const number = Number(letter);
  if (!(number < most)) throw new Failure('bad-input', 'there is no letter of such a number');
  let [left, right] = [Math.floor(number / size), number % size];
  for (let round = 0; round < 4; round++) [left, right] = [right, left ^ mixed(round, right, key)];
  return (left * size + right).toString(36);
}

function shown(name: string, key: string): string {
  const number = Number.parseInt(name, 36);
  let [left, right] = [Math.floor(number / size), number % size];
  for (let round = 3; round >= 0; round--) [left, right] = [right ^ mixed(round, left, key), left];
  return String(left * size + right);
}

/** The letter that such a name stands for; in letters of before it was the number itself. */
function letterOf(
  purpose: string,
  number: string,
  more: string[],
  given: string,
  keys: readonly string[],
): string | null {
  const key = signedBy(`${purpose}-2`, [number, ...more], given, keys);
  if (key !== null) return shown(number, key);
  return signedBy(purpose, [number, ...more], given, keys) === null ? null : number;
}

/** What may stand in a letter to tell it from others, and says nothing of its number. */
export const letterMark = (letter: string, key: string): string => mark('letter', [letter], key);

/** `<pst.<hidden letter>.<case or 0>.<mark>@domain>` (RFC 5322 §3.6.4). */
export function messageIdFor(letter: string, caseNumber: string | null, domain: string, key: string): string {
  const fields = [hidden(letter, key), caseNumber ?? '0'];
  return `<pst.${fields.join('.')}.${mark('message-id-2', fields, key)}@${domain}>`;
}

/** `<pst.<hidden letter>.<token>@domain>`: of a letter whose answer gives rights. Every mail program sends it back. */
export function tokenMessageIdFor(letter: string, domain: string, key: string): string {
  const number = hidden(letter, key);
  return `<pst.${number}.${mark('token', [number], key, tokenLength)}@${domain}>`;
}

const tokenForm = /^<?pst\.([0-9a-z]{1,20})\.([0-9a-f]{32})@([^@\s]{1,255})>?$/i;

/** As it is stored: a token stands nowhere but in the sealed letter and in what is answered to it. */
export function messageIdAtRest(messageId: string): string {
  const [, number, token = '', domain] = tokenForm.exec(messageId) ?? [];
  if (number === undefined) return messageId;
  const hash = createHash('sha256').update(token.toLowerCase()).digest('hex').slice(0, 40);
  return `<pst.${number.toLowerCase()}.${hash}@${domain}>`;
}

export type ThreadToken = {
  readonly letter: string;
  readonly case: string | null;
  /** It is the token of a letter whose answer gives rights. */
  readonly token?: true;
};

/** The letter and case of a Message-ID of ours, null for any other or a forged one; the domain is not looked at. */
export function readThreadToken(messageId: string, keys: readonly string[]): ThreadToken | null {
  const [, asking, shownToken] = tokenForm.exec(messageId) ?? [];
  if (asking !== undefined && shownToken !== undefined) {
    const number = asking.toLowerCase();
    const key = signedBy('token', [number], shownToken, keys);
    return key === null ? null : { letter: shown(number, key), case: null, token: true };
  }
  const found = /^<?pst\.([0-9a-z]{1,20})\.(\d{1,20})\.([0-9a-f]{24})@[^@\s]{1,255}>?$/i.exec(messageId);
  if (!found) return null;
  const [, hiddenLetter = '', number = '', given = ''] = found;
  const letter = letterOf('message-id', hiddenLetter.toLowerCase(), [number], given, keys);
  return letter === null ? null : { letter, case: number === '0' ? null : number };
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
  return found && signedBy('plus-address', [number], given, keys) !== null ? { case: number } : null;
}

/** `bounces+<hidden letter>.<mark>@…`, the envelope sender of a letter (RFC 5321 §4.5.5). */
export function returnPathFor(bounces: string, letter: string, key: string): string {
  const [local, domain] = split(bounces);
  const number = hidden(letter, key);
  return `${local}+${number}.${mark('return-path-2', [number], key)}@${domain}`;
}

/** What stands in the link of a page that a letter leads to. */
export function pageTokenFor(letter: string, key: string): string {
  const number = hidden(letter, key);
  return `${number}.${mark('page', [number], key)}`;
}

/** The letter whose page it is, null for a token that we have not made. */
export function readPageToken(token: string, keys: readonly string[]): string | null {
  const [, number = '', given = ''] = /^([0-9a-z]{1,20})\.([0-9a-f]{24})$/.exec(token) ?? [];
  const key = number === '' ? null : signedBy('page', [number], given, keys);
  return key === null ? null : shown(number, key);
}

/** What stands in the link of the page that shows how a case stands: of the letter, so that it ends with what its reader may see. */
export function casePageTokenFor(letter: string, key: string): string {
  const number = hidden(letter, key);
  return `${number}.${mark('case-page', [number], key, tokenLength)}`;
}

/** The letter whose page it is, null for a token that we have not made. */
export function readCasePageToken(token: string, keys: readonly string[]): string | null {
  const [, number = '', given = ''] = /^([0-9a-z]{1,20})\.([0-9a-f]{32})$/.exec(token) ?? [];
  const key = number === '' ? null : signedBy('case-page', [number], given, keys);
  return key === null ? null : shown(number, key);
}

/** The same of a page on which rights are given: with 128 bits (POLICY §8.7). */
export function decisionTokenFor(letter: string, key: string): string {
  const number = hidden(letter, key);
  return `${number}.${mark('decision-page', [number], key, tokenLength)}`;
}

/** The letter whose page it is and the key that made it, null for a token that we have not made. */
export function readDecisionToken(
  token: string,
  keys: readonly string[],
): { readonly letter: string; readonly key: string } | null {
  const [, number = '', given = ''] = /^([0-9a-z]{1,20})\.([0-9a-f]{32})$/.exec(token) ?? [];
  const key = number === '' ? null : signedBy('decision-page', [number], given, keys);
  return key === null ? null : { letter: shown(number, key), key };
}

/**
 * Of the page of preferences of a contact, one for each kind of letters (POLICY §10.6). It is made of what it is for, so that it is stored
 * nowhere, and every letter of the kind has the same: a link of years ago still ends them.
 */
export function preferencesTokenFor(contact: string, kind: string, key: string): string {
  const number = hidden(contact, key);
  return `${number}.${kind}.${mark('preferences-page', [number, kind], key, tokenLength)}`;
}

/** Whose letters of which kind it is about, null for a token that we have not made. */
export function readPreferencesToken(
  token: string,
  keys: readonly string[],
): { readonly contact: string; readonly kind: string } | null {
  const [, number = '', kind = '', given = ''] = /^([0-9a-z]{1,20})\.([a-z-]{1,40})\.([0-9a-f]{32})$/.exec(token) ?? [];
  const key = number === '' ? null : signedBy('preferences-page', [number, kind], given, keys);
  return key === null ? null : { contact: shown(number, key), kind };
}

/** The code that stands beside the link to that page, and in no link. */
export function decisionCodeFor(letter: string, key: string): string {
  for (let round = 0; ; round += 1) {
    const drawn = createHmac('sha256', key).update(`decision-code\n${letter}\n${round}`).digest().subarray(0, 8);
    const code = codeOf([...drawn].map((byte) => byte % codeAlphabet.length));
    if (code !== null) return code;
  }
}

/** The letter that an envelope sender of ours belongs to, null for any other or a forged one. */
export function readReturnPath(address: string, keys: readonly string[]): { readonly letter: string } | null {
  const [local] = split(address);
  const found = /\+([0-9a-z]{1,20})\.([0-9a-f]{24})$/i.exec(local);
  const [, number = '', given = ''] = found ?? [];
  const letter = found && letterOf('return-path', number.toLowerCase(), [], given, keys);
  return letter ? { letter } : null;
}
