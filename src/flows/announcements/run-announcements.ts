/** Announcements under way (POLICY §10.6): recipients are gathered and written to a few at a time, each time in a commit of its own. */
import type { AnnouncementChange } from '../../changes/announcements/announcements.ts';
import { type RunningAnnouncement, runningAnnouncements } from '../../store/announcements/list-announcements.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

export type { ListedAnnouncement } from '../../store/announcements/list-announcements.ts';

/** Of one announcement, before the others have their turn. */
const mostSteps = 10;
/** Fewer letters are waited for: one by itself costs as much as many. */
const fewestLetters = 100;
/** Milliseconds until it is looked again whether letters have left, twice as long each time in vain. */
const [shortestWait, longestWait] = [25, 800];
const by = { kind: 'clock' } as const;

type StepAct = 'gather-recipients' | 'send-announcement';

/** Whether there was something to do. */
async function step(deps: ActDeps, act: StepAct, id: string): Promise<boolean> {
  const done = await commit(deps, { act, input: { id }, by });
  if (done.kind !== 'done') return false;
  const [change] = done.made as readonly AnnouncementChange[];
  return change !== undefined && change.kind !== 'announcement-turned';
}

async function stepsOf(deps: ActDeps, act: StepAct, id: string): Promise<number> {
  let steps = 0;
  while (steps < mostSteps && (await step(deps, act, id))) steps += 1;
  return steps;
}

/** Nobody is written to before all are found: somebody at two sites has one letter, with the cases of both. */
async function goOn(deps: ActDeps, { id, gathered }: RunningAnnouncement): Promise<number> {
  const found = gathered ? 0 : await stepsOf(deps, 'gather-recipients', id);
  return found === mostSteps ? found : found + (await stepsOf(deps, 'send-announcement', id));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Writes as many letters as may wait to go out; for `goOnFor` milliseconds further ones as those leave, so that the mail server always has
 * some while no answer to anybody has many of them before it. Returns how many announcements it was about.
 */
export async function runAnnouncements(deps: ActDeps, { goOnFor = 0 } = {}): Promise<number> {
  const until = performance.now() + goOnFor;
  const seen = new Set<string>();
  for (let [first, wait] = [true, shortestWait]; ; first = false) {
    const running = await runningAnnouncements(deps.database);
    for (const { id } of running) seen.add(id);
    const ready = running.filter(({ open, room }) => first || !open || room >= fewestLetters);
    let steps = 0;
    throwFirst(
      await inTurn(ready, async (one) => {
        steps += await goOn(deps, one);
      }),
    );
    const left = until - performance.now();
    if (left <= 0 || (steps === 0 && !running.some(({ open }) => open))) return seen.size;
    if (steps === 0) await pause(Math.min(wait, left));
    wait = steps > 0 ? shortestWait : Math.min(2 * wait, longestWait);
  }
}
