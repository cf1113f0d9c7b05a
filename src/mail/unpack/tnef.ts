/**
 * winmail.dat (MS-OXTNEF): the text and the attachments of a mail as Outlook packs them for itself. Everything is bounded by the bytes at
 * hand; what cannot be read ends the reading, and what was found before it counts.
 */
import { decompress, rtfToText } from './rtf.ts';

type Tnef = {
  readonly text: string | null;
  readonly html: string | null;
  readonly files: readonly { readonly name: string | null; readonly type: string; readonly content: Buffer }[];
};

const signature = 0x223e9f78;
const attribute = {
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachRend: 0x9002,
  mapi: 0x9003,
  attachment: 0x9005,
};
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  data: 0x3701,
  fileName: 0x3704,
  longName: 0x3707,
  mime: 0x370e,
};
const mostFiles = 100;
const mostProperties = 2000;

type Values = Map<number, Buffer>;
type File = { title: Buffer | null; data: Buffer | null; values: Values };

const isTnef = (bytes: Buffer): boolean => bytes.length > 6 && bytes.readUInt32LE(0) === signature;

export function readTnef(bytes: Buffer): Tnef | null {
  if (!isTnef(bytes)) return null;
  const files: File[] = [];
  let message: Values = new Map();
  let body: Buffer | null = null;
  try {
    let at = 6;
    while (at + 9 <= bytes.length && files.length < mostFiles) {
      const id = bytes.readUInt32LE(at + 1) & 0xffff;
      const length = bytes.readUInt32LE(at + 5);
      if (at + 9 + length > bytes.length) break;
      const content = bytes.subarray(at + 9, at + 9 + length);
      at += 9 + length + 2;
      const file = files.at(-1);
      if (id === attribute.attachRend) files.push({ title: null, data: null, values: new Map() });
      else if (id === attribute.body) body = content;
      else if (id === attribute.mapi) message = propertiesOf(content);
      else if (file === undefined) continue;
      else if (id === attribute.attachTitle) file.title = content;
      else if (id === attribute.attachData) file.data = content;
      else if (id === attribute.attachment) file.values = propertiesOf(content);
    }
  } catch {
    // Out of its bounds: what was read so far is what there is.
  }
  return { ...textsOf(message, body), files: files.flatMap(fileOf) };
}

function textsOf(message: Values, body: Buffer | null): Pick<Tnef, 'text' | 'html'> {
  const rtf = message.get(property.rtf);
  const html = message.get(property.html);
  const plain = message.get(property.body) ?? body;
  const unpacked = rtf === undefined ? null : decompress(rtf);
  return {
    text: plain ? said(plain) : unpacked === null ? null : rtfToText(unpacked),
    html: html === undefined ? null : said(html),
  };
}

function fileOf(file: File): Tnef['files'][number][] {
  const object = file.values.get(property.data);
  // A mail within: its bytes follow the identifier of their kind, and are winmail.dat again.
  const inner = object !== undefined && object.length > 22 && isTnef(object.subarray(16)) ? object.subarray(16) : null;
  const content = inner ?? file.data ?? object;
  if (content === undefined) return [];
  const name = file.values.get(property.longName) ?? file.values.get(property.fileName) ?? file.title;
  const mime = file.values.get(property.mime);
  return [
    {
      name: name ? said(name) : null,
      type: inner !== null ? 'application/ms-tnef' : mime ? said(mime).toLowerCase() : 'application/octet-stream',
      content: Buffer.from(content),
    },
  ];
}

/** UTF-16 as MAPI has it, else bytes as they come, without their closing zeros. */
function said(bytes: Buffer): string {
  const wide =
    bytes.length >= 2 && bytes.length % 2 === 0 && bytes.subarray(0, 64).some((byte, i) => i % 2 === 1 && byte === 0);
  const narrow = () => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  };
  return (wide && bytes[bytes.length - 2] === 0 ? bytes.toString('utf16le') : narrow()).replace(/\0+$/, '');
}

const sizes: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const variable: ReadonlySet<number> = new Set([0x1e, 0x1f, 0x0d, 0x102]);
const padded = (length: number) => (length + 3) & ~3;

/** The first value of each property; reading past the end throws, and the caller keeps what it has. */
function propertiesOf(bytes: Buffer): Values {
  const out: Values = new Map();
  let at = 4;
  const count = Math.min(bytes.readUInt32LE(0), mostProperties);
  for (let i = 0; i < count && at + 4 <= bytes.length; i++) {
    const type = bytes.readUInt16LE(at) & 0xfff;
    const many = (bytes.readUInt16LE(at) & 0x1000) !== 0;
    const id = bytes.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) at += bytes.readUInt32LE(at + 16) === 0 ? 24 : 24 + padded(bytes.readUInt32LE(at + 20));
    const long = variable.has(type);
    const values = many || long ? bytes.readUInt32LE(at) : 1;
    if (many || long) at += 4;
    for (let n = 0; n < Math.min(values, mostProperties); n++) {
      const size = long ? bytes.readUInt32LE(at) : sizes[type];
      if (size === undefined || at > bytes.length) return out;
      if (long) at += 4;
      if (n === 0 && long) out.set(id, bytes.subarray(at, at + size));
      at += long ? padded(size) : size;
    }
  }
  return out;
}
