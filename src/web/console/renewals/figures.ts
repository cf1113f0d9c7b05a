/** How many letters about renewals go out, and wait for somebody: for the tabs. */
import type { RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import { countShown, type Figures } from '../live/figures.ts';

export async function renewalFigures({ counts }: Pick<RenewalDesk, 'counts'>): Promise<Figures> {
  const all = await counts();
  return Object.fromEntries(Object.entries(all).map(([view, count]) => [`renewals.${view}`, countShown(count)]));
}
