/** Amazon SES tells of bounces, complaints and deliveries as JSON in a mail of its notification service. */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { BounceRecipient, BounceReport } from '../parsed-mail.ts';
import type { BounceInput } from './input.ts';
import { addressIn, longestReport } from './report-lines.ts';
import { kindOf, statusOf } from './verdict.ts';

type Json = { readonly [key: string]: unknown };
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 500) : []);
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

export function readProviderNotice(input: BounceInput): BounceReport | null {
  if (!/@(?:[a-z0-9-]+\.)*(?:sns|amazonses)[a-z0-9.-]*(?:amazonaws\.com|\.com)$/.test(input.fromAddress ?? ''))
    return null;
  const text = input.text.slice(0, longestReport).trimStart();
  if (!/^\{\s*"(?:notificationType|eventType)"/.test(text)) return null;
  const notice = parse(text);
  if (notice === null) return null;
  const type = string(notice.notificationType ?? notice.eventType).toLowerCase();
  const detail = object(notice[type]);
  const id = string(object(object(notice.mail).commonHeaders).messageId) || string(object(notice.mail).messageId);
  const rest = { originalMessageId: id === '' ? null : `<${id.replace(/^<|>$/g, '')}>`, originalEnvelopeId: null };
  switch (type) {
    case 'bounce':
      return {
        kind: 'bounce',
        recipients: list(detail.bouncedRecipients).map((one) => bounced(object(one))),
        ...rest,
      };
    case 'complaint':
      return {
        kind: 'complaint',
        recipients: list(detail.complainedRecipients).map((one) =>
          delivered(string(object(one).emailAddress), 'abuse'),
        ),
        ...rest,
      };
    case 'delivery': {
      const said = cleanLine(string(detail.smtpResponse));
      return {
        kind: 'bounce',
        recipients: list(detail.recipients).map((one) => delivered(string(one), said)),
        ...rest,
      };
    }
    default:
      return null;
  }
}

function bounced(one: Json): BounceRecipient {
  const diagnostic = cleanLine(string(one.diagnosticCode).replace(/^smtp;\s*/, ''));
  const status = statusOf(string(one.status), diagnostic);
  const action = string(one.action) === 'delayed' ? 'delayed' : 'failed';
  return {
    address: addressIn(string(one.emailAddress)) ?? '',
    action,
    status,
    kind: kindOf(action, status, diagnostic),
    diagnostic,
  };
}

const delivered = (address: string, diagnostic: string): BounceRecipient => ({
  address: addressIn(address) ?? '',
  action: 'delivered',
  status: statusOf('', diagnostic),
  kind: 'delivered',
  diagnostic,
});

/** The service folds the one long line and adds a footer after it: take what lies before the footer and unfold. */
function parse(text: string): Json | null {
  const body = text.split(/\n--\s*\n/)[0] ?? text;
  for (const candidate of [body, body.replace(/\r?\n/g, '')]) {
    try {
      return object(JSON.parse(candidate.slice(0, candidate.lastIndexOf('}') + 1)));
    } catch {
      // The other spelling may be readable; a notice that is not stays an ordinary mail.
    }
  }
  return null;
}
