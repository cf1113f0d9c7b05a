/** The only file that knows mailparser. What it finds silently wrong is told by `read.ts`, which compares with the raw bytes. */
import { createHash } from 'node:crypto';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { type AttachmentCommon, MailParser } from 'mailparser';
import { decodeBytes, headerEnd } from './raw-headers.ts';

export type ParsedAttachment = {
  readonly fileName: string | null;
  readonly type: string;
  readonly inline: boolean;
  readonly contentTypeParams: Readonly<Record<string, string>>;
  readonly content: Buffer;
  /** What it held was read (unpack/). */
  readonly opened?: true;
};

/** A node of the MIME tree; `attachment` is its place in the list of attachments. */
export type TextNode = {
  readonly type: string;
  readonly text: string | null;
  readonly attachment: number | null;
  readonly children: readonly TextNode[];
};

export type ParsedBody = {
  readonly tree: TextNode;
  readonly attachments: readonly ParsedAttachment[];
};

/** What mailparser 3.14.2 keeps of a node, which its types leave out as internal. */
type InnerNode = {
  contentType: string | false;
  charset?: string;
  isAttachment?: boolean;
  textContent?: string;
  children: InnerNode[];
};

type Inner = {
  tree: InnerNode | false;
  decoder: { decodeStream(charset: string): NodeJS.ReadWriteStream };
  createNode(node: unknown): InnerNode;
  libmime: {
    decodeWords(value: string): string;
    /** `supported` is false where the charset is unknown or refused; such a stream takes the bytes for UTF-8. */
    createDecodeStream(charset: string): NodeJS.ReadWriteStream & { readonly supported: boolean };
  };
};

const guess = 'x-postern-guess';
const unicode = /^(?:us-?)?ascii$|^utf-?8$|^x-unknown$|^unknown(?:-8bit)?$|^8bit$|^7bit$|^binary$|^default$/i;

/** UTF-8 where the bytes are that, else Windows-1252: known only once the part is whole. */
function guessDecoder(): Transform {
  const chunks: Buffer[] = [];
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
    flush(done) {
      this.push(Buffer.from(decodeBytes(Buffer.concat(chunks))));
      done();
    },
  });
}

/** mailparser takes every text without a charset for UTF-8 and loses what is not; here such parts go to `guessDecoder`. */
function openParser(): { parser: MailParser; inner: Inner } {
  const parser = new MailParser({
    skipTextToHtml: true,
    skipHtmlToText: true,
    skipImageLinks: true,
    skipTextLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    checksumAlgo: false,
  });
  const inner = parser as unknown as Inner;
  const createNode = inner.createNode.bind(parser);
  inner.createNode = (node) => {
    const made = createNode(node);
    if (typeof made.contentType === 'string' && (made.charset === undefined || unicode.test(made.charset))) {
      made.charset = guess;
    }
    return made;
  };
  inner.decoder = {
    decodeStream(charset) {
      if (charset === guess) return guessDecoder();
      const stream = inner.libmime.createDecodeStream(charset);
      return stream.supported ? stream : guessDecoder();
    },
  };
  return { parser, inner };
}

/** Attachments come in the order of the mail, so counting them gives each its place. */
function plainTree(node: InnerNode, counter: { attachments: number }): TextNode {
  return {
    type: typeof node.contentType === 'string' ? node.contentType.toLowerCase() : 'text/plain',
    text: node.textContent ?? null,
    attachment: node.isAttachment === true ? counter.attachments++ : null,
    children: node.children.map((child) => plainTree(child, counter)),
  };
}

/**
 * Of the header only what says how the body is made: who wrote to whom is read from the raw header (`raw-headers.ts`), and to take addresses
 * and routes apart once more is a third of what a small mail costs. A header that is not well-formed goes whole, as the parser is to see it.
 */
function mimeFieldsAlone(mail: Buffer): [Buffer | null, Buffer] {
  const end = headerEnd(mail);
  if (end === mail.length || end > 262_144) return [null, mail];
  const lines = mail.toString('latin1', 0, end).split('\n');
  const kept: string[] = [];
  let keeping = false;
  for (const line of lines) {
    if (/^[ \t]+\S/.test(line)) {
      if (keeping) kept.push(line);
    } else if (line.trim() !== '') {
      if (!/^[!-9;-~]+:/.test(line)) return [null, mail];
      keeping = /^(?:content-|mime-version:)/i.test(line);
      if (keeping) kept.push(line);
    }
  }
  // An empty header would leave its line to the text.
  if (kept.length === 0) kept.push('MIME-Version: 1.0\r');
  return [Buffer.from(`${kept.join('\n')}\n\r\n`, 'latin1'), mail.subarray(end)];
}

/** @throws whatever mailparser makes of a mail that it cannot take */
export async function parseBody(raw: Uint8Array): Promise<ParsedBody> {
  const { parser, inner } = openParser();
  const attachments: ParsedAttachment[] = [];
  const pending: Promise<void>[] = [];
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject);
    parser.on('data', (data) => {
      if (data.type !== 'attachment') return;
      const slot = attachments.length;
      attachments.push(emptyAttachment);
      pending.push(
        collect(data.content).then((content) => {
          attachments[slot] = describe(data, content);
          data.release?.();
        }),
      );
      pending.at(-1)?.catch(reject);
    });
    parser.on('end', resolve);
    const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const [header, body] = mimeFieldsAlone(mail);
    if (header) parser.write(header);
    parser.end(body);
  });
  await Promise.all(pending);
  const empty: InnerNode = { contentType: 'text/plain', children: [] };
  return { tree: plainTree(inner.tree === false ? empty : inner.tree, { attachments: 0 }), attachments };
}

const emptyAttachment: ParsedAttachment = {
  fileName: null,
  type: 'application/octet-stream',
  inline: false,
  contentTypeParams: {},
  content: Buffer.alloc(0),
};

function describe(found: AttachmentCommon, content: Buffer): ParsedAttachment {
  const header = found.headers.get('content-type');
  const params = typeof header === 'object' && header !== null && 'params' in header ? header.params : {};
  return {
    fileName: found.filename || null,
    // False for a part whose Content-Type says nothing, whatever the types tell.
    type: (found.contentType || 'application/octet-stream').toLowerCase(),
    inline: found.related === true || found.contentDisposition === 'inline',
    contentTypeParams: (params ?? {}) as Record<string, string>,
    content,
  };
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = stream.pipe(new PassThrough());
  stream.on('error', (error) => out.destroy(error));
  for await (const chunk of out) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

let words: Inner['libmime'] | null = null;

/** RFC 2047 encoded words as text; what cannot be decoded stays as written. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  words ??= openParser().inner.libmime;
  try {
    return words.decodeWords(value);
  } catch {
    return value;
  }
}
