/** How it was, as a customer says after the close (POLICY §6.1): which of several answers to one letter counts. */
export const scores = [1, 2, 3, 4, 5] as const;
export type Score = (typeof scores)[number];

export type SatisfactionAnswer = {
  readonly score: Score;
  /** ISO 8601. */
  readonly at: string;
  readonly by: 'mail' | 'page';
};

/** Two different answers on the page within this time are those of a program that tries every button. */
const scannerMs = 60_000;
const changeMindMs = 24 * 3_600_000;

const apart = (a: SatisfactionAnswer, b: SatisfactionAnswer): number => Math.abs(Date.parse(a.at) - Date.parse(b.at));

function countable(answers: readonly SatisfactionAnswer[]): readonly SatisfactionAnswer[] {
  const byPerson = (one: SatisfactionAnswer) =>
    one.by === 'mail' ||
    !answers.some((other) => other.by === 'page' && other.score !== one.score && apart(one, other) < scannerMs);
  return answers.filter(byPerson).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The last answer within a day of the first; null where none counts. */
export function satisfactionOf(answers: readonly SatisfactionAnswer[]): SatisfactionAnswer | null {
  const all = countable(answers);
  const [first] = all;
  return first ? (all.findLast((one) => apart(first, one) <= changeMindMs) ?? null) : null;
}

/** Whether an answer of this moment would still count. */
export function mayAnswer(answers: readonly SatisfactionAnswer[], now: string): boolean {
  const [first] = countable(answers);
  return first === undefined || Date.parse(now) - Date.parse(first.at) <= changeMindMs;
}
