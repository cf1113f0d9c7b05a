/**
 * The structure of a mail, found by one linear pass over its bytes before a parser sees it (MAIL.md §2): mails that are built to
 * exhaust a parser are held with their headers alone.
 */

import type { UnreadableReason } from '../parsed-mail.ts';
import { allValues, headerEnd, readRawHeader } from './raw-headers.ts';

export const readingLimits = {
  /** RFC 5321 sets none; providers stop at 25 to 35 MB once encoded. */
  bytes: 35 * 1024 * 1024,
  headerBytes: 256 * 1024,
  addresses: 200,
  parts: 100,
  depth: 20,
} as const;

type Structure = {
  readonly tooMuch: UnreadableReason | null;
  readonly parts: number;
  /** Bytes other than white space in bodies that should come out as text or attachment. */
  readonly content: number;
};

const addressHeaders = ['from', 'to', 'cc', 'bcc', 'sender', 'reply-to', 'resent-from', 'resent-to', 'resent-cc'];

function countAddresses(lines: Parameters<typeof allValues>[0]): number {
  let count = 0;
  for (const name of addressHeaders) for (const value of allValues(lines, name)) count += value.split('@').length - 1;
  return count;
}

const boundaryOf = (contentType: string): string | null => {
  if (!/^\s*multipart\//i.test(contentType)) return null;
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  return found ? (found[1] ?? found[2] ?? null) : null;
};

/** Looks at sizes, addresses, parts and depth; stops counting where a limit is passed. */
export function readStructure(raw: Uint8Array): Structure {
  const over = (tooMuch: UnreadableReason): Structure => ({ tooMuch, parts: 0, content: 0 });
  if (raw.length > readingLimits.bytes) return over('too-large');
  const bodyStart = headerEnd(raw);
  if (bodyStart > readingLimits.headerBytes) return over('header-too-large');
  const root = readRawHeader(raw.subarray(0, bodyStart));
  if (countAddresses(root.lines) > readingLimits.addresses) return over('too-many-addresses');

  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const open: string[] = [];
  const depths = new Map<string, number>();
  const enter = (contentType: string) => {
    const boundary = boundaryOf(contentType);
    if (boundary !== null && !depths.has(boundary)) depths.set(boundary, open.push(boundary));
    return boundary !== null;
  };
  let counting = !enter(root.lines.findLast((line) => line.name === 'content-type')?.value ?? '');
  let parts = 0;
  let content = 0;
  let preamble = 0;
  let at = bodyStart;
  while (at < text.length) {
    const newline = text.indexOf(10, at);
    const next = newline < 0 ? text.length : newline + 1;
    const delimiter = open.length > 0 && text[at] === 45 && text[at + 1] === 45 ? readDelimiter(text, at, next) : null;
    const depth = delimiter === null ? undefined : (depths.get(delimiter.name) ?? depths.get(delimiter.closing ?? ''));
    if (delimiter === null || depth === undefined) {
      // One look at the line is enough: long lines need no counting.
      const bytes = inked(text, at, Math.min(next, at + 256));
      if (counting) content += bytes;
      else if (parts === 0) preamble += bytes;
      at = next;
      continue;
    }
    const closes = depths.get(delimiter.name) === undefined;
    for (const gone of open.splice(closes ? depth - 1 : depth)) depths.delete(gone);
    if (closes) {
      counting = false;
      at = next;
      continue;
    }
    if (++parts > readingLimits.parts) return over('too-many-parts');
    const end = next + headerEnd(text.subarray(next, Math.min(text.length, next + readingLimits.headerBytes + 2)));
    if (end - next > readingLimits.headerBytes) return over('header-too-large');
    const head = readRawHeader(text.subarray(next, end));
    counting = !enter(head.lines.findLast((line) => line.name === 'content-type')?.value ?? '');
    if (open.length > readingLimits.depth) return over('too-deep');
    at = end;
  }
  return { tooMuch: null, parts, content: content + (parts === 0 ? preamble : 0) };
}

function readDelimiter(text: Buffer, from: number, to: number): { name: string; closing: string | null } | null {
  if (to - from > 260) return null;
  const name = text.toString('latin1', from + 2, to).trimEnd();
  return { name, closing: name.endsWith('--') ? name.slice(0, -2) : null };
}

function inked(text: Buffer, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if ((text[i] ?? 0) > 32) count++;
  return count;
}
