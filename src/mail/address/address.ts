/**
 * Addresses as identities (MAIL.md §2, RFC 5322 §3.4, RFC 6532). A to Z are folded and nothing else: `toLowerCase` would turn
 * the Kelvin sign into a k and let somebody write as somebody else.
 */
import { domainToASCII } from 'node:url';
import { cleanLine } from '../../foundation/clean-text.ts';
import type { FromHeader, Mailbox } from '../parsed-mail.ts';

const foldAscii = (value: string): string => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

// Any character beyond ASCII is left to RFC 6532, save controls, white space and what shows nothing.
const atom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+)*$/;
const unseen = /\s|\p{C}|[\u00ad\u115f\u1160\u3164]|\p{Variation_Selector}/u;
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

function normaliseDomain(domain: string): string | null {
  if (unseen.test(domain) || /[/:?#@[\]\\%]/.test(domain)) return null;
  const bare = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  // node:url folds compatibility forms by IDNA; a domain that is plain ASCII needs none of it.
  const ascii = /^[\x21-\x7e]+$/.test(bare) ? foldAscii(bare) : idnaSafe(bare);
  if (ascii === null || ascii.length > 253) return null;
  const labels = ascii.split('.');
  if (labels.length < 2 || !labels.every((part) => label.test(part))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : ascii;
}

/**
 * Refuses what IDNA would quietly turn into plain ASCII: the Kelvin sign, full-width letters, an ideographic full stop, a mark that
 * is dropped. None of them is a spelling of the domain it would become.
 */
function idnaSafe(domain: string): string | null {
  if (domain.normalize('NFKC') !== domain) return null;
  const ascii = domainToASCII(domain);
  if (ascii === '') return null;
  const written = domain.split('.');
  const labels = foldAscii(ascii).split('.');
  const kept = labels.every((one, i) => one.startsWith('xn--') || one === foldAscii(written[i] ?? ''));
  return kept && labels.length === written.length ? labels.join('.') : null;
}

/**
 * `local@domain` for comparison: A to Z folded, domain as A-labels, a quoted local part bare where quotes were not needed.
 * Null for what is no address we would keep: no dot in the domain, an IP literal, more than 64 or 254 octets.
 */
export function normaliseAddress(value: string): string | null {
  const text = value.trim();
  const at = text.lastIndexOf('@');
  if (at <= 0 || text.length > 1000) return null;
  const local = normaliseLocal(text.slice(0, at));
  const domain = normaliseDomain(text.slice(at + 1));
  if (local === null || domain === null) return null;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(local) > 64 || Buffer.byteLength(address) > 254 ? null : address;
}

function normaliseLocal(local: string): string | null {
  if (!local.isWellFormed() || local.includes('=?')) return null;
  if (!local.startsWith('"')) return !unseen.test(local) && atom.test(local) ? foldAscii(local) : null;
  if (local.length < 3 || !local.endsWith('"')) return null;
  const inner = local.slice(1, -1);
  if (!/^(?:[^"\\\p{C}]|\\[^\p{C}])+$/u.test(inner)) return null;
  const bare = inner.replace(/\\(.)/gu, '$1');
  if (!unseen.test(bare) && atom.test(bare)) return foldAscii(bare);
  return `"${foldAscii(bare).replace(/[\\"]/g, '\\$&')}"`;
}

/** The address that rate limits count by: `a+x@b` is counted with `a@b`, though it is not the same person (MAIL.md §2). */
export function foldPlus(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

type Token =
  | { readonly kind: 'word' | 'quoted' | 'comment'; readonly text: string; readonly spaced: boolean }
  | { readonly kind: '<' | '>' | ',' | ':' | ';'; readonly text: string; readonly spaced: boolean };

/** Null where a quote, comment or bracket never ends. `@` and dots stay within words; linear. */
function tokens(value: string): Token[] | null {
  const out: Token[] = [];
  let i = 0;
  let spaced = false;
  while (i < value.length) {
    const c = value.charAt(i);
    if (c === ' ' || c === '\t') {
      spaced = true;
      i++;
      continue;
    }
    if (c === '"' || c === '(') {
      const end = c === '"' ? quoteEnd(value, i) : commentEnd(value, i);
      if (end < 0) return null;
      out.push({ kind: c === '"' ? 'quoted' : 'comment', text: value.slice(i, end + 1), spaced });
      i = end + 1;
    } else if (c === '<' || c === '>' || c === ',' || c === ':' || c === ';') {
      out.push({ kind: c, text: c, spaced });
      i++;
    } else {
      let end = i + 1;
      while (end < value.length && !' \t"(<>,:;'.includes(value.charAt(end))) end++;
      out.push({ kind: 'word', text: value.slice(i, end), spaced });
      i = end;
    }
    spaced = false;
  }
  return out;
}

function quoteEnd(value: string, start: number): number {
  for (let i = start + 1; i < value.length; i++) {
    if (value[i] === '\\') i++;
    else if (value[i] === '"') return i;
  }
  return -1;
}

function commentEnd(value: string, start: number): number {
  let depth = 0;
  for (let i = start; i < value.length; i++) {
    if (value[i] === '\\') i++;
    else if (value[i] === '(') depth++;
    else if (value[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

type Read = { readonly address: string; readonly name: string } | 'empty' | 'malformed';

const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/gsu, '$1');

/** One mailbox from its tokens: `addr`, `addr (name)`, `name <addr>`; anything else is malformed. */
function readMailbox(list: readonly Token[]): Read {
  const solid = list.filter((token) => token.kind !== 'comment');
  const comments = list.filter((token) => token.kind === 'comment').map((token) => unquote(token.text));
  if (solid.length === 0) return 'empty';
  const open = list.findIndex((token) => token.kind === '<');
  if (open < 0) {
    // `admin@corp (x) @evil` and `admin @ corp` are read differently by every program: not plain.
    const first = list.findIndex((token) => token.kind !== 'comment');
    const run = list.slice(first, first + solid.length);
    if (run.length !== solid.length || run.some((token, i) => token !== solid[i] || (i > 0 && token.spaced))) {
      return 'malformed';
    }
    const address = normaliseAddress(run.map((token) => token.text).join(''));
    return address === null ? 'malformed' : { address, name: comments.join(' ') };
  }
  const close = list.findIndex((token) => token.kind === '>');
  const inner = list.slice(open + 1, close);
  const after = close < 0 ? [] : list.slice(close + 1);
  if (close < open || inner.length === 0 || after.some((token) => token.kind !== 'comment')) return 'malformed';
  if (inner.some((token, i) => token.kind === 'comment' || (i > 0 && token.spaced))) return 'malformed';
  const address = normaliseAddress(inner.map((token) => token.text).join(''));
  if (address === null) return 'malformed';
  const words = list.slice(0, open).filter((token) => token.kind !== 'comment');
  // `admin@corp <x@evil>` shows one and is another; the same address twice is a habit of some programs.
  if (
    words.some((token) => token.kind === 'word' && token.text.includes('@') && normaliseAddress(token.text) !== address)
  ) {
    return 'malformed';
  }
  const name = words
    .map((token) => (token.spaced ? ' ' : '') + (token.kind === 'quoted' ? unquote(token.text) : token.text))
    .join('');
  return { address, name: name.trim() || comments.join(' ') };
}

/** Splits at commas outside brackets; `<a,b@c>` is no list. */
function splitList(list: readonly Token[]): Token[][] {
  const out: Token[][] = [[]];
  let inside = false;
  for (const token of list) {
    if (token.kind === '<') inside = true;
    else if (token.kind === '>') inside = false;
    if (token.kind === ',' && !inside) out.push([]);
    else out.at(-1)?.push(token);
  }
  return out;
}

/**
 * Exactly one From line with exactly one plain address, or what is wrong with it (MAIL.md §2).
 * @param decode turns encoded words of the display name into text, after the structure has been read
 */
export function readFrom(
  lines: readonly { readonly value: string; readonly plain: boolean }[],
  decode: (value: string) => string,
): FromHeader {
  if (lines.length > 1) return { kind: 'several' };
  const [line] = lines;
  if (line === undefined) return { kind: 'none' };
  if (!line.plain || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line.value)) return { kind: 'malformed' };
  if (line.value.trim() === '') return { kind: 'none' };
  const list = tokens(line.value);
  if (list === null) return { kind: 'malformed' };
  const read = splitList(list)
    .map(readMailbox)
    .filter((one) => one !== 'empty');
  if (read.length > 1 && read.every((one) => one !== 'malformed')) return { kind: 'several' };
  const [only] = read;
  if (read.length !== 1 || only === undefined || only === 'malformed') {
    return { kind: read.length === 0 ? 'none' : 'malformed' };
  }
  return { kind: 'one', address: only.address, name: cleanLine(decode(only.name), 200) };
}

/** To, Cc and the like: what can be read of the list, groups opened, the rest left out; at most `max`. */
export function readMailboxes(value: string, decode: (value: string) => string, max = 200): Mailbox[] {
  const list = tokens(value);
  if (list === null) {
    // A quote that never ends: the addresses in brackets are all that can be told.
    return [...value.matchAll(/<([^<>\s]{3,254})>/g)].slice(0, max).flatMap((match) => {
      const address = normaliseAddress(match[1] ?? '');
      return address === null ? [] : [{ address, name: '' }];
    });
  }
  const out: Mailbox[] = [];
  for (const entry of splitList(openGroups(list))) {
    const read = readMailbox(entry);
    if (read === 'empty' || read === 'malformed') continue;
    out.push({ address: read.address, name: cleanLine(decode(read.name), 200) });
    if (out.length >= max) break;
  }
  return out;
}

/** `friends: a@x, b@y;` becomes its members. A colon in brackets is the old route syntax and left to be refused. */
function openGroups(list: readonly Token[]): Token[] {
  const out: Token[] = [];
  let inside = false;
  let entryStart = 0;
  for (const token of list) {
    if (token.kind === '<') inside = true;
    else if (token.kind === '>') inside = false;
    if (!inside && token.kind === ':') out.length = entryStart;
    else if (!inside && (token.kind === ';' || token.kind === ',')) {
      out.push({ kind: ',', text: ',', spaced: false });
      entryStart = out.length;
    } else out.push(token);
  }
  return out;
}
