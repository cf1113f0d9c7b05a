/** Figures of letters that follow the live stream. */
import type { Letters } from '../../../flows/letters/shown-letter.ts';
import { countShown, type Figures } from '../live/figures.ts';

export async function letterFigures(letters: Pick<Letters, 'counts'>): Promise<Figures> {
  const counts = await letters.counts();
  return {
    'letters.newest': String(counts.newest),
    'letters.notArrived': countShown(counts.unsettled),
    'letters.waiting': countShown(counts.waiting),
    'letters.queued': countShown(counts.queued),
    'letters.unknown': countShown(counts.unknown),
  };
}
