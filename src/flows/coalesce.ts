/**
 * Calls that come at the same time share one statement: what comes while one runs waits for the next. At rest nothing waits,
 * under load a round trip serves many (SPEED "levers").
 */

/**
 * `run` answers one for one and in order. Where it fails for several, each is tried alone, so that a bad one does not take
 * the others with it: only what may be done twice may be given to it.
 */
export function coalesce<I, O>(
  run: (batch: readonly I[]) => Promise<readonly O[]>,
  { most = 32, lanes = 1 } = {},
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
    while (queue.length > 0) {
      const batch = queue.splice(0, most);
      const [first] = batch;
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
