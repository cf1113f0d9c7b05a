/**
 * Mail loops (POLICY §3): two programs that answer each other. Our letters carry three headers that say so, but gateways remove headers, change
 * the subject and add text to every answer, so the text of a mail is compared with earlier mails of its sender.
 * docs/decisions/0010 says why this and no clock: a person may answer within seconds, and a program after an hour.
 */
import { maskCodes } from '../../foundation/code-form.ts';
import { soundsAutomatic } from '../../mail/automatic/desk-receipt.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import type { Letter } from '../../outbound/letter.ts';
import { readCommand } from '../commands/commands.ts';
import { type Context, senderAt } from '../context.ts';
import { areSimilar, quotedPart } from './text-similarity.ts';

/**
 * They ask for something, or refuse: the mail has brought nothing that could be done. A command and an answer are something new
 * (§3), also where a code is asked back for them: the letter about a code that was lost or closed says to ask again.
 */
export function asksForAnswer(letter: Letter): boolean {
  switch (letter.template) {
    case 'acknowledgement':
    case 'opened-summary':
    case 'confirm-code':
    case 'privileged-pin':
    case 'privileged-pin-used':
    case 'privileged-pin-accepted':
    case 'command-pin':
    case 'command-cases':
    case 'command-status':
    case 'command-changed':
    case 'command-licences':
    case 'licence-registered':
    case 'proof-of-entitlement':
    case 'licence-issued':
    case 'command-help':
    case 'contacts-list':
    case 'contact-welcome':
    case 'contact-erased':
    case 'added-to-case':
    case 'reply-received':
    case 'severity-set':
    case 'case-closed':
      return false;
    case 'contacts-changed':
      return !letter.values.done;
    case 'access-next':
    case 'access-decided':
      return false;
    case 'access-settled':
      return letter.values.result.startsWith('unclear');
    case 'sender-settled':
      return letter.values.lines.length === 0;
    case 'command-refused':
      // No word was asked for: it was a code.
      return letter.values.word === '';
    default:
      return true;
  }
}

/** Of the pairs of words: two answers of one program, and one text but for numbers and names. */
const similar = 0.6;
const identical = 0.8;

/** What was said before is stored with its codes masked. A code alone is new each time: every try at it is counted (§11.2). */
function isSameText(before: string, now: string, share: number): boolean {
  const masked = maskCodes(now, () => true);
  return /\p{L}/u.test(masked)
    ? areSimilar(
        maskCodes(before, () => true),
        masked,
        share,
      )
    : areSimilar(before, now, share);
}

/** Nothing of the sender's own below a letter of ours. */
const isEcho = ({ answered, mail: { facts } }: Context): boolean =>
  (answered !== null || facts.threads.some((hint) => hint.signed)) &&
  (facts.nothingOwn === true || facts.newText.trim() === '');

/** §3: the own site's PIN, or a command, above nothing of ours: no loop, whatever was said before. */
function bringsNews(context: Context, quotesOurs: boolean): boolean {
  if (quotesOurs) return false;
  const { named, mail } = context;
  const ownPin = mail.facts.pins.length > 0 && named.kind === 'site' && senderAt(context, named.site) !== null;
  return ownPin || readCommand(mail.facts) !== null;
}

/** What stands above our letter, where it was copied below without a mark. */
const onTop = ({ subject, newText }: MailFacts) => ({ subject, newText: newText.split(/\n\s*\n/, 1)[0] ?? '' });

/**
 * Whether a letter upon this mail may be one of a loop: its sender said the same today, or has put other words on top of the same
 * letter, or says what programs say of their own accord. A new case or a command is something new, and the same alarm may come again:
 * that goes round only where a letter is quoted below the same words that no header and no number leads to; people's mail programs
 * keep at least one of them.
 */
export function isLoop(context: Context, letter: Letter): boolean {
  const { facts, mail, policy } = context;
  const ours = Object.values(policy.desk.addresses).filter((address) => address !== null);
  const before = facts.history.saidBefore;
  const led = mail.facts.threads.some((hint) => hint.by !== 'case-number');
  const quoted = led ? '' : quotedPart(mail.facts, ours);
  // The number that our acknowledgement told, in the text of somebody who kept no other trace of it.
  const told = !led && before.some((one) => one.case && mail.facts.text.includes(one.case));
  if (bringsNews(context, quoted !== '' || told || (led && quotedPart(mail.facts, ours) !== ''))) return false;
  const sameQuote = () => quoted !== '' && before.some((one) => areSimilar(quotedPart(one, ours), quoted, similar));
  // People come back to what they wrote before, in words that are almost the same; nothing of ours is below them then.
  const sameWords = () =>
    before.some((one) => isSameText(one.newText, mail.facts.newText, quoted === '' && !told ? identical : similar));
  return asksForAnswer(letter)
    ? isEcho(context) || soundsAutomatic(mail.facts) || sameWords() || sameQuote()
    : (quoted !== '' || told) && (sameWords() || soundsAutomatic(mail.facts) || soundsAutomatic(onTop(mail.facts)));
}
