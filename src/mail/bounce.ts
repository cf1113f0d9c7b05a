/**
 * Delivery reports and complaints (POLICY §3.r2): RFC 3464, RFC 5965, and the prose of servers that keep to neither.
 * A customer's mail read as a bounce is lost work, so prose counts only from a mail server that says so itself.
 */
import { cleanLine } from '../foundation/clean-text.ts';
import { readComplaint } from './bounce/complaint.ts';
import { readDeliveryStatus } from './bounce/delivery-status.ts';
import { readProviderNotice } from './bounce/provider-notice.ts';
import { addressIn, headerValue, isNullSender, originalOf } from './bounce/report-lines.ts';
import { recipientsInText, splitReport } from './bounce/report-text.ts';
import type { HeaderLine } from './header-line.ts';
import type { BounceReport } from './parsed-mail.ts';

export type BounceInput = {
  readonly headers: readonly HeaderLine[];
  readonly returnPath: string | null;
  readonly fromAddress: string | null;
  readonly subject: string;
  /** All text parts joined. */
  readonly text: string;
  /** Leaf parts in order, decoded; a returned message is one leaf. */
  readonly parts: readonly { readonly type: string; readonly content: string }[];
  /** Lower-cased top type with its parameters. */
  readonly contentType: string;
};

const daemonName =
  /^(?:mailer|mail|e?mail)[-_.]?(?:daemon|delivery|deliver)|^mail\.delivery|^post[-_.]?master|^poostmaster|^mdaemon|^mail-?system|^bounce-?notif/;
const daemonTitle =
  /mail(?:er)?[- ]?(?:daemon|deliver[a-z]* (?:sub)?system|system|administrator)|delivery (?:sub)?system|ndr administrator|system administrator|postmaster/i;
const subjectWords =
  /undeliver|delivery|returned mail|failure notice|failure delivery|fail(?:ed|ure)|mail (?:system )?error|non remis|unzustellbar|nicht zugestellt|error sending|could not be delivered|warning: (?:message|could not)|delayed|loop alert|エラー|配信|не доставлен/i;
const answered = /^\s*(?:re|fwd?|aw|wg|sv|vs|vb|tr|rv|odp|enc|res)\s*(?:\[\d+\])?\s*[:：]/i;
const absent =
  /out of (?:the )?office|auto(?:matic)?[- ]?reply|abwesen|vacation|automatische antwort|réponse automatique/i;

/** Null where the mail is no report: answers, absences and questions about bounces are none. */
export function readBounce(input: BounceInput): BounceReport | null {
  const complaint = readComplaint(input) ?? readProviderNotice(input);
  if (complaint !== null) return complaint;
  if (/report-type="?disposition-notification/.test(input.contentType)) return null;

  const statuses = input.parts.filter(
    (part) => part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status',
  );
  const split = splitReport(input.text);
  const isReport = input.contentType.startsWith('multipart/report');
  const sender = senderOf(input);
  const formal =
    (isReport && (statuses.length > 0 || sender !== 'other')) || (statuses.length > 0 && sender !== 'other');
  if (!formal && !prose(input, sender, split)) return null;

  const returned = input.parts.find((part) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)/.test(part.type),
  );
  const original = originalOf(returned?.content ?? split.returned.replace(/^[^\n]*-[^\n]*\n/, ''));
  const failed = headerValue(input.headers, 'x-failed-recipients').split(',').slice(0, 500).map(addressIn);
  const known = failed.filter((address) => address !== null);
  const not = [input.fromAddress ?? ''];
  const inProse = () => recipientsInText(split.report, input.subject, known, not);
  const status = readDeliveryStatus(
    statuses.map((part) => part.content).join('\n\n'),
    known.length > 0 ? known : original.to === null ? [] : [original.to],
    split.report.slice(0, 3000),
  );
  let recipients: BounceReport['recipients'] = status.recipients;
  if (recipients.length === 0) recipients = inProse();
  if (recipients.length === 0 && original.to !== null)
    recipients = recipientsInText(`${original.to}\n${split.report}`, input.subject, [], []).slice(0, 1);
  return {
    kind: 'bounce',
    recipients,
    originalMessageId: original.messageId === null ? null : cleanLine(original.messageId),
    originalEnvelopeId: status.envelopeId,
  };
}

type Sender = 'daemon' | 'postmaster' | 'null-sender' | 'other';

/** `postmaster` is also the address of a person, so it needs more words than a daemon does. */
function senderOf(input: BounceInput): Sender {
  const local = (input.fromAddress ?? '').split('@')[0]?.toLowerCase() ?? '';
  const from = headerValue(input.headers, 'from');
  const nobody = isNullSender(input.returnPath, input.headers);
  if (headerValue(input.headers, 'x-failed-recipients') !== '') return 'daemon';
  if (daemonName.test(local) || daemonTitle.test(from.replace(/<[^>]*>/g, '')) || /mailer-daemon/i.test(from)) {
    return /^post/.test(local) && !nobody ? 'postmaster' : 'daemon';
  }
  return nobody || /^no-?reply$/.test(local) ? 'null-sender' : 'other';
}

function prose(input: BounceInput, sender: Sender, split: ReturnType<typeof splitReport>): boolean {
  if (sender === 'other' || absent.test(input.subject)) return false;
  const titled = subjectWords.test(input.subject);
  if (answered.test(input.subject)) return false;
  switch (sender) {
    case 'daemon':
      return titled || split.telling;
    case 'postmaster':
      return (
        (titled &&
          (split.telling || split.returned !== '' || input.parts.some((part) => part.type === 'message/rfc822'))) ||
        (split.telling && split.prominent && split.returned !== '')
      );
    case 'null-sender':
      return (titled || input.parts.some((part) => part.type === 'message/rfc822')) && split.telling && split.prominent;
    default:
      sender satisfies never;
      return false;
  }
}
