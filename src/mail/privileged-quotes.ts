/**
 * Whether a privileged PIN stands anywhere in a mail (RELIABILITY I9), also where nobody reads: in the HTML beside a plain text,
 * in any header, in a text that is attached, in the name of an attachment. The mail's bytes are sealed then.
 */
import { quotesPrivilegedPin } from '../foundation/pin-form.ts';
import { leafParts } from './mime/body-text.ts';
import type { HeaderLine } from './mime/header-line.ts';
import { decodeWords, type ParsedBody } from './mime/parse.ts';

const tag = /<[^<>]*>/g;
/** Signatures and pictures as text: by chance every thousandth mail would hold one there, and nobody has written it. */
const encoded = /[0-9A-Za-z+/=_-]{40,}/g;
const quotes = (text: string): boolean => quotesPrivilegedPin(text) && quotesPrivilegedPin(text.replace(encoded, ' '));
const numbered = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi;

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ');

/** As it is read: a tag may stand in the middle of it. Linear in the text. */
function shownText(html: string): string {
  const bare = html.replace(tag, '');
  return bare.includes('&#')
    ? bare.replace(numbered, (_, hex?: string, digits?: string) =>
        character(hex === undefined ? Number(digits) : Number.parseInt(hex, 16)),
      )
    : bare;
}

const signed = /^(?:dkim-signature|domainkey-signature|arc-.*|x-google-dkim-signature|x-ms-exchange-.*)$/;

const inHeader = (lines: readonly HeaderLine[]): boolean =>
  lines.some(({ name, value }) => !signed.test(name) && quotes(value.includes('=?') ? decodeWords(value) : value));

function inPart({ type, content }: { type: string; content: string }): boolean {
  if (quotes(content)) return true;
  return type === 'text/html' && quotes(shownText(content));
}

/** `read` is what a person reads; `body` is null where only the header could be read. */
export const quotesAnywhere = (lines: readonly HeaderLine[], body: ParsedBody | null, read: string): boolean =>
  quotesPrivilegedPin(read) ||
  inHeader(lines) ||
  (body !== null &&
    (body.attachments.some((one) => quotesPrivilegedPin(one.fileName ?? '')) || leafParts(body).some(inPart)));
