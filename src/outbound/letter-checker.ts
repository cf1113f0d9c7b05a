/**
 * Reads a finished letter as a suspicious receiver would, byte by byte, and says which rules of MAIL.md §4 it breaks. The
 * tests put every letter through it; it knows nothing of how letters are made.
 */
import { loopMarkHeader } from '../foundation/loop-mark.ts';

type Expected = {
  readonly to: string;
  readonly from: string;
  /** How many things are attached. */
  readonly attachments?: number;
};

const oneEach = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-language',
  loopMarkHeader.toLowerCase(),
];
/** Both, or neither: a person has written it. */
const automatic = ['auto-submitted', 'x-auto-response-suppress'];
const also = [
  ...automatic,
  'reply-to',
  'in-reply-to',
  'references',
  'content-transfer-encoding',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'dkim-signature',
];

const dayAndTime = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
const ours = /^<pst\.[0-9a-z]{1,20}\.\d{1,20}\.[0-9a-f]{24}@[a-z0-9.-]{1,255}>$/;
const anId = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,500}>$/;
const language = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}(?:, [a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}){0,9}$/;

type Header = { readonly name: string; readonly value: string };

function headersOf(head: string, broken: string[]): Header[] {
  const headers: Header[] = [];
  for (const line of head.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 1 || !/^[A-Za-z0-9-]+$/.test(line.slice(0, colon))) broken.push('a line of the header is none');
    else headers.push({ name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return headers;
}

/** The addresses in a header of ours: plain ones or in angle brackets, never within quotes or comments. */
const addresses = (value: string): string[] =>
  value.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{1,255}/g) ?? [];

/** The rules that are broken, one sentence each; an empty list for a letter as it should be. */
export function brokenRules(raw: Uint8Array, expected: Expected): string[] {
  const broken: string[] = [];
  const text = Buffer.from(raw).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = end === -1 ? text : text.slice(0, end);
  const body = end === -1 ? '' : text.slice(end + 4);
  if (/[^\r]\n|\r(?!\n)/.test(text)) broken.push('a line does not end with CR LF');
  if (text.split('\r\n').some((line) => line.length > 998)) broken.push('a line is longer than 998 octets');
  if (/[^\x20-\x7e\r\n\t]/.test(head)) broken.push('the header holds something other than printable ASCII');
  if (text.includes('\0')) broken.push('there is a NUL');

  const headers = headersOf(head, broken);
  const all = (name: string) => headers.filter((header) => header.name === name).map((header) => header.value);
  const one = (name: string) => all(name)[0] ?? '';
  for (const name of oneEach) if (all(name).length !== 1) broken.push(`${name} is there ${all(name).length} times`);
  for (const { name } of headers) {
    if (!oneEach.includes(name) && !also.includes(name)) broken.push(`${name} is not one of our headers`);
  }
  for (const name of also) if (all(name).length > 1) broken.push(`${name} is there ${all(name).length} times`);

  if (addresses(one('to')).join() !== expected.to) broken.push('To is not the one address it is meant for');
  if (addresses(one('from')).at(-1) !== expected.from) broken.push('From is not our address');
  if (!dayAndTime.test(one('date'))) broken.push('Date has not the form of one');
  if (!ours.test(one('message-id'))) broken.push('Message-ID is not one of ours');
  if (automatic.some((name) => all(name).length > 0)) {
    for (const name of automatic) if (all(name).length === 0) broken.push(`${name} is there 0 times`);
    if (!/^auto-(?:replied|generated)$/.test(one('auto-submitted'))) broken.push('Auto-Submitted says something else');
    if (one('x-auto-response-suppress') !== 'All') broken.push('X-Auto-Response-Suppress is not All');
  }
  if (one('mime-version') !== '1.0') broken.push('MIME-Version is not 1.0');
  if (!language.test(one('content-language'))) broken.push('Content-Language has not the form of one');
  if (all('in-reply-to').some((id) => !anId.test(id))) broken.push('In-Reply-To is not one Message-ID');
  const references = one('references').split(/\s+/).filter(Boolean);
  if (references.length > 20) broken.push('References holds more than 20');
  if (references.some((id) => !anId.test(id))) broken.push('References holds something that is no Message-ID');
  if (all('in-reply-to').some((id) => references.at(-1) !== id))
    broken.push('References does not end with In-Reply-To');

  const attachments = expected.attachments ?? 0;
  const kinds = [one('content-type'), ...(body.match(/^Content-Type: [^;\r]{1,80}/gim) ?? [])].map((kind) =>
    kind.replace(/^Content-Type: |;.*$/gis, ''),
  );
  const texts = ['multipart/alternative', 'text/plain', 'text/html'];
  const wanted = attachments > 0 ? ['multipart/mixed', ...texts] : texts;
  if (wanted.some((kind, i) => kinds[i] !== kind) || kinds.length !== wanted.length + attachments)
    broken.push('its parts are not a text part and then an HTML part, and what is attached behind them');
  if ((body.match(/^Content-Disposition: attachment; filename\*?=/gim) ?? []).length !== attachments)
    broken.push('something attached is not marked as such');
  if (/[^\x00-\x7f]/.test(body)) broken.push('the body is not written in seven bits');
  return broken;
}
