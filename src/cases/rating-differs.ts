/** Whether a change of contract, site or policy is one for the clock of a case (POLICY §4.6). */
import { weekOf } from '../calendar/working-hours.ts';
import type { Rating } from './rating.ts';

export type RatedBy = 'kind' | 'severity' | 'plan' | 'target' | 'calendar' | 'zone';

const calendarText = ({ counts, hours, ownHolidays, country, state }: Rating): string =>
  JSON.stringify([
    counts,
    weekOf(hours).map(({ text }) => text),
    (ownHolidays ?? []).map(({ add, remove }) => [add, remove]),
    country,
    state ?? '',
  ]);

const targetText = ({ target, bestEffort }: Rating): string =>
  JSON.stringify(['minutes' in target ? target.minutes : [target.businessDays], bestEffort ?? false]);

/** In what two ratings differ; in nothing: there is nothing to rate anew. Hours count as what they are, however written. */
export const ratingDiffers = (before: Rating, after: Rating): RatedBy[] => [
  ...(before.severity === after.severity ? [] : (['severity'] as const)),
  ...(before.plan === after.plan ? [] : (['plan'] as const)),
  ...(targetText(before) === targetText(after) ? [] : (['target'] as const)),
  ...(calendarText(before) === calendarText(after) ? [] : (['calendar'] as const)),
  ...(before.timezone === after.timezone ? [] : (['zone'] as const)),
];
