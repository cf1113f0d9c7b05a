/** Which parts of a mail are its text, and what of it nobody here can read (MAIL.md §2). */
import { cleanText } from '../../foundation/clean-text.ts';
import { htmlToPlain } from '../html/html-text.ts';
import { isSealed, isWinmail } from '../unpack/unpack.ts';
import type { ParsedAttachment, ParsedBody, TextNode } from './parse.ts';
import { decodeBytes } from './raw-headers.ts';

/** UTF-16 units; the raw mail holds the rest. */
const longestText = 1_000_000;

const blank = (text: string): boolean => text.trim() === '';

/** Some programs give a text a boundary, and their parts come as its children. */
const holdsItself = (node: TextNode): boolean => node.children.length === 0 || !blank(node.text ?? '');

/** The plain text of a node alone: of alternatives the first that says anything. */
function plainOf(node: TextNode): string {
  if (node.type === 'text/plain' && holdsItself(node)) return node.text ?? '';
  const found = node.children.map(plainOf).filter((text) => !blank(text));
  return node.type === 'multipart/alternative' ? (found[0] ?? '') : found.join('\n');
}

function textOf(node: TextNode): string {
  if (node.type === 'text/html' && holdsItself(node)) return node.text === null ? '' : htmlToPlain(node.text);
  if (node.type === 'text/plain' && holdsItself(node)) return node.text ?? '';
  if (node.type === 'multipart/alternative') {
    const plain = node.children.map(plainOf).find((text) => !blank(text));
    if (plain !== undefined) return plain;
    // Of alternatives the last is the fullest (RFC 2046 §5.1.4).
    return node.children.map(textOf).findLast((text) => !blank(text)) ?? '';
  }
  return node.children
    .map(textOf)
    .filter((text) => !blank(text))
    .join('\n');
}

export const boundText = (text: string): string => cleanText(text.slice(0, longestText).toWellFormed());

/** The text as a person would read it, cleaned. */
export function readText(body: ParsedBody): string {
  const text = boundText(textOf(body.tree));
  return blank(text) ? boundText(namelessTexts(body)) : text;
}

/** Where nothing else is said: text that a wrong disposition or a misspelt type (`text/plain>`) made an attachment without a name. */
function namelessTexts(body: ParsedBody): string {
  const texts = body.attachments.filter(
    ({ fileName, type, content }) =>
      fileName === null &&
      (/^text\/(?:plain|html)\b/.test(type) || !/^[a-z]+\/[a-z0-9.+-]+$/.test(type)) &&
      !content.subarray(0, 4096).includes(0),
  );
  return texts
    .map(({ type, content, contentTypeParams }) => {
      const text = decodeText(content.subarray(0, longestText), contentTypeParams.charset);
      return type.startsWith('text/html') ? htmlToPlain(text) : text;
    })
    .join('\n');
}

function decodeText(content: Uint8Array, charset: string | undefined): string {
  try {
    return charset === undefined || /^(?:us-?)?ascii$/i.test(charset)
      ? decodeBytes(content)
      : new TextDecoder(charset).decode(content);
  } catch {
    return decodeBytes(content);
  }
}

const someTextNode = (node: TextNode): boolean =>
  (node.text !== null && node.text !== '') || node.children.some(someTextNode);

/** mailparser found neither text nor HTML nor an attachment. */
export const foundNothing = (body: ParsedBody): boolean =>
  body.attachments.every((one) => one.content.length === 0) && !someTextNode(body.tree);

/** Leaves in their order with their content as text, for those who read delivery reports. */
export function leafParts(body: ParsedBody): { type: string; content: string }[] {
  const out: { type: string; content: string }[] = [];
  const walk = (node: TextNode) => {
    const attachment = node.attachment === null ? undefined : body.attachments[node.attachment];
    if (attachment !== undefined) {
      const textual = /^(?:message|text)\//.test(attachment.type);
      if (textual)
        out.push({
          type: attachment.type,
          content: cleanText(decodeText(attachment.content.subarray(0, 262_144), attachment.contentTypeParams.charset)),
        });
    } else if (node.children.length === 0 && node.text !== null) out.push({ type: node.type, content: node.text });
    node.children.forEach(walk);
  };
  walk(body.tree);
  return out;
}

const nodeTypes = (node: TextNode): string[] => [node.type, ...node.children.flatMap(nodeTypes)];

function unreadAttachment(one: ParsedAttachment): string | null {
  if (one.opened) return null;
  if (isSealed(one)) {
    return /^signed/i.test(one.contentTypeParams['smime-type'] ?? '') ? 'signed' : 'encrypted';
  }
  if (one.type === 'application/pgp-encrypted') return 'encrypted';
  if (isWinmail(one)) return 'winmail.dat';
  if (one.type === 'text/calendar' || /\.ics$/i.test(one.fileName ?? '')) return 'calendar';
  return null;
}

/** What the mail holds and nobody reads here, so that it never makes an empty case: each once. */
export function unreadParts(body: ParsedBody, text: string): string[] {
  const out = new Set<string>();
  if (nodeTypes(body.tree).includes('multipart/encrypted')) out.add('encrypted');
  if (/^-----BEGIN PGP MESSAGE-----/m.test(text)) out.add('encrypted');
  for (const attachment of body.attachments) {
    const kind = unreadAttachment(attachment);
    if (kind !== null) out.add(kind);
  }
  return [...out];
}
