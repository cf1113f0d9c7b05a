/** POLICY §3 "Letters, how many". Counts are of letters that went out or will; what is suppressed is recorded and not counted. */
import type { Addressed, Fate, LetterTemplate } from './letter.ts';
import type { LetterPolicy } from './policy.ts';

export type Past = {
  readonly template: string;
  readonly matter: string /** ISO 8601 */;
  readonly at: string;
  readonly followsOwn: boolean;
  readonly suppressed: boolean;
};

export type History = {
  /** Letters of the last 24 hours to this person. */
  readonly letters: readonly Past[];
  readonly strangersHour: number;
  readonly strangersDay: number;
};

const hourMs = 3_600_000;
const send: Fate = { kind: 'send' };
const suppress = (why: string): Fate => ({ kind: 'suppress', why });

/** Whether somebody at the customer may be asked now; what cannot be asked yet is gathered in the next letter. */
export function mayBeAsked(letters: readonly Past[], policy: LetterPolicy, now: string): boolean {
  const { questionsPerHour, questionsPerDay } = policy.letters;
  const asked = letters.filter((past) => past.template === 'sender-question' && !past.suppressed);
  const lastHour = asked.filter((past) => Date.parse(now) - Date.parse(past.at) < hourMs);
  return lastHour.length < questionsPerHour && asked.length < questionsPerDay;
}

/** Letters about one question that was answered without what was asked for. */
function askedBack(
  letter: Matter,
  sent: readonly Past[],
  now: string,
): { readonly hour: number; readonly day: number } {
  const same = sent.filter((past) => past.template === letter.template && past.matter === letter.matter);
  return { hour: same.filter((past) => Date.parse(now) - Date.parse(past.at) < hourMs).length, day: same.length };
}

type Matter = Pick<Addressed, 'matter' | 'followsOwn'> & { readonly template: LetterTemplate };

/** Whether the next answer of this kind would meet silence (§3.r16a): this letter says so. */
export function lastOfQuestion(letter: Matter, letters: readonly Past[], policy: LetterPolicy, now: string): boolean {
  const { askedBackPerHour, askedBackPerDay, loopPerDay } = policy.letters;
  const sent = letters.filter((past) => !past.suppressed);
  const { hour, day } = askedBack(letter, sent, now);
  const goesRound = letter.followsOwn && sent.length >= loopPerDay - 1;
  return hour >= askedBackPerHour - 1 || day >= askedBackPerDay - 1 || goesRound;
}

/** Why an acknowledgement was left out; the letter that sums up looks for it. */
export const overLimit = 'over the number of acknowledgements: one letter sums up';
export const afterRenewal = 'the contract was renewed: one letter sums up';

/** What its matter begins with, the day being part of it (POLICY §2.4). */
export const onceADay = 'under-covered:';

/** `now` is ISO 8601. */
export function fateOf(
  letter: Addressed & { readonly template: LetterTemplate },
  history: History,
  policy: LetterPolicy,
  now: string,
): Fate {
  const { letters: limits } = policy;
  const sent = history.letters.filter((past) => !past.suppressed);
  const lastHour = sent.filter((past) => Date.parse(now) - Date.parse(past.at) < hourMs);
  // All of them count, also those that could not yet be known for the first of a loop: its end is after three letters in all.
  if (letter.audience !== 'staff' && letter.followsOwn && sent.length >= limits.loopPerDay)
    return suppress(`a loop: ${sent.length} letters have gone there in 24 hours, and nothing new has come`);
  switch (letter.audience) {
    case 'stranger':
      if (sent.filter((past) => past.template === letter.template).length >= limits.receiptsPerStrangerDay)
        return suppress('this address has had its receipt today');
      if (history.strangersHour >= limits.strangersPerHour)
        return suppress('the number of letters an hour to addresses not on record is reached');
      if (history.strangersDay >= limits.strangersPerDay)
        return suppress('the number of letters a day to addresses not on record is reached');
      return send;
    case 'contact': {
      if (letter.template === 'acknowledgement') {
        const count = (past: readonly Past[]) => past.filter((one) => one.template === 'acknowledgement').length;
        return count(lastHour) >= limits.acknowledgementsPerHour || count(sent) >= limits.acknowledgementsPerDay
          ? suppress(overLimit)
          : send;
      }
      if (letter.template === 'answer-not-understood') {
        const { hour, day } = askedBack(letter, sent, now);
        return hour >= limits.askedBackPerHour || day >= limits.askedBackPerDay
          ? suppress('what was missing in an answer to this question was said often enough')
          : send;
      }
      const kind = sent.filter((past) => past.template === letter.template);
      const same = kind.filter((past) => past.matter === letter.matter);
      if (same.filter((past) => lastHour.includes(past)).length >= limits.sameMatterPerHour)
        return suppress('a letter of this kind about this matter went out within the hour');
      if (letter.template === 'pin-needed' && same.length >= limits.loopPerDay)
        return suppress('the PIN for this mail was asked for often enough today');
      // Anybody can write in a contact's name where grades are not looked at: their box is not to be filled through us.
      return kind.filter((past) => lastHour.includes(past)).length >= limits.acknowledgementsPerHour ||
        kind.length >= limits.acknowledgementsPerDay
        ? suppress('the number of letters of this kind to this address is reached')
        : send;
    }
    case 'staff': {
      const { matter } = letter;
      if (matter.startsWith(onceADay) && sent.some((past) => past.matter === matter))
        return suppress('a notice about this site went out today');
      const same = lastHour.filter((past) => past.template === letter.template && past.matter === letter.matter);
      return same.length >= limits.sameMatterPerHour
        ? suppress('a notice about this matter went out within the hour')
        : send;
    }
    default:
      return letter.audience satisfies never;
  }
}
