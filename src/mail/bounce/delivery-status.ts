/** message/delivery-status, RFC 3464 §2, as servers really write it: without empty lines, without Final-Recipient, in X.400 spelling. */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { BounceRecipient } from '../parsed-mail.ts';
import { addressIn, fieldsOf, longestReport } from './report-lines.ts';
import { kindOf, statusOf } from './verdict.ts';

type Group = Map<string, string>;

export type DeliveryStatus = { readonly recipients: BounceRecipient[]; readonly envelopeId: string | null };

const ofRecipient = new Set([
  'final-recipient',
  'original-recipient',
  'x-actual-recipient',
  'action',
  'status',
  'diagnostic-code',
]);

/** `fallback`: who to name where the report names nobody. `words`: what the report says in prose, for codes that say nothing. */
export function readDeliveryStatus(content: string, fallback: readonly string[], words: string): DeliveryStatus {
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
    const recipient = recipientOf(one, fallback[recipients.length] ?? fallback[0] ?? '', words);
    const seen = recipients.findIndex((other) => other.address === recipient.address);
    if (seen < 0) recipients.push(recipient);
    else if (one.has('action')) recipients[seen] = recipient;
  }
  return { recipients, envelopeId };
}

function recipientOf(group: Group, fallback: string, words: string): BounceRecipient {
  const named = ['final-recipient', 'original-recipient', 'x-actual-recipient'].map((name) =>
    addressOf(group.get(name) ?? ''),
  );
  const address = named.find((one) => one !== null) ?? fallback;
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

const aliases = new Map([
  ['failure', 'failed'],
  ['error', 'failed'],
  ['deliverable', 'delivered'],
]);

/** `rfc822; a@b`, `RFC822;<a@b>`, `X400; …/S=NAME/…`: an address of the Internet or none. */
function addressOf(value: string): string | null {
  return addressIn(value.replace(/^\s*[\w-]{1,20}\s*;/, '').replace(/^\s*(?:rfc822|smtp|imceasmtp)\s*[;:]/i, ''));
}
