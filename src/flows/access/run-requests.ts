/** Does what has become due on requests for access (POLICY §8). */
import { requestsDue } from '../../store/access/requests.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const mostAtOnce = 200;

export async function runRequests(deps: ActDeps): Promise<number> {
  const due = await requestsDue(deps.database, mostAtOnce);
  throwFirst(
    await inTurn(due, (request) =>
      commit(deps, { act: 'run-access-request', input: { request }, by: { kind: 'clock' } }),
    ),
  );
  return due.length;
}
