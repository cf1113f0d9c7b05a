/**
 * Loops (POLICY §3): two programs that answer each other. Ours say so in three headers, but gateways take headers off, change the
 * subject and put words of their own on top of every answer, so what they say is compared with what they said before.
 * docs/decisions/0010 says why this and no clock: a person may answer within seconds, and a program after an hour.
 */
import { maskCodes } from '../foundation/code-form.ts';
import type { Letter } from '../outbound/letter.ts';
import { alike, quotedPart } from './alike.ts';
import type { Context } from './context.ts';

/**
 * They ask for something, or refuse: the mail has brought nothing that could be done. A command and an answer are something new
 * (§3), also where a code is asked back for them: the letter about a code that was lost or closed says to ask again.
 */
function asksBack(letter: Letter): boolean {
  switch (letter.template) {
    case 'pin-needed':
    case 'answer-not-understood':
    case 'support-lapsed':
    case 'neutral-receipt':
    case 'security-receipt':
    case 'care-receipt':
      return true;
    case 'sender-settled':
      return letter.values.lines.length === 0;
    case 'command-refused':
      // No word was asked for: it was a code.
      return letter.values.word === '';
    default:
      return false;
  }
}

/** Of the pairs of words: two answers of one program, and one text but for numbers and names. */
const similar = 0.6;
const identical = 0.9;

/** What was said before is stored with its codes masked. A code alone is new each time: every try at it is counted (§11.2). */
function sameText(before: string, now: string, share: number): boolean {
  const masked = maskCodes(now, () => true);
  return /\p{L}/u.test(masked)
    ? alike(
        maskCodes(before, () => true),
        masked,
        share,
      )
    : alike(before, now, share);
}

/** Nothing of the sender's own below a letter of ours. */
const isEcho = ({ answered, mail: { facts } }: Context): boolean =>
  (answered !== null || facts.threads.some((hint) => hint.signed)) &&
  (facts.nothingOwn === true || facts.newText.trim() === '');

/**
 * Whether a letter upon this mail may be one of a loop: its sender said the same today, or has put other words on top of the same
 * letter. A new case or a command is something new, and the same alarm may come again: that goes round only where a letter is
 * quoted below the same words that no header and no number leads to; people's mail programs keep at least one of them.
 */
export function goesRound(context: Context, letter: Letter): boolean {
  const { facts, mail, policy } = context;
  const ours = Object.values(policy.desk.addresses).filter((address) => address !== null);
  const before = facts.history.saidBefore;
  const quoted = mail.facts.threads.some((hint) => hint.by !== 'case-number') ? '' : quotedPart(mail.facts, ours);
  const sameQuote = () => quoted !== '' && before.some((one) => alike(quotedPart(one, ours), quoted, similar));
  // People come back to what they wrote before, in words that are almost the same; nothing of ours is below them then.
  const sameWords = () =>
    before.some((one) => sameText(one.newText, mail.facts.newText, quoted === '' ? identical : similar));
  return asksBack(letter) ? isEcho(context) || sameWords() || sameQuote() : quoted !== '' && sameWords();
}
