/** Limits how many tasks run at once; the others wait in order. Once closed, new tasks are refused. */
export function slots(many: number): { take<T>(work: () => Promise<T>): Promise<T>; close(refuse: () => Error): void } {
  let free = many;
  let refused: (() => Error) | null = null;
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  const takeSlot = (): Promise<void> | void => {
    if (refused) throw refused();
    if (free > 0) free -= 1;
    else return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };

  return {
    async take(work) {
      await takeSlot();
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next.resolve();
        else free += 1;
      }
    },
    close(refuse) {
      refused = refuse;
      for (const one of waiting.splice(0)) one.reject(refuse());
    },
  };
}
