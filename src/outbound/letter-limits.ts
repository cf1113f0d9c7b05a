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

/** Why an acknowledgement was left out; the letter that sums up looks for it. */
export const overLimit = 'over the number of acknowledgements: one letter sums up';

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
  if (letter.followsOwn && sent.filter((past) => past.followsOwn).length >= limits.loopPerDay) {
    return suppress(`a loop: ${limits.loopPerDay} letters in 24 hours have followed our own`);
  }
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
      const same = lastHour.filter((past) => past.template === letter.template && past.matter === letter.matter);
      return same.length >= limits.sameMatterPerHour
        ? suppress('a letter of this kind about this matter went out within the hour')
        : send;
    }
    case 'staff': {
      const same = lastHour.filter((past) => past.template === letter.template && past.matter === letter.matter);
      return same.length >= limits.sameMatterPerHour
        ? suppress('a notice about this matter went out within the hour')
        : send;
    }
    default:
      return letter.audience satisfies never;
  }
}
