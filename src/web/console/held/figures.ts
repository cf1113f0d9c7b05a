/** How many mails are held, by kind, and since when: for the tabs, the menu and the live stream. */
import type { HeldCount, HeldDesk } from '../../../flows/mail/held-desk.ts';
import { waitsForSomebody } from '../../../intake/held-kinds.ts';
import { relativeTo } from '../frame/times.ts';
import { countShown, type Figures } from '../live/figures.ts';

type Of = Pick<HeldCount, 'count' | 'oldest'>;

const age = (oldest: string): string => relativeTo(Date.now(), Date.parse(oldest)).replace(/ ago$/, '');

/** `12 · 3 h 20 min`: the one that waits longest. */
export const countSaid = ({ count, oldest }: Of): string =>
  oldest === null ? countShown(count) : `${countShown(count)} · ${age(oldest)}`;

/** All that waits for somebody, as one. */
export function together(counts: readonly HeldCount[]): Of {
  const waiting = counts.filter(waitsForSomebody);
  const oldest = waiting.flatMap((one) => one.oldest ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
  return { count: waiting.reduce((sum, one) => sum + one.count, 0), oldest: oldest[0] ?? null };
}

/** `held.count` is how many wait for somebody; the others say since when, too. */
export const figureOf = (kind: string): string => `held.tab.${kind}`;

export const heldFigures =
  ({ counts }: Pick<HeldDesk, 'counts'>) =>
  async (): Promise<Figures> => {
    const found = await counts();
    const all = together(found);
    return {
      'held.count': countShown(all.count),
      [figureOf('all')]: countSaid(all),
      ...Object.fromEntries(found.map((one) => [figureOf(one.name), countSaid(one)])),
    };
  };
