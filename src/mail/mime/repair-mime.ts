/**
 * Repairs MIME that is broken in ways that hide its parts: parameters on a line of their own that is not indented, a boundary that the header
 * does not name or names otherwise than the body writes it, an empty line in the middle of the header. What needs no repair comes back
 * as it is, the same bytes; what is repaired is read only, never stored.
 */
import { headerEnd } from './raw-headers.ts';

/** Where a field breaks behind a parameter; every mail is searched, so by bytes. */
const fieldBreaks = [';\n', ';\r\n', '; \n', '; \r\n'].map((text) => Buffer.from(text, 'latin1'));
const parameter = /^(?:boundary|charset|report-type|name|filename|format)=/i;
const mostRepairs = 200;

export function mendMime(raw: Uint8Array): Uint8Array {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return nameBoundary(closeHeader(indentParameters(mail)));
}

/** `Content-Type: multipart/mixed;` and `boundary="x"` at the beginning of the next line. */
function indentParameters(mail: Buffer): Buffer {
  const breaks: number[] = [];
  for (const mark of fieldBreaks) {
    for (let at = mail.indexOf(mark); at >= 0 && breaks.length < mostRepairs; at = mail.indexOf(mark, at + 1)) {
      const next = at + mark.length;
      if (!parameter.test(mail.toString('latin1', next, next + 12))) continue;
      const before = mail.toString('latin1', Math.max(0, at - 500), at);
      const field = before.slice(before.lastIndexOf('\n') + 1);
      if (/^(?:content-(?:type|disposition)[ \t]*:|[ \t]|[a-z-]{4,12}=)/i.test(field)) breaks.push(next);
    }
  }
  if (breaks.length === 0) return mail;
  const pieces: Buffer[] = [];
  let from = 0;
  for (const at of breaks.sort((a, b) => a - b)) {
    pieces.push(mail.subarray(from, at), Buffer.from(' '));
    from = at;
  }
  return Buffer.concat([...pieces, mail.subarray(from)]);
}

/** A header that an empty line cut in two goes on where its Content-Type stands. */
function closeHeader(mail: Buffer): Buffer {
  const end = headerEnd(mail);
  if (end >= mail.length || end < 3) return mail;
  const start = mail.toString('latin1', end, end + 4000).replace(/\r\n/g, '\n');
  if (!/^[a-z][a-z0-9-]{1,60}[ \t]*:/i.test(start)) return mail;
  const block = start.split('\n\n')[0] ?? '';
  const fields = block.split('\n').every((line) => /^(?:[ \t]|[a-z][a-z0-9-]{1,60}[ \t]*:)/i.test(line));
  if (!fields || !/^content-type[ \t]*:[ \t]*(?:multipart|text)\//im.test(block) || contentType(mail) !== null)
    return mail;
  const lineEnd = mail[end - 2] === 13 ? end - 2 : end - 1;
  return Buffer.concat([mail.subarray(0, lineEnd), mail.subarray(end)]);
}

/** The last Content-Type of the header with its folded lines, as parsers take it; cheap, for every mail is asked. */
function contentType(mail: Buffer, end = headerEnd(mail)): string | null {
  const header = mail.toString('latin1', 0, Math.min(end, 262_144));
  const fields = header.match(/(?:^|\n)content-type[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*/gi);
  return fields?.at(-1)?.replace(/^\s*content-type[ \t]*:/i, '') ?? null;
}

/** Puts into the header the boundary that the body has, where the one that is named does not stand in it. */
function nameBoundary(mail: Buffer): Buffer {
  const end = headerEnd(mail);
  const type = contentType(mail, end);
  const kind = /^\s*multipart\/([a-z0-9.+-]{1,60})/i.exec(type ?? '')?.[1];
  if (type === null || kind === undefined) return mail;
  const named = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
  const boundary = named?.[1] ?? named?.[2];
  if (boundary !== undefined && stands(mail, boundary, end)) return mail;
  const found = /(?:^|\n)--([^\s-][^\r\n]{0,198}|-+[^\s-][^\r\n]{0,190})\r?\n(?=content-[a-z-]{4,30}[ \t]*:)/i
    .exec(mail.toString('latin1', end, end + 65_536))?.[1]
    ?.trimEnd();
  if (found === undefined || found.includes('"')) return mail;
  const report = /report-type\s*=\s*"?([a-z-]{1,60})/i.exec(type)?.[1];
  const header = mail
    .toString('latin1', 0, end)
    .replace(/(^|\n)content-type[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*/gi, '$1')
    .trimEnd();
  const made = `Content-Type: multipart/${kind}; boundary="${found}"${report === undefined ? '' : `; report-type=${report}`}`;
  return Buffer.concat([Buffer.from(`${header}\r\n${made}\r\n\r\n`, 'latin1'), mail.subarray(end)]);
}

const stands = (mail: Buffer, boundary: string, from: number): boolean =>
  mail.includes(`\n--${boundary}`, Math.max(0, from - 1), 'latin1');
