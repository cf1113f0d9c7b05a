/** How many requests for access wait for somebody: for the menu and the tabs. */
import type { AccessDesk } from '../../../flows/access/access-desk.ts';
import { countShown, type Figures } from '../live/figures.ts';
import { openStates, tabOrder } from './words.ts';

export async function accessFigures({ counts }: Pick<AccessDesk, 'counts'>): Promise<Figures> {
  const all = await counts();
  return {
    'access.open': countShown(openStates.reduce((sum, name) => sum + all[name], 0)),
    ...Object.fromEntries(tabOrder.map((name) => [`access.${name}`, countShown(all[name])])),
  };
}
