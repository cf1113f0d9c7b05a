/** Figures by name as they are shown: `{ 'held.count': '12' }`. */
export type Figures = Readonly<Record<string, string>>;

export const mostCounted = 10_000;

/** Counted with a limit of one more than `mostCounted`, which says that there are more. */
export const countShown = (count: number): string => (count > mostCounted ? '10,000+' : count.toLocaleString('en-GB'));
