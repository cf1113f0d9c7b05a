/**
 * A rendered letter becomes bytes, once: what is sent again is the same bytes with the same Message-ID (MAIL.md §4). Whatever
 * is not in the input would differ from one time to the next, so boundary, Date and Message-ID are handed in.
 */
import * as base64 from 'nodemailer/lib/base64';
import MimeNode from 'nodemailer/lib/mime-node';
import * as qp from 'nodemailer/lib/qp';
import { cleanLine } from '../foundation/clean-text.ts';
import { Failure } from '../foundation/failure.ts';
import { loopMarkHeader } from '../foundation/loop-mark.ts';
import type { Answers, AutoSubmitted, LetterAttachment } from './letter.ts';
import type { RenderedLetter } from './rendering/render.ts';
import { threadHeaders } from './thread-headers.ts';

export type ToCompose = {
  readonly rendered: RenderedLetter;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  /** Our signed plus address, where the operator's domain takes it. */
  readonly replyTo?: string | null;
  /** With angle brackets. */
  readonly messageId: string;
  /** ISO 8601. */
  readonly date: string;
  /** Unique to the letter, letters and digits. Its number would tell how many there are. */
  readonly boundary: string;
  readonly answers: Answers | null;
  readonly autoSubmitted: AutoSubmitted;
  /** What our loop mark holds; no secret. */
  readonly loopMark: string;
  readonly attachments?: readonly LetterAttachment[];
  /** Of a letter that goes to many (RFC 2919, 2369): the name of its list, where it is ended, and whether one click does (RFC 8058). */
  readonly list?: { readonly id: string; readonly unsubscribe: readonly string[]; readonly oneClick: boolean } | null;
};

const mailbox = /^(?:"(?:[^"\\\p{C}]|\\[^\p{C}])+"|[^\s@<>()[\],;:"\\\p{C}]{1,64})@[^\s@<>()[\],;:"\\\p{C}]{1,255}$/u;
const plainId = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/;
/** It needs no quoting anywhere; every other name is written as RFC 2231 has it. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const mediaType = /^[a-z]+\/[a-z0-9.+-]+(?:; [a-z]+=[A-Za-z0-9-]+){0,4}$/;
const token = /^[A-Za-z0-9._-]{1,60}$/;
const listName = /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}$/;
const plainLink = /^(?:https?|mailto):[\x21-\x2b\x2d-\x3b\x3d\x3f-\x7e]{1,500}$/;

function only(form: RegExp, value: string, what: string): string {
  if (form.test(value)) return value;
  throw new Failure('bad-input', `a letter cannot be composed: its ${what} has not the form of one`);
}

/** RFC 5322 §3.3, in UTC. */
const dateLine = (iso: string): string => new Date(iso).toUTCString().replace('GMT', '+0000');

/** Headers and body of one part; the encoding is what the library chose for its header. */
function written(part: MimeNode, content: string): string {
  part.setContent(content);
  const head = `${part.buildHeaders()}\r\n\r\n`;
  const text = content.replace(/\r\n|\r|\n/g, '\r\n');
  const encoding = part.getTransferEncoding();
  if (encoding === 'quoted-printable') return head + qp.wrap(qp.encode(text));
  if (encoding === 'base64') return head + base64.wrap(base64.encode(text));
  return head + text;
}

function joined(node: MimeNode, parts: readonly string[]): string {
  const between = `--${node.boundary}`;
  return `${parts.map((part) => `${between}\r\n${part}\r\n`).join('')}${between}--\r\n`;
}

function nameParameter(name: string): string {
  if (plainName.test(name)) return `filename=${name}`;
  const encoded = encodeURIComponent(only(/^[^\p{C}]{1,120}$/u, name, 'attachment')).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  // Lines stay below 998 octets, whatever the name is made of.
  return `filename*=UTF-8''${encoded.slice(0, 800).replace(/%[0-9A-F]?$/i, '')}`;
}

function attached({ filename, type, bytes }: LetterAttachment): string {
  const head = [
    `Content-Type: ${only(mediaType, type, 'attachment')}`,
    `Content-Disposition: attachment; ${nameParameter(filename)}`,
    'Content-Transfer-Encoding: base64',
  ];
  return `${head.join('\r\n')}\r\n\r\n${base64.wrap(base64.encode(Buffer.from(bytes)))}`;
}

/**
 * The message with CR LF and lines below 998 octets; the same input gives the same bytes.
 * Put together here rather than by the library's streams, of which a letter takes a dozen and a fifth of a mail's whole time.
 * Fails with `bad-input` where an address, the Message-ID or the boundary is not plain: none of them comes from a mail.
 */
export function composeLetter(letter: ToCompose): Uint8Array {
  const { rendered, from } = letter;
  const { inReplyTo, references } = threadHeaders(letter.answers);
  const baseBoundary = only(token, letter.boundary, 'boundary');
  const attachments = letter.attachments ?? [];
  const root = new MimeNode(attachments.length > 0 ? 'multipart/mixed' : 'multipart/alternative', {
    baseBoundary,
    boundaryPrefix: '--=_postern',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const automatic: [string, string][] =
    letter.autoSubmitted === null
      ? []
      : [
          ['Auto-Submitted', letter.autoSubmitted],
          ['X-Auto-Response-Suppress', 'All'],
        ];
  const headers: [string, string | { name: string; address: string }][] = [
    ['From', { name: cleanLine(from.name, 200), address: only(mailbox, from.address, 'sender') }],
    ['To', only(mailbox, letter.to, 'recipient')],
    ['Subject', cleanLine(rendered.subject, 900)],
    ['Message-ID', only(plainId, letter.messageId, 'Message-ID')],
    ['Date', dateLine(letter.date)],
    ...automatic,
    [loopMarkHeader, only(token, letter.loopMark, 'loop mark')],
    ['Content-Language', rendered.languages.join(', ')],
  ];
  if (letter.replyTo) headers.push(['Reply-To', only(mailbox, letter.replyTo, 'reply address')]);
  if (inReplyTo) headers.push(['In-Reply-To', inReplyTo]);
  if (references.length > 0) headers.push(['References', references.join(' ')]);
  if (letter.list) {
    headers.push(['List-Id', `<${only(listName, letter.list.id, 'list')}>`]);
    const ways = letter.list.unsubscribe.map((way) => `<${only(plainLink, way, 'way to end it')}>`);
    headers.push(['List-Unsubscribe', ways.join(', ')]);
    if (letter.list.oneClick) headers.push(['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click']);
  }
  for (const [name, value] of headers) root.setHeader(name, value);
  const head = root.buildHeaders();
  // Without a boundary of its own a node draws one at random.
  const both = attachments.length > 0 ? root.createChild('multipart/alternative', { baseBoundary }) : root;
  const text = written(both.createChild('text/plain; charset=utf-8', { baseBoundary }), rendered.text);
  const html = written(both.createChild('text/html; charset=utf-8', { baseBoundary }), rendered.html);
  if (both === root) return Buffer.from(`${head}\r\n\r\n${joined(root, [text, html])}`, 'latin1');
  // The boundary is made with the header.
  const inner = `${both.buildHeaders()}\r\n\r\n${joined(both, [text, html])}`;
  return Buffer.from(`${head}\r\n\r\n${joined(root, [inner, ...attachments.map(attached)])}`, 'latin1');
}
