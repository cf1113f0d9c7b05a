/** The text part of a letter from its bytes, as `compose.ts` has put them together: it is looked for in the answers (MAIL.md §2). */
/** More than any letter has. */
const longest = 65_536;

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** Empty where there is none. */
export function letterText(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, longest)).toString('latin1');
  const from = bytes.search(/^Content-Type: text\/plain/im);
  const body = from < 0 ? -1 : bytes.indexOf('\r\n\r\n', from);
  if (body < 0) return '';
  const end = bytes.indexOf('\r\n--', body + 4);
  const head = bytes.slice(from, body).toLowerCase();
  const written = bytes.slice(body + 4, end < 0 ? undefined : end);
  const decoded = head.includes('quoted-printable')
    ? quotedPrintable(written)
    : head.includes('base64')
      ? Buffer.from(written, 'base64')
      : Buffer.from(written, 'latin1');
  return decoded.toString('utf8').replaceAll('\r\n', '\n');
}
