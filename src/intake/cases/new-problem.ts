/**
 * A new problem that somebody wrote into a reply to our question for a PIN: people answer any mail of ours to report something new. It is
 * new where its subject was typed anew, names the PIN and something else than the mail that waits, and a report stands below it.
 */
import type { MailFacts } from '../../mail/parsed-mail.ts';
import { findPins } from '../../mail/pin-reader/pin-reader.ts';
import { stripPrefixes, titleOf } from '../../mail/subject/subject.ts';

/** Below these it is a word beside the PIN: `here it is`. */
const wordsOfATitle = 3;
const wordsOfAReport = 6;

const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export function isNewProblem(mail: MailFacts, original: Pick<MailFacts, 'title'>): boolean {
  const subject = mail.subject.trim();
  if (subject === '' || stripPrefixes(subject) !== subject || findPins(subject).length === 0) return false;
  const title = plain(titleOf(subject, ''));
  const before = plain(original.title);
  if (title === '' || before === '' || title.includes(before) || before.includes(title)) return false;
  return title.split(' ').length >= wordsOfATitle && mail.newText.split(/\s+/).length >= wordsOfAReport;
}
