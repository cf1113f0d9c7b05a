/** Letters about the end of full support (POLICY §10.6): what is planned and due is found in rows, and each is an act of its own. */
import { dueSupportEnds } from '../../store/announcements/support-ends.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const by = { kind: 'clock' } as const;

/** Returns how many were started, or left out. What was started is sent as every announcement is. */
export async function runSupportEnds(deps: ActDeps): Promise<number> {
  if ((await dueSupportEnds(deps.database)) === null) return 0;
  await commit(deps, { act: 'plan-support-ends', input: {}, by });
  const due = (await dueSupportEnds(deps.database)) ?? [];
  throwFirst(await inTurn(due, (id) => commit(deps, { act: 'start-support-end', input: { id }, by })));
  return due.length;
}
