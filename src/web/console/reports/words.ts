/** Figures and kinds of the reports in words. */
import type { CaseSums, Dimension } from '../../../flows/reports/report-pages.ts';
import { dayShown } from '../customers/words.ts';
import { titleOf } from '../held/words.ts';

export const dimensionWords: Readonly<Record<Dimension, string>> = {
  week: 'Week',
  severity: 'Severity',
  plan: 'Plan',
  site: 'Site',
  engineer: 'Engineer',
};

/** What a letter asks of a customer, by the kind that its answer is known by. */
const questionWords: Readonly<Record<string, string>> = {
  'missing-pin': 'The PIN, which the mail lacked',
  code: 'A code once more',
  'own-case': 'Whether it is a case of its own',
  senders: 'Whether somebody belongs to them',
  confirm: 'To confirm by a code',
  solved: 'Whether it is solved',
  satisfaction: 'How it was',
  attest: 'Who stays on record',
  contacts: 'Whether the list of contacts is right',
  'verify-access': 'Whether the address is theirs',
  'decide-access': 'Whether somebody may have access',
};
export const questionSays = (kind: string): string => questionWords[kind] ?? kind.replaceAll('-', ' ');
export const heldSays = titleOf;

export const keySays = (by: Dimension, key: string): string => {
  if (by === 'severity') return `Severity ${key}`;
  if (by === 'plan') return key === '' ? 'No clock' : key;
  if (by === 'engineer') return key === '' ? 'Nobody' : key;
  if (by === 'week') return dayShown(key);
  return key;
};

/** Reports count to the last one. */
export const exact = (count: number): string => count.toLocaleString('en-GB');

/** Of 100, whole; a dash where there is nothing to be a share of. */
export const percent = (part: number, of: number): string => (of === 0 ? '–' : `${Math.round((100 * part) / of)} %`);

/** `35 min`, `3 h 20 min`, `2 d 4 h`: of the hours in which the clock counts. */
export function minutesSay(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  if (hours < 48) return whole % 60 === 0 ? `${hours} h` : `${hours} h ${whole % 60} min`;
  return `${exact(hours)} h`;
}

export const inTime = ({ promised, late }: Pick<CaseSums, 'promised' | 'late'>): number => promised - late;

export const averageMinutes = ({ minutes, answered }: Pick<CaseSums, 'minutes' | 'answered'>): number | null =>
  answered === 0 ? null : minutes / answered;

export const scoresOf = (sums: CaseSums): readonly number[] => [
  ...[sums.score_1, sums.score_2, sums.score_3, sums.score_4, sums.score_5],
];
export function scoreOf(sums: CaseSums): {
  readonly answers: number;
  readonly average: number | null;
  readonly good: number;
} {
  const scores = scoresOf(sums);
  const answers = scores.reduce((all, one) => all + one, 0);
  const points = scores.reduce((all, one, i) => all + one * (i + 1), 0);
  return { answers, average: answers === 0 ? null : points / answers, good: sums.score_4 + sums.score_5 };
}

export const none: CaseSums = {
  ...{ opened: 0, promised: 0, answered: 0, late: 0, minutes: 0 },
  ...{ score_1: 0, score_2: 0, score_3: 0, score_4: 0, score_5: 0 },
};
export function summed(all: readonly CaseSums[]): CaseSums {
  const sums: { -readonly [K in keyof CaseSums]: number } = { ...none };
  for (const one of all) for (const name of Object.keys(none) as (keyof CaseSums)[]) sums[name] += one[name];
  return sums;
}
