/**
 * Parts that hold a mail of their own are opened: what a signature of S/MIME encloses, and winmail.dat. What comes out is read like the
 * rest of the mail; its attachments are listed behind those of the mail, so that places told before stay what they were.
 */

import { type ParsedAttachment, type ParsedBody, parseBody, type TextNode } from '../mime/parse.ts';
import { mendMime } from '../mime/repair-mime.ts';
import { readingLimits, readStructure } from '../mime/structure.ts';
import { signedContent } from './signed.ts';
import { readTnef } from './tnef.ts';

/** A signed mail in a winmail.dat in a signed mail; deeper is nobody's mail. */
const deepest = 3;
const mostAttachments = 200;

export const isSealed = (one: ParsedAttachment): boolean =>
  /^application\/(?:x-)?pkcs7-mime$/.test(one.type) || /\.p7m$/i.test(one.fileName ?? '');
export const isWinmail = (one: ParsedAttachment): boolean =>
  /^application\/(?:vnd\.)?ms-tnef$/.test(one.type) || /^winmail\.dat$/i.test(one.fileName ?? '');

/** Parses a mail and opens what it encloses. @throws whatever the parser makes of it */
export async function readBody(raw: Uint8Array): Promise<ParsedBody> {
  const body = await parseBody(raw);
  return body.attachments.some((one) => isSealed(one) || isWinmail(one))
    ? open(body, { left: readingLimits.bytes }, 1)
    : body;
}

async function open(body: ParsedBody, budget: { left: number }, level: number): Promise<ParsedBody> {
  const attachments = [...body.attachments];
  const found = new Map<number, TextNode>();
  for (const [place, one] of body.attachments.entries()) {
    budget.left -= isSealed(one) || isWinmail(one) ? one.content.length : 0;
    if (budget.left < 0 || attachments.length > mostAttachments) break;
    const inner = isSealed(one)
      ? await openSigned(one, budget, level)
      : isWinmail(one)
        ? await openWinmail(one, budget, level)
        : null;
    if (inner === null) continue;
    found.set(place, shifted(inner.tree, attachments.length));
    attachments[place] = { ...one, opened: true };
    attachments.push(...inner.attachments);
  }
  return { tree: found.size === 0 ? body.tree : put(body.tree, found), attachments };
}

/** The place that the part had in the mail becomes that of what it held. */
function put(node: TextNode, found: ReadonlyMap<number, TextNode>): TextNode {
  const inner = node.attachment === null ? undefined : found.get(node.attachment);
  const children = node.children.map((child) => put(child, found));
  return { ...node, children: inner === undefined ? children : [...children, inner] };
}

const shifted = (node: TextNode, by: number): TextNode => ({
  ...node,
  attachment: node.attachment === null ? null : node.attachment + by,
  children: node.children.map((child) => shifted(child, by)),
});

async function openSigned(one: ParsedAttachment, budget: { left: number }, level: number): Promise<ParsedBody | null> {
  const content = signedContent(one.content);
  if (content === null) return null;
  const mended = mendMime(content);
  if (readStructure(mended).tooMuch !== null) return null;
  try {
    const body = await parseBody(mended);
    return level < deepest ? open(body, budget, level + 1) : body;
  } catch {
    return null;
  }
}

async function openWinmail(one: ParsedAttachment, budget: { left: number }, level: number): Promise<ParsedBody | null> {
  const tnef = readTnef(one.content);
  if (tnef === null) return null;
  const leaf = (type: string, text: string): TextNode => ({ type, text, attachment: null, children: [] });
  const texts = [
    ...(tnef.text === null ? [] : [leaf('text/plain', tnef.text.replace(/\r\n?/g, '\n'))]),
    ...(tnef.html === null ? [] : [leaf('text/html', tnef.html)]),
  ];
  const alternatives: TextNode = { type: 'multipart/alternative', text: null, attachment: null, children: texts };
  const files = tnef.files.map(
    (file): ParsedAttachment => ({
      fileName: file.name,
      type: file.type,
      inline: false,
      contentTypeParams: {},
      content: file.content,
    }),
  );
  const tree: TextNode = {
    type: 'multipart/mixed',
    text: null,
    attachment: null,
    children: [
      alternatives,
      ...files.map((file, at): TextNode => ({ type: file.type, text: null, attachment: at, children: [] })),
    ],
  };
  const body: ParsedBody = { tree, attachments: files };
  return level < deepest ? open(body, budget, level + 1) : body;
}
