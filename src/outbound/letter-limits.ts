/** POLICY §3 "Letters, how many". Counts are of letters that went out or will; what is suppressed is recorded and not counted. */
import { type Addressed, type Fate, isMarked, isQuestion, type LetterTemplate } from './letter.ts';
import type { LetterPolicy } from './policy.ts';

export type Past = {
  readonly template: string;
  readonly matter: string /** ISO 8601 */;
  readonly at: string;
  readonly followsOwn: boolean;
  readonly suppressed: boolean;
  /** The mail that it was about has been settled since: it counts for no loop any more. */
  readonly settled?: boolean;
};

export type History = {
  /** Letters of the last 24 hours to this person. */
  readonly letters: readonly Past[];
  readonly strangersHour: number;
  readonly strangersDay: number;
};

/**
 * Letters are counted over the last `dayHours`; what each was about is looked at within `hourHours`. A notice that goes once a day is
 * looked for a little longer: a day has 25 hours where clocks are set back.
 */
export const hourHours = 1;
export const dayHours = 24;
export const onceADayHours = 25;

/** Our people are told of privileged PINs that were not used in one letter in so many hours. */
export const toldEveryHours = 1;

const hourMs = hourHours * 3_600_000;
const send: Fate = { kind: 'send' };
const suppress = (why: string): Fate => ({ kind: 'suppress', why });

/** Whether somebody at the customer may be asked now; what cannot be asked yet is gathered in the next letter. */
export function mayBeAsked(letters: readonly Past[], policy: LetterPolicy, now: string): boolean {
  const { questionsPerHour, questionsPerDay } = policy.letters;
  const asked = letters.filter((past) => past.template === 'sender-question' && !past.suppressed);
  const lastHour = asked.filter((past) => Date.parse(now) - Date.parse(past.at) < hourMs);
  return lastHour.length < questionsPerHour && asked.length < questionsPerDay;
}

/** Acknowledgements that the letter which sums up looks for. */
export const overLimit: Fate = {
  kind: 'suppress',
  why: 'over the number of acknowledgements: one letter sums up',
  code: 'over-limit',
};
export const afterRenewal: Fate = {
  kind: 'suppress',
  why: 'the contract was renewed: one letter sums up',
  code: 'after-renewal',
};

/** What its matter begins with, the day being part of it (POLICY §2.4). */
export const onceADay = 'under-covered:';

type ToJudge = Addressed & { readonly template: LetterTemplate };

/** What counts for one letter; `now` is ISO 8601. */
function countsFor(letter: Pick<ToJudge, 'template' | 'matter'>, history: History, now: string) {
  const within = (past: Past) => Date.parse(now) - Date.parse(past.at) < hourMs;
  const sent = history.letters.filter((past) => !past.suppressed);
  const kind = sent.filter((past) => past.template === letter.template);
  // Whatever letter asks the same question: the first one, and those that ask again.
  const question = isQuestion(letter.template)
    ? sent.filter((past) => isQuestion(past.template) && past.matter === letter.matter)
    : [];
  return {
    kind: kind.length,
    kindHour: kind.filter(within).length,
    matterHour: kind.filter((past) => past.matter === letter.matter && within(past)).length,
    // All of them, also those that could not yet be known for the first of a loop: its end is after three letters in all.
    loop: kind.filter((past) => !past.settled).length,
    question: question.length,
    questionHour: question.filter(within).length,
  };
}

/**
 * Whether this letter is the last one for a while where nothing new comes: it says so (POLICY §3), so that nobody meets silence unprepared.
 * `repeats`: it asks for something or refuses, so that the same mail may bring it again.
 */
export function lastOf(
  letter: ToJudge,
  repeats: boolean,
  history: History,
  policy: LetterPolicy,
  now: string,
): 'hour' | 'day' | null {
  if (letter.audience !== 'contact') return null;
  const { letters: limits } = policy;
  const counts = countsFor(letter, history, now);
  if ((letter.followsOwn || repeats) && counts.loop + 1 >= limits.loopPerDay) return 'day';
  if (!isQuestion(letter.template)) return null;
  if (counts.question + 1 >= limits.sameQuestionPerDay) return 'day';
  return counts.questionHour + 1 >= limits.sameQuestionPerHour ? 'hour' : null;
}

/** `now` is ISO 8601. */
export function fateOf(letter: ToJudge, history: History, policy: LetterPolicy, now: string): Fate {
  const { letters: limits } = policy;
  if (isMarked(letter.template, 'unlimited')) return send;
  const counts = countsFor(letter, history, now);
  if (letter.audience !== 'staff' && letter.followsOwn && counts.loop >= limits.loopPerDay)
    return suppress(
      `a loop: ${counts.loop} letters of this kind have gone there in 24 hours, and nothing new has come`,
    );
  switch (letter.audience) {
    case 'stranger':
      if (counts.kind >= limits.receiptsPerStrangerDay) return suppress('this address has had its receipt today');
      if (history.strangersHour >= limits.strangersPerHour)
        return suppress('the number of letters an hour to addresses not on record is reached');
      if (history.strangersDay >= limits.strangersPerDay)
        return suppress('the number of letters a day to addresses not on record is reached');
      return send;
    case 'contact': {
      const full = counts.kindHour >= limits.acknowledgementsPerHour || counts.kind >= limits.acknowledgementsPerDay;
      if (letter.template === 'acknowledgement') return full ? overLimit : send;
      if (isQuestion(letter.template)) {
        if (counts.questionHour >= limits.sameQuestionPerHour)
          return suppress('this question was asked often enough within the hour');
        if (counts.question >= limits.sameQuestionPerDay) return suppress('this question was asked often enough today');
      } else if (counts.matterHour >= limits.sameMatterPerHour)
        return suppress('a letter of this kind about this matter went out within the hour');
      // Anybody can write in a contact's name where grades are not looked at: their box is not to be filled through us.
      return full ? suppress('the number of letters of this kind to this address is reached') : send;
    }
    case 'staff': {
      const { matter } = letter;
      if (letter.template === 'staff-answer')
        return counts.kindHour >= limits.staffAnswersPerHour
          ? suppress('the number of letters an hour about their own answers is reached')
          : send;
      if (matter.startsWith(onceADay) && history.letters.some((past) => !past.suppressed && past.matter === matter))
        return suppress('a notice about this site went out today');
      return counts.matterHour >= limits.sameMatterPerHour
        ? suppress('a notice about this matter went out within the hour')
        : send;
    }
    default:
      return letter.audience satisfies never;
  }
}
