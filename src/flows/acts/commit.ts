/**
 * Judges an act on what stands now, and writes what follows from it in one transaction: rows, case events, audit, letters, all from the same
 * list. Without committing it is the preview.
 */
import type { Act, Judged, Needs, Records } from '../../acts/act.ts';
import { actorOf, type By } from '../../changes/by.ts';
import type { Change } from '../../changes/change.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { writeChanges } from '../../store/changes/write.ts';
import { loadRecords, takeVersions } from '../../store/records.ts';
import { type LetterDeps, sendFinished } from '../letters/send.ts';
import { asShown, lettersOf } from './letters.ts';
import { type Committed, type Preview, shownOf } from './preview.ts';

type Refused = Extract<Judged, { kind: 'refused' }>;
export type Outcome =
  /** `made`: what follows from it is found from these; `wrote`: its letters, by their ids. */
  | {
      readonly kind: 'done';
      readonly done: Committed;
      readonly made: readonly Change[];
      readonly wrote: readonly string[];
    }
  | { readonly kind: 'preview'; readonly preview: Preview }
  /** What follows is not what was shown (`expect`): nothing was written. */
  | { readonly kind: 'moved'; readonly preview: Preview }
  | Refused;

export type Asked<Input> = {
  readonly act: Act<Input>;
  readonly input: Input;
  readonly by: By;
  readonly preview?: boolean | undefined;
  /** The fingerprint of the preview that the person was shown. */
  readonly expect?: string | undefined;
  /** Records that take more than the database to be known. */
  readonly load?: (needs: Needs) => Promise<Loaded>;
};
export type Loaded = Records & { readonly now: string };

const mostRounds = 5;

/** What a person is told; `facts-stale` is judged again. */
const refusals = ['not-found', 'conflict', 'bad-input'] as const;

/** Null where a record has moved on, and nothing was written. */
async function orJudgeAgain<T>(work: Promise<T>): Promise<T | Refused | null> {
  try {
    return await work;
  } catch (error) {
    if (isFailure(error, 'facts-stale')) return null;
    const why = refusals.find((one) => isFailure(error, one));
    if (why && isFailure(error)) return { kind: 'refused', why, says: error.message };
    throw error;
  }
}

export async function commit<Input>(deps: LetterDeps, asked: Asked<Input>): Promise<Outcome> {
  const { act, input, by, preview = false, expect } = asked;
  const { desk } = deps.policy;
  for (let round = 1; round <= mostRounds; round += 1) {
    const needs = act.needs(input);
    const loaded = await (asked.load ? asked.load(needs) : loadRecords(deps.database, needs));
    const { now, cases } = loaded;
    const judged = act.judge(input, loaded, { by, now, desk });
    if (judged.kind === 'refused') return judged;
    const { changes, letters } = judged;
    const { finished, shown } = await lettersOf(deps, letters, { actor: actorOf(by), now, cases, preview });
    const done = shownOf(judged, shown);
    if (preview) return { kind: 'preview', preview: { preview, ...done } };
    if (expect !== undefined && expect !== done.fingerprint)
      return { kind: 'moved', preview: { preview: true, ...done } };
    if (changes.length === 0 && letters.length === 0) return { kind: 'done', done, made: [], wrote: [] };
    const wrote = await orJudgeAgain(
      sendFinished(deps, finished, async (tx, write) => {
        const again = new Failure('facts-stale', 'what was judged on has changed');
        if (!(await takeVersions(tx, loaded))) throw again;
        const rows = await write();
        if (!asShown(rows, shown)) throw again;
        await writeChanges(tx, changes, rows);
        return rows.map((row) => row.id);
      }),
    );
    if (wrote === null) continue;
    return 'kind' in wrote ? wrote : { kind: 'done', done, made: changes, wrote };
  }
  throw new Failure('conflict', `what ${act.name} is about changes all the time; try again`);
}
