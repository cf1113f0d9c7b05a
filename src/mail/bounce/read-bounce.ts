/**
 * Delivery reports and complaints (POLICY §3.r2): RFC 3464, RFC 5965, and the prose of servers that keep to neither.
 * A customer's mail read as a bounce is lost work, so prose counts only from a mail server that says so itself.
 */

import { cleanLine } from '../../foundation/clean-text.ts';
import type { BounceReport } from '../parsed-mail.ts';
import { readComplaint } from './complaint.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import type { BounceInput } from './input.ts';
import { writtenByPerson } from './personal.ts';
import { readProviderNotice } from './provider-notice.ts';
import { recipientsInText } from './recipients.ts';
import { addressIn, headerValue, longestReport, originalOf } from './report-lines.ts';
import { type ReportText, splitReport } from './report-text.ts';
import { type Reporter, reporterOf } from './reporter.ts';
import { quotesServer } from './sentences.ts';
import { titledAsReport } from './titles.ts';

/** Enough where a mail server writes under its own name. */
const looseTitle =
  /undeliver|delivery|returned mail|failure notice|fail(?:ed|ure)|mail (?:system )?error|error sending|could not be delivered|delayed|エラー|配信/i;
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
  const isReport = input.contentType.startsWith('multipart/report');
  const reporter = reporterOf(input);
  const titled = titledAsReport(input.subject);
  const formal =
    (isReport && (statuses.length > 0 || reporter === 'daemon')) || (statuses.length > 0 && reporter !== 'other');
  // An ordinary mail, which most are, is looked at no further.
  if (!formal && reporter !== 'daemon' && !titled && !mayHoldReturned(input, reporter)) return null;
  const split = splitReport(input.text);
  if (!formal && !prose(input, reporter, titled, split)) return null;

  const returned = input.parts.find((part) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)/.test(part.type),
  );
  const original = originalOf(returned?.content ?? split.returned.replace(/^[^\n]*-[^\n]*\n/, ''));
  const failed = headerValue(input.headers, 'x-failed-recipients').split(',').slice(0, 500).map(addressIn);
  const known = failed.filter((address) => address !== null);
  const ends = [input.fromAddress, addressIn(headerValue(input.headers, 'to')), original.from].filter(
    (one) => one !== null,
  );
  const inProse = () =>
    recipientsInText({ report: split.report, subject: input.subject, known, ends, wroteTo: original.to });
  const told = statuses.length > 0 ? statuses.map((part) => part.content).join('\n\n') : statusWithin(input.text);
  const status = readDeliveryStatus(told, {
    fallback: () => (known.length > 0 ? known : inProse().map((one) => one.address)),
    wroteTo: original.to,
    words: split.report.slice(0, 3000),
  });
  const recipients = status.recipients.length > 0 ? status.recipients : inProse();
  return {
    kind: 'bounce',
    recipients,
    originalMessageId: original.messageId === null ? null : cleanLine(original.messageId),
    originalEnvelopeId: status.envelopeId,
  };
}

/** The fields of a report that stand in its text, since a gateway flattened it or its header hides the parts. */
function statusWithin(text: string): string {
  const at = text.slice(0, longestReport).search(/^(?:reporting-mta|original-recipient|final-recipient)[ \t]*:/im);
  const fields = at < 0 ? '' : text.slice(at, at + longestReport);
  return /^(?:original|final)-recipient[ \t]*:/im.test(fields) ? fields : '';
}

/** Cheap: without the mail that came back, its header, or where an office writes a server's answer, an untitled mail is no report. */
const mayHoldReturned = (input: BounceInput, reporter: Reporter): boolean =>
  returnedPart(input) !== undefined ||
  /\n[ \t>|]*(?:received|return-path|message-id):/i.test(input.text.slice(0, longestReport)) ||
  ((reporter === 'office' || reporter === 'nameless') && quotesServer(input.text));

/** What a report in prose has besides its sentence: the mail itself, a server's answer, an address that is neither end's. */
function evidenceIn(input: BounceInput, split: ReportText): boolean {
  if (split.returned !== '' || returnedPart(input) !== undefined || quotesServer(split.report)) return true;
  const ends = [input.fromAddress ?? '', addressIn(headerValue(input.headers, 'to')) ?? ''];
  return (split.report.slice(0, 8000).match(/[^\s<>"'(),;:[\]]{1,128}@[^\s<>"'(),;:[\]]{1,253}/g) ?? []).some(
    (one) => !ends.includes(addressIn(one) ?? ''),
  );
}

const returnedPart = (input: BounceInput) =>
  input.parts.find((part) => /^(?:message\/(?:rfc822|global)|text\/rfc822-headers)/.test(part.type));

function prose(input: BounceInput, reporter: Reporter, titled: boolean, split: ReportText): boolean {
  if (absent.test(input.subject)) return false;
  const whole = split.returned !== '' || returnedPart(input) !== undefined;
  const personal = () => writtenByPerson(input.headers, split.report);
  const answers = quotesServer(split.report);
  const tells = split.telling && (split.plain || whole || answers);
  if (answered.test(input.subject)) {
    const server = reporter === 'daemon' || reporter === 'office';
    return server && split.atOnce && evidenceIn(input, split) && !personal();
  }
  switch (reporter) {
    case 'daemon':
      return titled || split.telling || looseTitle.test(input.subject);
    case 'office':
      return (
        ((titled && (tells || whole || answers)) || (split.telling && split.prominent && (whole || answers))) &&
        evidenceIn(input, split) &&
        !personal()
      );
    case 'nameless':
      return tells && split.prominent && (titled || whole || answers) && !personal();
    case 'no-reply':
      return split.telling && split.prominent && (titled || whole) && evidenceIn(input, split);
    case 'other':
      return (
        ((titled && tells && split.prominent) ||
          (titled && whole && answers) ||
          (split.atOnce && split.plain && whole && answers)) &&
        evidenceIn(input, split) &&
        !personal()
      );
    default:
      reporter satisfies never;
      return false;
  }
}
