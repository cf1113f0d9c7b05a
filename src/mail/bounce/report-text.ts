/** Returned mails in prose, as MTAs and providers without RFC 3464 write them. */
import { longestReport } from './report-lines.ts';
import { saysNobodyThere, saysUndelivered } from './sentences.ts';

/** Where the mail that came back begins. */
const returned =
  /^[ \t]*(?:(?:-{2,}|_{2,}|={2,}|\|-+)[ \t]*(?:this is a copy|below this line|(?:the )?original (?:message|mail|e-?mail)|the header of|copy of|enclosed is|returned message|unsent message|message text follows|returned mail|non-delivered|the body of|message header|forwarded message|included is)[^\n]*|(?:message headers? follows?|original message(?: headers| follows)?|original mail as follows|(?:the )?original (?:message|mail)(?: was| is)?|(?:urspr(?:ü|ue)ngliche|originale?) (?:nachricht|mail|e-mail)|message (?:d['’]origine|original)|mensaje original|messaggio originale|oorspronkelijk bericht|元のメール|原メッセージ|原始邮件|原始郵件)[.:：]?[ \t]*|received:[ \t]*(?:from|by|\()[^\n]*|return-path:[^\n]*|dkim-signature:[^\n]*)$/im;

export type ReportText = {
  readonly report: string;
  readonly returned: string;
  /** Holds a sentence of a mail server. */
  readonly telling: boolean;
  /** Among the first lines, where no person has written yet. */
  readonly prominent: boolean;
  /** A sentence about the mail, not only about somebody who is unknown. */
  readonly plain: boolean;
  /** In the first paragraph. */
  readonly atOnce: boolean;
};

/** Paragraphs of a report in which its sentence is looked for. */
const mostParagraphs = 14;

export function splitReport(text: string): ReportText {
  const whole = text.slice(0, longestReport).replace(/\r\n?/g, '\n');
  const cut = returned.exec(whole);
  const report = cut ? whole.slice(0, cut.index) : whole;
  const paragraphs = report
    .slice(0, 12_000)
    .split(/\n[ \t]*\n/)
    .filter((one) => /[\p{L}\p{N}]/u.test(one))
    .slice(0, mostParagraphs);
  // "Your message / Subject: … / was not delivered to:": a sentence that is not ended goes on in the next paragraph.
  const open = (one: string) => one.length <= 300 && !/[.!?。]\s*$/.test(one);
  const first = (says: (paragraph: string) => boolean) =>
    paragraphs.findIndex((one, i) => {
      const [next = '', last = ''] = paragraphs.slice(i + 1);
      return says(open(one) ? `${one} ${next} ${open(next) ? last : ''}` : one);
    });
  const spoken = first(saysUndelivered);
  const at = spoken >= 0 ? spoken : first(saysNobodyThere);
  const before = paragraphs
    .slice(0, Math.max(at, 0))
    .join('\n')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
  return {
    report,
    returned: cut ? whole.slice(cut.index) : '',
    telling: at >= 0,
    prominent: at >= 0 && before <= 8,
    plain: spoken >= 0,
    atOnce: at === 0 || first(saysNobodyThere) === 0,
  };
}
