/** Does what has become due on cases. */
import { casesWithTimers } from '../../store/cases/worked-cases.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

const mostAtOnce = 200;

/** One that fails keeps no other from its turn, and comes again; the first failure is thrown when all have had theirs. */
export async function runTimers(deps: ActDeps): Promise<number> {
  const failures: unknown[] = [];
  const numbers = await casesWithTimers(deps.database, mostAtOnce);
  for (const number of numbers)
    try {
      await commit(deps, { act: 'run-case-timers', input: { case: number }, by: { kind: 'clock' } });
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
  return numbers.length;
}
