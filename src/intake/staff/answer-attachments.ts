/** What is enclosed with an engineer's answer and goes along: not the pictures of a signature, cards and seals. */
import type { Attachment } from '../../mail/parsed-mail.ts';

/** Programs name pictures in the text: `[cid:image001.png@01DB]`, `[image: logo.png]`, `<image001.png>`. */
const marker =
  /\[cid:([^\]@\s]{1,200})(?:@[^\]\s]{0,200})?\]|\[image: ?([^\]]{1,200})\]|<([^<>\s]{1,120}\.(?:png|jpe?g|gif|bmp|webp|heic))>/giu;
const seal = /^application\/(?:x-)?(?:pkcs7-signature|pgp-signature|pgp-keys)$|^text\/(?:x-)?vcard$|^text\/directory$/;
/** What programs call a picture that has no name of its own. */
const unnamed =
  /^(?:image\d{3}|ATT\d{5}|Outlook-\w+|inky-\w+|logo\w{0,20}|signature\w{0,20}|facebook|linkedin|twitter|xing|youtube|instagram)\.(?:png|jpe?g|gif|bmp)$/iu;
/** Where nothing else tells a logo from a screenshot. */
const smallPicture = 8_192;

const namesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(marker)].map((found) => (found[1] ?? found[2] ?? found[3] ?? '').trim().toLowerCase()));

/** Places in the list of the mail's attachments. `own` is what goes out, `text` the whole mail. */
export function attachmentsToSend(all: readonly Attachment[], own: string, text: string): number[] {
  const shown = namesIn(own);
  const named = namesIn(text);
  return all.flatMap((one, i) => {
    if (seal.test(one.type) || /\.(?:vcf|p7s|asc)$/iu.test(one.name)) return [];
    if (!one.type.startsWith('image/')) return [i];
    const name = one.name.toLowerCase();
    if (shown.has(name)) return [i];
    if (named.has(name)) return [];
    if (one.inline) return one.size > smallPicture ? [i] : [];
    return unnamed.test(one.name) && one.size <= smallPicture ? [] : [i];
  });
}

/** The marks of pictures as a reader without them would have them: the name alone. */
export const withPictureNames = (own: string): string =>
  own.replace(marker, (_, cid?: string, image?: string, apple?: string) => `[${(cid ?? image ?? apple ?? '').trim()}]`);
