/** Announcements under way (POLICY §10.6): recipients are gathered and written to a few at a time, each time in a commit of its own. */
import type { AnnouncementChange } from '../../changes/announcements/announcements.ts';
import { runningAnnouncements } from '../../store/announcements/list-announcements.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

export type { ListedAnnouncement } from '../../store/announcements/list-announcements.ts';

/** Of one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const mostSteps = 40;
const by = { kind: 'clock' } as const;

/** Whether there was something to do. */
async function step(deps: ActDeps, act: 'gather-recipients' | 'send-announcement', id: string): Promise<boolean> {
  const done = await commit(deps, { act, input: { id }, by });
  if (done.kind !== 'done') return false;
  const [change] = done.made as readonly AnnouncementChange[];
  return change !== undefined && change.kind !== 'announcement-turned';
}

async function run(deps: ActDeps, { id, gathered }: { id: string; gathered: boolean }): Promise<void> {
  let steps = 0;
  if (!gathered) while (steps < mostSteps && (await step(deps, 'gather-recipients', id))) steps += 1;
  while (steps < mostSteps && (await step(deps, 'send-announcement', id))) steps += 1;
}

export async function runAnnouncements(deps: ActDeps): Promise<number> {
  const running = await runningAnnouncements(deps.database);
  throwFirst(await inTurn(running, (one) => run(deps, one)));
  return running.length;
}
