/**
 * A new problem that somebody wrote into a reply to our question for a PIN: people take any mail of ours to write to us. It is
 * new where its subject was typed anew, names the PIN and something else than the mail that waits, and nothing of ours is below.
 */
import type { MailFacts } from '../mail/parsed-mail.ts';
import { findPins, stripPrefixes, titleOf } from '../mail/subject.ts';

/** Below this it is a word beside the PIN: `here it is`. */
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
  // A quote below it is our question.
  const quotes = mail.text.length > mail.newText.length + 200 || /^\s{0,3}>/m.test(mail.text);
  return !quotes && mail.newText.split(/\s+/).length >= wordsOfAReport;
}
