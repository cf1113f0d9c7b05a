/** Bytes to facts (MAIL.md §2): looks at the raw header and shape first, then parses, then reads what the text says. */
import { cleanFileName, cleanLine } from '../foundation/clean-text.ts';
import { normaliseAddress, readFrom, readMailboxes } from './address/address.ts';
import { deliveredTo, readRecipients } from './address/recipient.ts';
import { readSaid } from './answers/own-words.ts';
import { gradeOf } from './authenticity/authenticity.ts';
import { isMarkedSpam } from './authenticity/spam-mark.ts';
import { classify } from './automatic/classify.ts';
import { readBounce } from './bounce/read-bounce.ts';
import { boundText, foundNothing, leafParts, readText, unreadParts } from './mime/body-text.ts';
import { contentHash } from './mime/content-hash.ts';
import { readForwarded } from './mime/forwarded.ts';
import type { HeaderLine } from './mime/header-line.ts';
import { decodeWords, type ParsedAttachment, type ParsedBody, sha256 } from './mime/parse.ts';
import {
  allValues,
  decodeBytes,
  firstValue,
  readMessageId,
  readMessageIds,
  readRawHeader,
} from './mime/raw-headers.ts';
import { mendMime } from './mime/repair-mime.ts';
import { readingLimits, readStructure } from './mime/structure.ts';
import type { Arrival, Attachment, Mailbox, MailFacts, ReadOptions, UnreadableReason } from './parsed-mail.ts';
import { findPins } from './pin-reader/pin-reader.ts';
import { quotesAnywhere } from './privileged-quotes.ts';
import { titleOf } from './subject/subject.ts';
import { messageIdAtRest } from './subject/thread-token.ts';
import { readThreads } from './subject/threads.ts';
import { readBody } from './unpack/unpack.ts';

type Head = ReturnType<typeof readHead>;

/**
 * Everything about one mail that the rules decide by. Never throws for what a mail holds: what cannot be read is class
 * `unreadable`, with its headers and, where there is any, its raw text.
 */
export async function readMail(raw: Uint8Array, arrival: Arrival, options: ReadOptions): Promise<MailFacts> {
  if (raw.length > readingLimits.bytes) return readHeadersOnly(raw, arrival, options, 'too-large');
  const mended = mendMime(raw);
  const structure = readStructure(mended);
  if (structure.tooMuch !== null) return readHeadersOnly(raw, arrival, options, structure.tooMuch);
  const head = readHead(raw, arrival, options);
  try {
    const body = await readBody(mended);
    // Bytes that came out as nothing were lost on the way, not left out by the person.
    if (structure.content > 0 && foundNothing(body)) return await lost(head, rawText(raw, head), options);
    return await assemble(head, body, options);
  } catch {
    return unreadable(head, 'parser-failed', rawText(raw, head));
  }
}

/** Some mail servers report failed deliveries in broken MIME: what reads as a report in its raw text is one. */
async function lost(head: Head, text: string, options: ReadOptions): Promise<MailFacts> {
  const tree = { type: 'text/plain', text, attachment: null, children: [] };
  const facts = await assemble(head, { tree, attachments: [] }, options);
  return facts.bounce === null ? unreadable(head, 'empty-result', text) : facts;
}

/** The facts of a mail of which nothing but the header was or could be read. */
export function readHeadersOnly(
  raw: Uint8Array,
  arrival: Arrival,
  options: ReadOptions,
  reason: UnreadableReason,
): MailFacts {
  return unreadable(readHead(raw, arrival, options), reason, '');
}

const rawText = (raw: Uint8Array, head: Head): string =>
  boundText(decodeBytes(raw.subarray(head.headerSize, head.headerSize + 1_048_576)));

function readHead(raw: Uint8Array, arrival: Arrival, options: ReadOptions) {
  const header = readRawHeader(raw);
  const lines = header.lines;
  const from = readFrom(header.fromLines, decodeWords);
  const { grade, reason, unjudged } = gradeOf(from, lines, options.authservId);
  const delivered = deliveredTo(lines, arrival);
  const [recipient = null, ...others] = readRecipients(delivered, options.addresses);
  const to = mailboxes(lines, 'to');
  const cc = mailboxes(lines, 'cc');
  const subject = cleanLine(decodeWords(firstValue(lines, 'subject') ?? ''));
  const messageId = readMessageId(firstValue(lines, 'message-id'));
  const inReplyTo = readMessageIds(allValues(lines, 'in-reply-to').join(' ')).map((id) => cleanLine(id));
  const references = readMessageIds(allValues(lines, 'references').join(' ')).map((id) => cleanLine(id));
  const addresses = [...delivered, ...to.map((one) => one.address), ...cc.map((one) => one.address)];
  return {
    lines,
    headerSize: header.size,
    nullSender: arrival.mailFrom === '',
    facts: {
      from,
      grade,
      gradeReason: reason,
      ...(unjudged ? { unjudged } : {}),
      returnPath: readReturnPathHeader(lines, arrival),
      to,
      cc,
      recipient,
      ...(others.length > 0 ? { alsoTo: others.flatMap(({ role }) => (role === 'postmaster' ? [] : role)) } : {}),
      ...(isMarkedSpam(lines, options.spam) ? { markedSpam: true as const } : {}),
      messageId,
      inReplyTo: inReplyTo.map(messageIdAtRest),
      references: references.map(messageIdAtRest),
      sentAt: readDate(firstValue(lines, 'date')),
      subject,
      threads: readThreads({ inReplyTo, references, addresses, subject, keys: options.keys }),
      language: cleanLine(firstValue(lines, 'content-language') ?? '', 35) || null,
    },
  };
}

