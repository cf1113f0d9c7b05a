/** The text of an RTF body as Outlook puts it into winmail.dat: plain, or HTML in disguise (MS-OXRTFEX). One pass over it. */
import { decompressRTF } from '@kenjiuno/decompressrtf';
import { decodeBytes } from '../mime/raw-headers.ts';

const longest = 262_144;
/** Groups that hold no text of the mail. */
const silent =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|header|footer|generator|listtable|listoverridetable|themedata|datastore)$/;
const breaking = /<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b/i;
const signs: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  row: '\n',
  tab: '\t',
  cell: ' ',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
  '~': '\u00a0',
};

/** Null where it cannot be taken apart, or claims to be longer than it is: the library believes what it is told. */
export function decompress(compressed: Uint8Array): string | null {
  const bytes = Buffer.from(compressed.buffer, compressed.byteOffset, compressed.byteLength);
  if (bytes.length < 16 || bytes.length > longest || bytes.readUInt32LE(0) + 4 > bytes.length) return null;
  if (bytes.readUInt32LE(4) > bytes.length * 10) return null;
  try {
    return Buffer.from(decompressRTF([...bytes])).toString('latin1');
  } catch {
    return null;
  }
}

type State = { readonly skip: boolean; readonly html: boolean; readonly fallback: number };

export function rtfToText(rtf: string): string {
  const out: string[] = [];
  const stack: State[] = [];
  let state: State = { skip: false, html: false, fallback: 1 };
  let quiet = false;
  let after = 0;
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) out.push(decodeBytes(Uint8Array.from(bytes)));
    bytes = [];
  };
  const put = (text: string) => {
    flush();
    if (!state.skip && !quiet) out.push(text);
  };
  const tokens = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/gi;
  for (const [, word, argument, hex, symbol, brace, text] of rtf.slice(0, longest * 10).matchAll(tokens)) {
    if (brace === '{') stack.push(state);
    else if (brace === '}') state = stack.pop() ?? state;
    else if (hex !== undefined) {
      if (after > 0) after--;
      else if (!state.skip && !quiet) bytes.push(Number.parseInt(hex, 16));
    } else if (symbol === '*') state = { ...state, skip: true };
    else if (symbol !== undefined) put(signs[symbol] ?? symbol);
    else if (word !== undefined) {
      if (word === 'htmlrtf') quiet = argument !== '0';
      else if (word === 'htmltag') state = { ...state, skip: true, html: true };
      else if (word === 'uc') state = { ...state, fallback: Math.min(8, Number(argument ?? 1)) };
      else if (word === 'u') {
        put(String.fromCharCode(Number(argument ?? 63) & 0xffff));
        after = state.fallback;
      } else if (silent.test(word)) state = { ...state, skip: true };
      else if (signs[word] !== undefined) put(signs[word]);
    } else if (text !== undefined) {
      if (state.html && breaking.test(text)) {
        flush();
        out.push('\n');
      }
      const shown = text.slice(Math.min(after, text.length));
      after = Math.max(0, after - text.length);
      put(shown);
    }
  }
  flush();
  return out
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
