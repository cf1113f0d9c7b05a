/** Complaints: RFC 5965 (ARF), and Microsoft's older form, which is a bare forward from staff@hotmail.com. */

import type { BounceRecipient, BounceReport } from '../parsed-mail.ts';
import type { BounceInput } from './input.ts';
import { addressIn, fieldsOf, originalOf } from './report-lines.ts';

export function readComplaint(input: BounceInput): BounceReport | null {
  const report = input.parts.find((part) => part.type === 'message/feedback-report');
  const returned = input.parts.find((part) => part.type === 'message/rfc822' || part.type === 'text/rfc822-headers');
  const standard =
    input.contentType.startsWith('multipart/report') &&
    (report !== undefined || /report-type="?feedback-report/.test(input.contentType));
  const microsoft =
    /^staff@(?:hotmail|outlook)\.com$/.test(input.fromAddress ?? '') &&
    /^complaint about message from [0-9a-f.:]+/i.test(input.subject.trim()) &&
    returned !== undefined;
  if (!standard && !microsoft) return null;
  const fields = fieldsOf(report?.content ?? '');
  const original = originalOf(returned?.content ?? '');
  const named = fields.filter((field) => field.name === 'original-rcpt-to' || field.name === 'removal-recipient');
  const addresses = new Set(named.map((field) => addressIn(field.value)).filter((address) => address !== null));
  if (addresses.size === 0 && original.to[0] !== undefined) addresses.add(original.to[0]);
  const recipients: BounceRecipient[] = [...addresses].slice(0, 500).map((address) => ({
    address,
    action: 'delivered',
    status: '',
    kind: 'delivered',
    diagnostic: fields.find((field) => field.name === 'feedback-type')?.value.slice(0, 100) ?? 'abuse',
  }));
  const envelopeId = fields.find((field) => field.name === 'original-envelope-id')?.value ?? null;
  return { kind: 'complaint', recipients, originalMessageId: original.messageId, originalEnvelopeId: envelopeId };
}
