/**
 * Calls made at the same time share one statement: what is asked while one runs goes into the next. Without load nothing waits,
 * under load one round trip serves many calls (SPEED "levers").
 */

/**
 * `run` answers one for one and in order. Where it fails for several, each is tried alone, so that a bad one does not take
 * the others with it: only what may be done twice may be given to it.
 */
export function coalesce<I, O>(
  run: (batch: readonly I[]) => Promise<readonly O[]>,
  { most = 32, lanes = 1, lingerMs = 3 } = {},
): (one: I) => Promise<O> {
  type Waiting = { one: I; done: (answer: O) => void; failed: (error: unknown) => void };
  const queue: Waiting[] = [];
  let busy = 0;

  async function alone({ one, done, failed }: Waiting): Promise<void> {
    try {
      const answers = await run([one]);
      done(answers[0] as O);
    } catch (error) {
      failed(error);
    }
  }

  async function lane(): Promise<void> {
    for (let last = 0; queue.length > 0; ) {
      // Many at a time are followed by many: what is on its way comes along.
      if (last > 2 && queue.length < last) await new Promise((resolve) => setTimeout(resolve, lingerMs));
      const batch = queue.splice(0, most);
      const [first] = batch;
      last = batch.length;
      if (first && batch.length === 1) {
        await alone(first);
        continue;
      }
      try {
        const answers = await run(batch.map(({ one }) => one));
        batch.forEach(({ done }, i) => {
          done(answers[i] as O);
        });
      } catch {
        for (const each of batch) await alone(each);
      }
    }
    busy -= 1;
  }

  return (one) =>
    new Promise((done, failed) => {
      queue.push({ one, done, failed });
      if (busy >= lanes) return;
      busy += 1;
      // Whatever else is ready in this turn comes along.
      setImmediate(() => void lane());
    });
}
