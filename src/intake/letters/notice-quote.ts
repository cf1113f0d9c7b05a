/**
 * What a notice to our people shows of a mail (POLICY §4.3): its first lines, as text and nothing else, and how its writer is
 * reached. Secrets are covered before anything is cut, so that no half of one is left.
 */
import { cleanLine } from '../../foundation/clean-text.ts';
import { maskCodes } from '../../foundation/code-form.ts';
import { maskPrivilegedPins, maskSupportPins } from '../../foundation/pin-form.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import type { Contact } from '../../registry/site.ts';
import type { Facts } from '../facts.ts';

type Quoted = {
  readonly begins: readonly string[];
  readonly phone: string | null;
  /** As the registry has it; else the mail says so. */
  readonly phoneOnRecord: boolean;
};

const mostLines = 5;
const mostCharacters = 400;
/** What is looked at: five lines of people, whatever a program has put between them. */
const mostRead = 8_000;
const longestPhone = 60;
/** What is cut off with it may be half of one. */
const longestSecret = 100;

type Secrets = Pick<Facts, 'confirmations' | 'letters' | 'pins'>;

function maskOf(mail: Pick<MailFacts, 'pins'>, facts: Secrets) {
  // Those that the mail names by a word, and those that were looked up because they stand in it as bare numbers.
  const pins = [...new Set([...mail.pins, ...facts.pins.map((one) => one.pin)])];
  // Most of what has the form of a code is none: it counts where one was made for this mail, or is answered to.
  const holdsCodes = (facts.confirmations ?? []).length > 0 || facts.letters.some((letter) => letter.sealed);
  return (text: string): string => {
    const masked = maskSupportPins(maskPrivilegedPins(text), pins);
    return holdsCodes ? maskCodes(masked, () => true) : masked;
  };
}

/** At most `mostLines` lines that hold anything, and so many characters; what is left out is shown by an ellipsis. */
function firstLines(text: string): string[] {
  const all = text
    .split('\n')
    .map((line) => cleanLine(line, mostRead))
    .filter((line) => line !== '');
  const out: string[] = [];
  let room = mostCharacters;
  for (const line of all.slice(0, mostLines)) {
    const letters = Array.from(line);
    if (letters.length > room) {
      if (room > 0) out.push(`${letters.slice(0, room).join('').trimEnd()} …`);
      else out.push(`${out.pop() ?? ''} …`);
      return out;
    }
    out.push(line);
    room -= letters.length;
  }
  if (all.length > mostLines) out.push(`${out.pop() ?? ''} …`);
  return out;
}

const isPhone = (text: string): boolean => (text.match(/\p{Nd}/gu)?.length ?? 0) >= 3;

/** `contact` is the writer as the registry has them, null where they are not on record. */
export function quoteOf(
  mail: Pick<MailFacts, 'newText' | 'nothingOwn' | 'report' | 'pins'>,
  contact: Pick<Contact, 'phone'> | null,
  facts: Secrets,
): Quoted {
  const mask = maskOf(mail, facts);
  const said = cleanLine(mask(mail.report.phone ?? ''), longestPhone);
  const inMail = isPhone(said) ? said : null;
  return {
    begins: mail.nothingOwn ? [] : firstLines(mask(mail.newText.slice(0, mostRead)).slice(0, mostRead - longestSecret)),
    phone: inMail ?? contact?.phone ?? null,
    phoneOnRecord: inMail === null && contact?.phone !== undefined,
  };
}
