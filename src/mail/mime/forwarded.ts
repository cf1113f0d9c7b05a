/** Mails that were forwarded as attachments: who wrote them, about what, and how they begin, for whoever reads the case. */
import { cleanLine, cleanText } from '../../foundation/clean-text.ts';
import type { ForwardedMail } from '../parsed-mail.ts';
import { readText } from './body-text.ts';
import { decodeWords, type ParsedAttachment, type ParsedBody, parseBody } from './parse.ts';
import { firstValue, readRawHeader } from './raw-headers.ts';
import { mendMime } from './repair-mime.ts';
import { readStructure } from './structure.ts';

const most = 5;
const mostLines = 20;
const longest = 2000;
/** Beyond this only its header is looked at: parsing is for the mail itself. */
const mostBytes = 5 * 1024 * 1024;

const isMail = (one: ParsedAttachment): boolean =>
  one.type === 'message/rfc822' || one.type === 'message/global' || /\.eml$/i.test(one.fileName ?? '');

export async function readForwarded(body: ParsedBody): Promise<ForwardedMail[]> {
  const out: ForwardedMail[] = [];
  for (const { content } of body.attachments.filter(isMail).slice(0, most)) {
    const { lines } = readRawHeader(content);
    const sender = cleanLine(decodeWords(firstValue(lines, 'from') ?? ''), 200);
    const subject = cleanLine(decodeWords(firstValue(lines, 'subject') ?? ''), 200);
    const text = await beginning(content);
    if (sender !== '' || subject !== '' || text !== '') out.push({ sender, subject, text });
  }
  return out;
}

async function beginning(content: Buffer): Promise<string> {
  const mended = content.length > mostBytes ? null : mendMime(content);
  if (mended === null || readStructure(mended).tooMuch !== null) return '';
  try {
    const text = readText(await parseBody(mended)).trim();
    const lines = text.split('\n').filter((line, at, all) => line.trim() !== '' || (all[at - 1] ?? '').trim() !== '');
    const shown = lines.slice(0, mostLines).join('\n').slice(0, longest).toWellFormed();
    return cleanText(shown.length < text.length && lines.length > mostLines ? `${shown}\n…` : shown);
  } catch {
    return '';
  }
}
