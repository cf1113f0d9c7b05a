/** All that ends within the same days is one letter a step (POLICY §10.1). */
import type { EndingContract } from './contracts.ts';

export type Group = {
  /** The earliest end in it, which is its key. */
  readonly group: string;
  /** By their end. */
  readonly items: readonly EndingContract[];
};

/** From the earliest end on; what ends later than the days reach opens the next group. Each contract is in exactly one. */
export function groupsOf(ending: readonly EndingContract[], days: number): Group[] {
  const inOrder = ending.toSorted((a, b) => (a.to === b.to ? (a.id < b.id ? -1 : 1) : a.to < b.to ? -1 : 1));
  const groups: { group: string; until: string; items: EndingContract[] }[] = [];
  for (const one of inOrder) {
    const open = groups.at(-1);
    if (open && one.to < open.until) open.items.push(one);
    else groups.push({ group: one.to, until: daysAfter(one.to, days), items: [one] });
  }
  return groups.map(({ group, items }) => ({ group, items }));
}

const daysAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
