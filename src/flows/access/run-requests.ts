/** Does what has become due on requests for access (POLICY §8). */
import { requestsDue } from '../../store/access/requests.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

const mostAtOnce = 200;

/** One that fails keeps no other from its turn, and comes again; the first failure is thrown when all have had theirs. */
export async function runRequests(deps: ActDeps): Promise<number> {
  const failures: unknown[] = [];
  const due = await requestsDue(deps.database, mostAtOnce);
  for (const request of due)
    try {
      await commit(deps, { act: 'run-access-request', input: { request }, by: { kind: 'clock' } });
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
  return due.length;
}
