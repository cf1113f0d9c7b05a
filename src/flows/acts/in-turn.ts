/** One that fails keeps no other from its turn, and comes again. Returns what was thrown, in order. */
export async function inTurn<T>(things: readonly T[], work: (one: T) => Promise<unknown>): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  for (const one of things)
    try {
      await work(one);
    } catch (error) {
      failures.push(error);
    }
  return failures;
}

/** When all have had their turn the clock hears of the first. */
export function throwFirst(failures: readonly unknown[]): void {
  if (failures.length > 0) throw failures[0];
}
