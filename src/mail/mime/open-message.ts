/** A message of ours opened for somebody who looks at it: its headers, its text and its HTML as they read, and what else it holds. */
import { cleanLine } from '../../foundation/clean-text.ts';
import { readText } from './body-text.ts';
import { decodeWords, parseBody, type TextNode } from './parse.ts';
import { readRawHeader } from './raw-headers.ts';

export type OpenedMessage = {
  /** As written, unfolded and decoded, in the order of the message. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly html: string | null;
  readonly text: string;
  readonly attachments: readonly { readonly name: string | null; readonly type: string; readonly bytes: number }[];
};

const htmlOf = (node: TextNode): string | null =>
  node.type === 'text/html' && node.attachment === null
    ? node.text
    : (node.children.map(htmlOf).find((found) => found !== null) ?? null);

/** Never rejects: what cannot be parsed is shown as the text of its bytes. */
export async function openMessage(raw: Uint8Array): Promise<OpenedMessage> {
  const headers = readRawHeader(raw).lines.map(({ name, value }) => ({ name, value: cleanLine(decodeWords(value)) }));
  try {
    const body = await parseBody(raw);
    const attachments = body.attachments.map(({ fileName, type, content }) => ({
      ...{ name: fileName, type, bytes: content.length },
    }));
    return { headers, html: htmlOf(body.tree), text: readText(body), attachments };
  } catch {
    return { headers, html: null, text: Buffer.from(raw).toString('latin1'), attachments: [] };
  }
}
