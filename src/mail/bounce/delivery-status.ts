/** message/delivery-status, RFC 3464 §2, as servers really write it: without empty lines, without Final-Recipient, in X.400 spelling. */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { BounceRecipient } from '../parsed-mail.ts';
import { addressIn, fieldsOf, longestReport } from './report-lines.ts';
import { kindOf, statusOf } from './verdict.ts';

type Group = Map<string, string>;

type DeliveryStatus = { readonly recipients: BounceRecipient[]; readonly envelopeId: string | null };

const ofRecipient = new Set([
  'final-recipient',
  'original-recipient',
  'x-actual-recipient',
  'action',
  'status',
  'diagnostic-code',
]);

type AroundStatus = {
  /** Who to name where the report names nobody. */
  readonly fallback: () => readonly string[];
  /** Whom the mail that came back was written to. */
  readonly wroteTo: readonly string[];
  /** What the report says in prose, for codes that say nothing. */
  readonly words: string;
};

export function readDeliveryStatus(content: string, around: AroundStatus): DeliveryStatus {
  const groups: Group[] = [];
  let envelopeId: string | null = null;
  let group: Group = new Map();
  for (const block of content.slice(0, longestReport).split(/\n[ \t]*\n/)) {
    if (group.has('action')) group = new Map();
    for (const { name, value } of fieldsOf(block)) {
      if (name === 'original-envelope-id' && value !== '') envelopeId = cleanLine(value, 200);
      if (!ofRecipient.has(name)) continue;
      const begins = name === 'final-recipient' || name === 'original-recipient' || name === 'action';
      if (begins && group.has(name)) group = new Map();
      if (group.size === 0) groups.push(group);
      group.set(name, group.has(name) ? `${group.get(name)} ${value}` : value);
    }
  }
  const recipients: BounceRecipient[] = [];
  for (const one of groups.slice(0, 500)) {
    const recipient = recipientOf(one, around, recipients.length);
    const seen = recipients.findIndex((other) => other.address === recipient.address);
    if (seen < 0) recipients.push(recipient);
    else if (one.has('action')) recipients[seen] = recipient;
  }
  return { recipients, envelopeId };
}

function recipientOf(group: Group, around: AroundStatus, index: number): BounceRecipient {
  const { words } = around;
  const named = ['original-recipient', 'final-recipient', 'x-actual-recipient']
    .map((name) => addressOf(group.get(name) ?? ''))
    .filter((one) => one !== null);
  const fallback = named.length > 0 ? [] : around.fallback();
  const first = named[0] ?? fallback[index] ?? fallback[0] ?? '';
  const address = writtenTo(first, named, around.wroteTo);
  const last = named.find((one) => one !== address);
  const diagnostic = cleanLine((group.get('diagnostic-code') ?? '').replace(/^\s*[\w.-]{1,30}\s*;/, ''));
  const status = statusOf(group.get('status') ?? '', diagnostic);
  const action = /^(failed|failure|delayed|delivered|relayed|expanded|deliverable|error)\b/i
    .exec(group.get('action') ?? '')?.[1]
    ?.toLowerCase();
  const known =
    action === undefined ? (status.startsWith('2') ? 'delivered' : 'failed') : (aliases.get(action) ?? action);
  const said = `${group.get('status') ?? ''} ${diagnostic}`;
  return {
    address,
    ...(last === undefined ? {} : { rewritten: last }),
    action: known,
    status,
    kind: kindOf(
      known,
      status,
      diagnostic.length > 12
        ? `${said}${/end of DATA command|^>>> DATA/m.test(words) ? ' end of data' : ''}`
        : `${said} ${words}`,
    ),
    diagnostic,
  };
}

/**
 * Of the names that a report gives one recipient, the one that was written to: that which the returned mail bears, else the first. A host
 * inside a company puts its own name behind the @, and then says no more of the address it was given.
 */
function writtenTo(first: string, named: readonly string[], wroteTo: readonly string[]): string {
  const borne = named.find((one) => wroteTo.includes(one));
  if (borne !== undefined) return borne;
  const local = (address: string) => address.slice(0, address.lastIndexOf('@'));
  const [only] = wroteTo;
  const inside =
    !/\.[a-z0-9-]{2,}$/.test(first) ||
    /\.(?:local|lan|internal|intern|intra|corp|home|localdomain|invalid)$/.test(first);
  if (only !== undefined && wroteTo.length === 1 && named.length === 1 && (local(only) === local(first) || inside))
    return only;
  return first;
}

const aliases = new Map([
  ['failure', 'failed'],
  ['error', 'failed'],
  ['deliverable', 'delivered'],
]);

/** `rfc822; a@b`, `RFC822;<a@b>`, `X400; …/S=NAME/…`: an address of the Internet or none. */
function addressOf(value: string): string | null {
  return addressIn(value.replace(/^\s*[\w-]{1,20}\s*;/, '').replace(/^\s*(?:rfc822|smtp|imceasmtp)\s*[;:]/i, ''));
}
