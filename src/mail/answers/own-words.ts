/** Facts that depend on the person's own words only; computed again once quotes of our letters are recognised. */
import type { KnownText } from '../known-text/known-text.ts';
import type { FromHeader, MailFacts } from '../parsed-mail.ts';
import { findPinAlone, findPins } from '../pin-reader/pin-reader.ts';
import { replyText } from '../reply-text/reply-text.ts';
import { readLicenceNumbers, readReport } from '../report/report-fields.ts';
import { readSiteNumbers } from '../report/site-number.ts';
import { titleOf } from '../subject/subject.ts';
import { onlyThanks, withoutWriter } from './only-thanks.ts';

type Said = Pick<MailFacts, 'title' | 'pins' | 'licenceNumbers' | 'newText' | 'nothingOwn' | 'onlyThanks' | 'report'>;

/**
 * `known` are letters of ours that the mail `answers`, and earlier mails of its case. In an answer to us a quote at the top is what we
 * wrote; elsewhere it stays in the text, and nothing is read from it.
 */
export function readSaid(
  text: string,
  subject: string,
  {
    answers,
    known = [],
    from,
  }: { readonly answers: boolean; readonly known?: readonly KnownText[]; readonly from?: FromHeader },
): Said {
  const { newText: whole, context, own } = replyText(text, known);
  const newText = whole.slice(context.length).replace(/^\n+/, '');
  const inSubject = findPins(subject);
  const alone = inSubject.length === 0 ? findPinAlone(newText, own) : null;
  return {
    title: titleOf(subject, newText),
    pins: alone === null ? inSubject : [alone],
    licenceNumbers: [...new Set([...readLicenceNumbers(newText), ...readSiteNumbers(newText)])],
    newText: answers ? newText : whole,
    ...(own ? {} : { nothingOwn: true as const }),
    onlyThanks: onlyThanks(withoutWriter(newText, from?.kind === 'one' ? from.name : '')),
    report: readReport(newText, subject),
  };
}

/** The mail read anew beside these texts; the same facts where that changes nothing. */
export function readBeside(facts: MailFacts, known: readonly KnownText[]): MailFacts {
  if (facts.class !== 'person' || known.length === 0) return facts;
  const said = readSaid(facts.text, facts.subject, { answers: true, known, from: facts.from });
  if (said.newText === facts.newText && said.nothingOwn === facts.nothingOwn) return facts;
  const { nothingOwn: _, ...rest } = facts;
  return { ...rest, ...said };
}
