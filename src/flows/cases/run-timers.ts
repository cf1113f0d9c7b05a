/** Does what has become due on cases. */
import { casesWithTimers } from '../../store/cases/worked-cases.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const mostAtOnce = 200;

export async function runTimers(deps: ActDeps): Promise<number> {
  const numbers = await casesWithTimers(deps.database, mostAtOnce);
  throwFirst(
    await inTurn(numbers, (number) =>
      commit(deps, { act: 'run-case-timers', input: { case: number }, by: { kind: 'clock' } }),
    ),
  );
  return numbers.length;
}
