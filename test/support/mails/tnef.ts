/** Builds a winmail.dat as Outlook writes it, for tests: [MS-OXTNEF] attributes and MAPI properties. */
type Property = { readonly type: number; readonly id: number; readonly value: Buffer };

const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number) => {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
};
const padded = (value: Buffer) => Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);

export const utf16 = (text: string) => Buffer.from(`${text}\0`, 'utf16le');

const properties = (all: readonly Property[]) =>
  Buffer.concat([
    u32(all.length),
    ...all.map(({ type, id, value }) => Buffer.concat([u16(type), u16(id), u32(1), u32(value.length), padded(value)])),
  ]);
const attribute = (level: number, id: number, data: Buffer) =>
  Buffer.concat([
    Buffer.from([level]),
    u32(id),
    u32(data.length),
    data,
    u16(data.reduce((sum, byte) => (sum + byte) & 0xffff, 0)),
  ]);

export function winmail(given: {
  readonly text?: string;
  readonly rtf?: Buffer;
  readonly files?: readonly { readonly name: string; readonly content: Buffer }[];
}): Buffer {
  const body: Property[] = [
    ...(given.text === undefined ? [] : [{ type: 0x1f, id: 0x1000, value: utf16(given.text) }]),
    ...(given.rtf === undefined ? [] : [{ type: 0x102, id: 0x1009, value: given.rtf }]),
  ];
  return Buffer.concat([
    u32(0x223e9f78),
    u16(1),
    attribute(1, 0x00089006, u32(0x00010000)),
    attribute(1, 0x00069003, properties(body)),
    ...(given.files ?? []).flatMap(({ name, content }) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x0006800f, content),
      attribute(2, 0x00018010, Buffer.from(`${name.slice(0, 8)}\0`)),
      attribute(2, 0x00069005, properties([{ type: 0x1f, id: 0x3707, value: utf16(name) }])),
    ]),
  ]);
}

/** RTF as it is stored without being compressed. */
export const plainRtf = (rtf: string): Buffer => {
  const bytes = Buffer.from(rtf, 'latin1');
  return Buffer.concat([u32(bytes.length + 12), u32(bytes.length), u32(0x414c454d), u32(0), bytes]);
};
