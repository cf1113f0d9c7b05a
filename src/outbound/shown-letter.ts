/** A letter of ours as our own people may see it: what it tells one person only is covered (POLICY §11.2, RELIABILITY I9). */
import { maskCodes } from '../foundation/code-form.ts';
import { maskPrivilegedPins } from '../foundation/pin-form.ts';
import type { OpenedMessage } from '../mail/mime/open-message.ts';
import { messageIdAtRest } from '../mail/subject/thread-token.ts';

const hidden = '••••••••';
/** Whoever has the link acts as whom the letter went to. */
const pageLink = /(\/(?:access|rate|preferences|sign-in)\/)[^\s"'<>()[\]]+/g;
const angled = /<[^<>\s]{3,320}>/g;

/** `sealed`: it tells a code, so that whatever has the form of one is covered. */
export function maskLetter(text: string, sealed: boolean): string {
  const withoutLinks = maskPrivilegedPins(text.replace(pageLink, `$1${hidden}`)).replace(angled, messageIdAtRest);
  return sealed ? maskCodes(withoutLinks, () => true) : withoutLinks;
}

export type LetterShownWhole = {
  readonly text: string;
  readonly html: string | null;
  /** The bytes as they went out, or where they hold what is covered, the headers with the parts as they read. */
  readonly source: string;
  readonly asItWent: boolean;
  readonly attachments: OpenedMessage['attachments'];
};

/** A part that is encoded hides nothing and shows nothing: so a secret within means that the bytes are not shown. */
export function shownLetter(raw: Uint8Array, opened: OpenedMessage, sealed: boolean): LetterShownWhole {
  const mask = (text: string) => maskLetter(text, sealed);
  const headers = opened.headers.map(({ name, value }) => `${name}: ${value}`);
  const [text, html] = [mask(opened.text), opened.html === null ? null : mask(opened.html)];
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
  const asItWent =
    !sealed &&
    mask(headers.join('\n')) === headers.join('\n') &&
    text === opened.text &&
    html === opened.html &&
    mask(bytes) === bytes;
  const parts = [text, ...(html === null ? [] : [html])];
  const read = [...headers.map(mask), '', ...parts.flatMap((part) => [part.trimEnd(), ''])].join('\n');
  return { text, html, source: asItWent ? utf8Of(raw) : read, asItWent, attachments: opened.attachments };
}

const utf8Of = (raw: Uint8Array): string => new TextDecoder().decode(raw);