const mailboxes = (lines: readonly HeaderLine[], name: string): Mailbox[] =>
  allValues(lines, name).flatMap((value) => readMailboxes(value, decodeWords));

function readReturnPathHeader(lines: readonly HeaderLine[], arrival: Arrival): string | null {
  if (arrival.mailFrom !== null) return normaliseAddress(arrival.mailFrom);
  const value = firstValue(lines, 'return-path');
  return value === null ? null : (readMailboxes(value, (name) => name)[0]?.address ?? null);
}

/** As the sender claims it; a time without a zone is taken for UTC, so that the machine's own zone never counts. */
function readDate(value: string | null): string | null {
  if (value === null || value.length > 200) return null;
  const bare = value.replace(/\([^()]*\)/g, ' ').trim();
  const zoned = /(?:[+-]\d{2}:?\d{2}|\b(?:GMT|UTC?|[ECMP][SD]T)|Z)$/i.test(bare);
  const time = Date.parse(zoned ? bare : `${bare} +0000`);
  return Number.isNaN(time) || time < 0 || time > 253_402_300_799_000 ? null : new Date(time).toISOString();
}

function unreadable(head: Head, reason: UnreadableReason, text: string): MailFacts {
  const { facts } = head;
  return {
    ...facts,
    class: 'unreadable',
    unreadable: reason,
    machine: null,
    unanswerable: null,
    bounce: null,
    title: titleOf(facts.subject, ''),
    pins: findPins(facts.subject),
    licenceNumbers: [],
    text,
    newText: '',
    onlyThanks: false,
    report: {},
    unreadParts: [],
    attachments: [],
    ...(quotesAnywhere(head.lines, null, `${facts.subject}\n${text}`) ? { quotesPrivilegedPin: true as const } : {}),
    contentHash: hashOf(head, `${reason}\n${facts.messageId ?? ''}\n${facts.sentAt ?? ''}\n${text}`, []),
  };
}

const hashOf = (head: Head, text: string, attachments: readonly Attachment[]): string =>
  contentHash({
    from: head.facts.from.kind === 'one' ? head.facts.from.address : head.facts.from.kind,
    subject: head.facts.subject,
    text,
    attachments: attachments.map((one) => `${one.name}\n${one.sha256}`),
  });

const nameless: Readonly<Record<string, string>> = {
  'message/rfc822': 'message.eml',
  'text/calendar': 'invitation.ics',
  'text/html': 'attachment.html',
  'text/plain': 'attachment.txt',
};

const listed = (one: ParsedAttachment): Attachment => ({
  name: cleanFileName(one.fileName ?? '', nameless[one.type] ?? 'attachment'),
  type: cleanLine(one.type, 127),
  size: one.content.length,
  sha256: sha256(one.content),
  inline: one.inline,
});

/** One attachment with its bytes, cut from the raw mail; null where there is none at that place (MAIL.md §2). */
export async function cutAttachment(
  raw: Uint8Array,
  index: number,
): Promise<(Attachment & { readonly content: Buffer }) | null> {
  if (raw.length > readingLimits.bytes) return null;
  const mended = mendMime(raw);
  if (readStructure(mended).tooMuch !== null) return null;
  try {
    const found = (await readBody(mended)).attachments[index];
    return found === undefined ? null : { ...listed(found), content: found.content };
  } catch {
    return null;
  }
}

async function assemble(head: Head, body: ParsedBody, options: ReadOptions): Promise<MailFacts> {
  const { facts, lines } = head;
  const text = readText(body);
  const said = readSaid(text, facts.subject, { answers: facts.threads.length > 0, from: facts.from });
  // What the envelope says of the null sender is said the way that headers say it.
  const shown: readonly HeaderLine[] = head.nullSender ? [{ name: 'return-path', value: '<>' }, ...lines] : lines;
  const fromAddress = facts.from.kind === 'one' ? facts.from.address : null;
  const common = { headers: shown, returnPath: facts.returnPath, fromAddress, subject: facts.subject };
  const bounce = readBounce({
    ...common,
    fromName:
      facts.from.kind === 'one'
        ? facts.from.name
        : decodeWords(firstValue(lines, 'from') ?? '').replace(/<[^<>]*>/g, ''),
    text,
    parts: leafParts(body),
    contentType: (lines.findLast((line) => line.name === 'content-type')?.value ?? '').toLowerCase(),
  });
  const verdict = classify({
    ...common,
    ourAddresses: Object.values(options.addresses).filter((one) => one !== null),
    lists: options.lists,
    receivedCount: allValues(lines, 'received').length,
    bounce,
  });
  const attachments = body.attachments.map(listed);
  const forwarded = bounce === null ? await readForwarded(body) : [];
  const read = [facts.subject, text, said.newText, ...forwarded.flatMap((one) => [one.subject, one.text])].join('\n');
  return {
    ...facts,
    class: bounce?.kind ?? (verdict.machine === null ? 'person' : 'machine'),
    unreadable: null,
    machine: verdict.machine,
    unanswerable: verdict.unanswerable,
    bounce,
    ...said,
    ...(quotesAnywhere(lines, body, read) ? { quotesPrivilegedPin: true as const } : {}),
    text,
    unreadParts: unreadParts(body, text),
    attachments,
    ...(forwarded.length > 0 ? { forwarded } : {}),
    contentHash: hashOf(head, text, attachments),
  };
}
