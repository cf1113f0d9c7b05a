/** Figures by name as they are shown: `{ 'held.count': '12' }`. */
export type Figures = Readonly<Record<string, string>>;

/** Counted with a limit of one more than `mostCounted`, which says that there are more. */
export { counted as countShown } from '../../../upkeep/overview/words.ts';
