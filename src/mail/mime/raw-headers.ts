/**
 * The raw header, looked at before any parser is trusted (MAIL.md §2): parsers keep the last of several From lines, do not see
 * `From : x`, and break lines where others do not. Whatever one of them might take for a From line counts as one here.
 */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { HeaderLine } from './header-line.ts';

type RawHeader = {
  /** Unfolded, in the order of the mail, topmost first; names in lower case. */
  readonly lines: readonly HeaderLine[];
  /** Bytes of the header block with the empty line behind it. */
  readonly size: number;
  /** From lines as written, with the ways that only some programs take for one. */
  readonly fromLines: readonly { readonly value: string; readonly plain: boolean }[];
};

const LF = 10;
const CR = 13;

/** Where the body begins: behind the first empty line, or the end where there is none. */
export function headerEnd(raw: Uint8Array): number {
  let lineStart = 0;
  for (;;) {
    const end = raw.indexOf(LF, lineStart);
    if (end < 0) return raw.length;
    if (end === lineStart || (end === lineStart + 1 && raw[lineStart] === CR)) return end + 1;
    lineStart = end + 1;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

const japanese = new TextDecoder('iso-2022-jp');

/** UTF-8 where the bytes are that, else Windows-1252 (MAIL.md §2); seven bits with the escapes of ISO-2022-JP are that. Never throws. */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    const text = utf8.decode(bytes);
    return /\x1b\$[@B]/.test(text) ? japanese.decode(bytes) : text;
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Reads at most `limit` bytes of header; `size` tells the true length. */
export function readRawHeader(raw: Uint8Array, limit = 262_144): RawHeader {
  const size = headerEnd(raw);
  const physical = decodeBytes(raw.subarray(0, Math.min(size, limit))).split(/\r\n|\n|\r/);
  const lines: HeaderLine[] = [];
  const fromLines: { value: string; plain: boolean }[] = [];
  let name = '';
  let pieces: string[] = [];
  let plain = false;
  const finish = () => {
    if (name === '') return;
    const value = pieces.join('').trim();
    lines.push({ name, value });
    if (name === 'from') fromLines.push({ value, plain });
  };
  for (const line of physical) {
    if (line === '') continue;
    if (/^[ \t]/.test(line)) {
      if (name !== '') pieces.push(line);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const written = line.slice(0, colon);
    // The line that mbox files begin with holds a colon in its time.
    if (/^>?From \S/.test(written)) continue;
    finish();
    name = written.replace(/[^\x21-\x7e]/g, '').toLowerCase();
    plain = /^[\x21-\x7e]+$/.test(written);
    pieces = [line.slice(colon + 1)];
  }
  finish();
  return { lines, size, fromLines };
}

/** The topmost value of that name, null where there is none. */
export const firstValue = (lines: readonly HeaderLine[], name: string): string | null =>
  lines.find((line) => line.name === name)?.value ?? null;

export const allValues = (lines: readonly HeaderLine[], name: string): string[] =>
  lines.filter((line) => line.name === name).map((line) => line.value);

/** One Message-ID, with angle brackets also where it came without; null where there is none. */
export function readMessageId(value: string | null): string | null {
  const [first] = readMessageIds(value, 1);
  if (first !== undefined) return cleanLine(first);
  const bare = cleanLine(value ?? '', 996).replace(/[<>\s]/g, '');
  return bare === '' ? null : `<${bare}>`;
}

/** The mail's own Message-ID, looked at before it is read as a whole; null where the first 64 KB of header hold none. */
export function peekMessageId(raw: Uint8Array): string | null {
  const start = raw.subarray(0, 65_536);
  return readMessageId(firstValue(readRawHeader(start).lines, 'message-id'));
}

/** Message-IDs with angle brackets, in their order, each once; at most `max`, of at most 998 characters each. */
export function readMessageIds(value: string | null, max = 100): string[] {
  if (value === null) return [];
  const found = new Set<string>();
  for (const match of value.matchAll(/<[^<>]{1,996}>/g)) {
    const id = match[0].replace(/\s+/g, '');
    if (id.length > 2) found.add(id);
    if (found.size >= max) break;
  }
  return [...found];
}
