/**
 * One act on many things, one after the other, each judged and committed by itself for whoever asked. What is asked for are rows, so that
 * it goes on in another process where this one ends; an item that a process died in is asked for again, which the act itself refuses where
 * it was done.
 */
import type { AnyAct } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import type { Log } from '../../foundation/log.ts';
import {
  type BulkClaim,
  type BulkItem,
  type BulkRun,
  bulkItems,
  bulkRun,
  claimBulkRun,
  endBulkItem,
  type ItemAtWork,
  insertBulkRun,
  latestBulkRuns,
  leaveBulkRun,
  type NewBulkRun,
  nextBulkItem,
  runningBulkRuns,
  turnBulkRun,
} from '../../store/bulk/bulk-runs.ts';
import type { Database } from '../../store/database.ts';
import type { CommitOutcome } from '../acts/commit.ts';

export type { BulkItem, BulkRun, NewBulkRun };

export type BulkDeps = {
  readonly database: Database;
  readonly acts: readonly AnyAct[];
  readonly log: Log;
  readonly perform: (
    act: string,
    input: unknown,
    how: { by: By; preview: boolean; expect?: string },
  ) => Promise<CommitOutcome>;
};

export type BulkRuns = {
  /** Begins at once; returns its id. Fails with `bad-input` where there is nothing to do, or too much at once. */
  start(run: NewBulkRun): Promise<string>;
  find(id: string): Promise<BulkRun | null>;
  items(id: string, which: 'all' | 'missed'): Promise<readonly BulkItem[]>;
  latest(): Promise<readonly BulkRun[]>;
  /** How many are under way. */
  running(): Promise<number>;
  /** After the item at hand; false where it runs no more. */
  stop(id: string, staff: string): Promise<boolean>;
  resume(id: string, staff: string): Promise<boolean>;
  /** Until what was begun here has nothing to do any more. */
  settled(): Promise<void>;
};

/** More is no work of a list. */
export const mostItems = 5_000;
/** So long an item may take before somebody else may go on. */
const claimSeconds = 60;
/** Then others have their turn. */
const itemsInTurn = 25;

type Ended = Pick<BulkItem, 'state' | 'says' | 'changed'>;

const ended = (outcome: CommitOutcome, again: boolean): Ended => {
  switch (outcome.kind) {
    case 'done':
      return { state: 'done', says: null, changed: outcome.done.changes.length > 0 };
    case 'moved':
    case 'preview':
      return {
        state: 'declined',
        says: 'Something else would follow now than was shown, so it stays as it is.',
        changed: false,
      };
    case 'refused':
      return {
        state: 'declined',
        says: again ? `It may have been done just before this was interrupted: ${outcome.says}` : outcome.says,
        changed: false,
      };
    default:
      return outcome satisfies never;
  }
};

async function doItem(
  { acts, perform, log }: BulkDeps,
  run: BulkClaim,
  { position, input, expect, again }: ItemAtWork,
): Promise<Ended> {
  const act = acts.find(({ name }) => name === run.act);
  const parsed = act?.input.safeParse(input);
  if (!parsed?.success)
    return { state: 'failed', says: 'It was asked for by an older version; ask for it again.', changed: false };
  try {
    const by: By = { kind: 'console', staff: run.staff };
    return ended(await perform(run.act, parsed.data, { by, preview: false, ...(expect && { expect }) }), again);
  } catch (error) {
    // Whatever is away comes back, and the run goes on then.
    if (isFailure(error, 'database-away') || isFailure(error, 'queue-away')) throw error;
    if (isFailure(error)) return { state: 'failed', says: error.message, changed: false };
    log.error({ run: run.id, position, error: String(error) }, 'an item of a run ended in a surprise');
    return { state: 'failed', says: 'Something went wrong with it; the log says what.', changed: false };
  }
}

async function takeTurn(deps: BulkDeps, run: BulkClaim): Promise<number> {
  let count = 0;
  try {
    while (count < itemsInTurn) {
      const item = await nextBulkItem(deps.database, run, claimSeconds);
      if (item === null) break;
      await endBulkItem(deps.database, run, item.position, await doItem(deps, run, item));
      count += 1;
    }
  } finally {
    await leaveBulkRun(deps.database, run);
  }
  return count;
}

/** Whatever runs and is in nobody's hands, until there is none, or so long; says how many items were done. */
export async function workOnBulkRuns(deps: BulkDeps, mostMs = Number.POSITIVE_INFINITY): Promise<number> {
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < mostMs) {
    const run = await claimBulkRun(deps.database, claimSeconds);
    if (run === null) break;
    count += await takeTurn(deps, run);
  }
  return count;
}

export function openBulkRuns(deps: BulkDeps): BulkRuns {
  const { database, log } = deps;
  let working: Promise<unknown> | null = null;
  let more = false;
  /** What fails here is taken up by the clock. */
  function wake(): void {
    more = true;
    working ??= (async () => {
      while (more) {
        more = false;
        await workOnBulkRuns(deps).catch((error: unknown) =>
          log.warn({ error: String(error) }, 'a run over many was interrupted; it goes on by the clock'),
        );
      }
    })().finally(() => {
      working = null;
    });
  }
  return {
    async start(run) {
      if (run.items.length === 0) throw new Failure('bad-input', 'Nothing is chosen.');
      if (run.items.length > mostItems)
        throw new Failure('bad-input', `${run.items.length} are too many at once: choose ${mostItems} at most.`);
      const id = await insertBulkRun(database, run);
      wake();
      return id;
    },
    find: (id) => bulkRun(database, id),
    items: (id, which) => bulkItems(database, id, which),
    latest: () => latestBulkRuns(database, 50),
    running: () => runningBulkRuns(database),
    stop: (id, staff) => turnBulkRun(database, id, { to: 'stopped', staff }),
    async resume(id, staff) {
      const turned = await turnBulkRun(database, id, { to: 'running', staff });
      if (turned) wake();
      return turned;
    },
    async settled() {
      while (working) await working;
    },
  };
}
