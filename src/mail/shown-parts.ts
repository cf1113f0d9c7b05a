/** A mail taken apart for people: its header lines, its parts, and the HTML that stands in it, as it came. */
import { cleanFileName, cleanLine } from '../foundation/clean-text.ts';
import type { HeaderLine } from './mime/header-line.ts';
import { decodeWords, type ParsedBody, type TextNode } from './mime/parse.ts';
import { readRawHeader } from './mime/raw-headers.ts';
import { mendMime } from './mime/repair-mime.ts';
import { readingLimits, readStructure } from './mime/structure.ts';
import { readBody } from './unpack/unpack.ts';

export type ShownPart = {
  readonly depth: number;
  readonly type: string;
  /** Of an attachment, with its place among them. */
  readonly name: string | null;
  readonly attachment: number | null;
  /** Bytes of an attachment, letters of a text; null of what holds others. */
  readonly size: number | null;
};
export type ShownParts = {
  readonly head: readonly HeaderLine[];
  readonly parts: readonly ShownPart[];
  /** Not made safe; cut where it is longer than anybody reads. */
  readonly html: string | null;
};

const mostHtml = 500_000;
const mostHead = 500;

function flat(node: TextNode, { attachments }: ParsedBody, depth = 0): ShownPart[] {
  const file = node.attachment === null ? undefined : attachments[node.attachment];
  const own: ShownPart = {
    depth,
    type: cleanLine(node.type, 127),
    name: file ? cleanFileName(file.fileName ?? '', 'attachment') : null,
    attachment: node.attachment,
    size: file ? file.content.length : (node.text?.length ?? null),
  };
  return [own, ...node.children.flatMap((child) => flat(child, { attachments } as ParsedBody, depth + 1))];
}

function htmlOf(node: TextNode): string | null {
  if (node.type === 'text/html' && node.attachment === null && node.text !== null) return node.text.slice(0, mostHtml);
  for (const child of node.children) {
    const found = htmlOf(child);
    if (found !== null) return found;
  }
  return null;
}

/** Of what is too large or too deep to be read there is only the header. Never throws for what stands in it. */
export async function readShownParts(raw: Uint8Array): Promise<ShownParts> {
  const lines = readRawHeader(raw).lines.slice(0, mostHead);
  const head = lines.map(({ name, value }) => ({
    name: cleanLine(name, 200),
    value: cleanLine(decodeWords(value), 4_000),
  }));
  const headAlone = { head, parts: [], html: null };
  if (raw.length > readingLimits.bytes) return headAlone;
  try {
    const mended = mendMime(raw);
    if (readStructure(mended).tooMuch !== null) return headAlone;
    const body = await readBody(mended);
    return { head, parts: flat(body.tree, body), html: htmlOf(body.tree) };
  } catch {
    return headAlone;
  }
}
