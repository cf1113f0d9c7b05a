/** Returned mails in prose, as MTAs and providers without RFC 3464 write them. */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { BounceRecipient } from '../parsed-mail.ts';
import { addressIn, fieldsOf, longestReport } from './report-lines.ts';
import { kindOf, statusOf } from './verdict.ts';

/** Sentences a mail server begins a line with. A person who asks about them writes something before, quotes them or forwards them. */
const opening =
  /^[ \t*|=\-.#]*(?:this (?:message|e-?mail) was created automatically by|this is the (?:mail ?system|postfix|qmail|courier|dragonfly|mail delivery|exim|[\w. -]{1,40} mail (?:delivery )?agent)|hi\. this is the |i(?:'m| am) (?:afraid|sorry)[^\n]{0,30} (?:i|to)[^\n]{0,60} (?:deliver|inform)|this is an? automatically generated delivery|delivery to the following (?:recipient|address)|the following (?:addresses|recipients?|mail|message|address\(es\))[^\n]{0,40} (?:had|could not|did not|failed|was|were)|(?:your )?message (?:could not be|was not|has not been|delivery) (?:delivered|failed|has failed)|your (?:mail|e-?mail)? ?(?:message|mail|e-?mail|delivery) (?:sent on|to the following|wasn.?t delivered|couldn.?t be|could not be|was not|has been rejected|has not been|was undeliverable)|sorry, we were unable to deliver|we (?:were unable|had trouble|could not|couldn.?t) (?:to )?deliver|(?:message from [^\n]{0,80}\n[ \t]*)?unable to deliver (?:message|mail)|delivery has failed|did(?: not|n'?t) reach the following|was not delivered to|the original message was received at|transcript of session follows|failure reasons|failed addresses follow|message log follows|there was an error delivering|an error occurred while trying to deliver|each of the following recipients was rejected|(?:this|the) user ?(?:doesn.?t have|\(s\) account)|the user\(s\) account|could not be delivered to|user unknown\b|unknown user\b|undeliverable (?:to|message|mail|address)|delivery failed|could not deliver|mail(?:box)? (?:could not be|is full)|notice: delivery failure|sent <<<|duplicated message-id in|message from interscan|hello, this is the mail|failed to deliver|unable to deliver|delivery (?:status notification|failure|report|is delayed)|address not found|message (?:blocked|not delivered|rejected)|recipient inbox full|no valid recipients|invalid (?:final delivery )?(?:user|recipient)|mailbox |requested action not taken|送信先|次のあて先|以下の|あて先|宛先|メールを配信|ваше? сообщени|это письмо|сообщение,|diese nachricht wurde automatisch|ihre nachricht (?:konnte|wurde) nicht|(?:die )?zustellung|votre message n|su mensaje no|il messaggio non|de bezorging)/im;

/** Where the mail that came back begins. */
const returned =
  /^[ \t]*(?:(?:-{2,}|_{2,}|={2,}|\|-+)[ \t]*(?:this is a copy|below this line|original message|the header of|copy of|enclosed is|returned message|unsent message|message text follows|returned mail|non-delivered|the body of|message header|forwarded message|included is)[^\n]*|(?:message headers? follows?|original message(?: headers| follows)?|original mail as follows)[.:]?[ \t]*|received:[ \t]*(?:from|by|\()[^\n]*|return-path:[^\n]*|dkim-signature:[^\n]*)$/im;

export type ReportText = {
  readonly report: string;
  readonly returned: string;
  readonly telling: boolean;
  readonly prominent: boolean;
};

/** `telling`: holds a sentence of a mail server. `prominent`: among the first lines, where no person has written yet. */
export function splitReport(text: string): ReportText {
  const whole = text.slice(0, longestReport).replace(/\r\n?/g, '\n');
  const cut = returned.exec(whole);
  const report = cut ? whole.slice(0, cut.index) : whole;
  const found = opening.exec(report);
  const before = found
    ? report
        .slice(0, found.index)
        .split('\n')
        .filter((line) => line.trim() !== '').length
    : 99;
  return { report, returned: cut ? whole.slice(cut.index) : '', telling: found !== null, prominent: before <= 8 };
}

const delayedWords =
  /delay(?:ed)?\b[^\n]{0,40}(?:hours|still being|reason|mail)|not yet been delivered|still being retried|will (?:be retried|continue|keep trying|retry)|delivery attempts will continue|delivery[^\n]{0,30}delayed|\(delay\)|temporary problem delivering|warning: (?:message|could not send)|no need to re-?send|do not need to resend/i;
const notDelayed =
  /giving up|failed permanently|permanent (?:error|failure)|cannot send message for|could not be delivered for|undeliverable|delivery status notification: (?:failed|error)/i;

export function actionOf(subject: string, report: string): 'delayed' | 'failed' {
  if (notDelayed.test(subject)) return 'failed';
  if (delayedWords.test(subject)) return 'delayed';
  return delayedWords.test(report) && !notDelayed.test(report) ? 'delayed' : 'failed';
}

/** Recipients in prose: lines that begin with an address; else "to <address>"; else any address that is not the reporter's. */
export function recipientsInText(
  report: string,
  subject: string,
  known: readonly string[],
  not: readonly string[],
): BounceRecipient[] {
  const action = actionOf(subject, report);
  const lines = report.split('\n').slice(0, 600);
  const starts: { address: string; line: number }[] = [];
  const skip = new Set(not);
  const take = (address: string | null, line: number) => {
    if (address === null || skip.has(address) || starts.some((one) => one.address === address)) return;
    starts.push({ address, line });
  };
  lines.forEach((line, at) => {
    const own =
      /^[ \t*|]*(?:to:[ \t]*)?["'<(]*([^\s"'<>(),;:[\]]{1,200}@[^\s"'<>(),;:[\]]{1,253})[>"')]*(?:mailto:[^\s>]*>)?[ \t]*(?:[:;,.[(<]|\.\.\.|$|\bon\b|[A-Z])/.exec(
        line,
      );
    if (own && !/^[ \t]*to:/i.test(line)) take(addressIn(own[1] ?? ''), at);
  });
  for (const address of known) take(address, 0);
  if (starts.length === 0) {
    lines.forEach((line, at) => {
      const told =
        /(?:\bto|recipients?|errors:|failed:|address(?:es)?|rcpt to:|for user)[ \t:]*['"<(]*([^\s"'<>(),;:]{1,200}@[^\s"'<>(),;:]{1,253})/i.exec(
          line,
        );
      if (told) take(addressIn(told[1] ?? ''), at);
    });
  }
  if (starts.length === 0) {
    lines.forEach((line, at) => {
      if (line.includes('@')) take(addressIn(line), at);
    });
  }
  return starts.slice(0, 500).map(({ address, line }, index) => {
    const next = starts.slice(index + 1).find((one) => one.line > line)?.line ?? lines.length;
    const own = lines.slice(line, next).join('\n').slice(0, 4000);
    const words = known.includes(address) || own.trim().length < address.length + 20 ? report.slice(0, 6000) : own;
    const status = statusOf(fieldsOf(words).find((field) => field.name === 'status')?.value ?? '', words);
    const kind = kindOf(action, status, words);
    return { address, action, status, kind, diagnostic: cleanLine(own, 500) };
  });
}
