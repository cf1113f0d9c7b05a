/** Cases of before the upgrade that brought the timers are taken over once (POLICY §11.6). */
import { anyBehind } from '../../store/cases/cases-behind.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

export async function takeOverCases(deps: ActDeps): Promise<void> {
  if (await anyBehind(deps.database)) await commit(deps, { act: 'take-over-cases', input: {}, by: { kind: 'clock' } });
}
