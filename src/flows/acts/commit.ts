/**
 * Judges an act on what stands now, and writes what follows from it in one transaction: rows, case events, audit, letters, all from the same
 * list. Without committing it is the preview. What can be asked for is the list that it is opened with.
 */
import { type AnyAct, type Judged, type Needs, type Records, refused } from '../../acts/act.ts';
import { notFor } from '../../acts/as-staff.ts';
import type { ActName, InputOf } from '../../acts/list.ts';
import { actorOf, type By } from '../../changes/by.ts';
import type { OwnChange } from '../../changes/change.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { insertCase } from '../../store/changes/cases/calls.ts';
import { type Wrote, writeChanges } from '../../store/changes/write.ts';
import { type Database, databaseWithin } from '../../store/database.ts';
import type { LetterRow } from '../../store/letters/letters.ts';
import { loadRecords, takeVersions } from '../../store/records.ts';
import { lockRegistry } from '../../store/registry/registry.ts';
import { type LetterDeps, sendFinished } from '../letters/send.ts';
import { withHashes } from '../pins/codes.ts';
import { withDrawnPins } from '../pins/draw-pin.ts';
import { withWebhookSecrets } from '../webhooks/secrets.ts';
import { asShown, lettersOfAct } from './letters.ts';
import { withNewCase } from './new-case.ts';
import { type Committed, type Preview, shownOf } from './preview.ts';

type Refused = Extract<Judged, { kind: 'refused' }>;
export type CommitOutcome =
  /** `made`: what follows from it is found from these; `wrote`: its letters, by their ids. */
  | {
      readonly kind: 'done';
      readonly done: Committed;
      readonly made: readonly OwnChange[];
      readonly wrote: readonly string[];
    }
  | { readonly kind: 'preview'; readonly preview: Preview; readonly follows: readonly OwnChange[] }
  /** What follows is not what was shown (`expect`): nothing was written. */
  | { readonly kind: 'moved'; readonly preview: Preview }
  | Refused;

export type ActDeps = LetterDeps & { readonly acts: readonly AnyAct[] };

export type ActRequest<Name extends string = string> = {
  readonly act: Name;
  /** Parsed by whoever took it from outside. */
  readonly input: Name extends ActName ? InputOf<Name> : unknown;
  readonly by: By;
  readonly preview?: boolean | undefined;
  /** The fingerprint of the preview that the person was shown. */
  readonly expect?: string | undefined;
  /** Records that take more than the database to be known. */
  readonly load?: (needs: Needs, database: Database) => Promise<LoadedRecords>;
  readonly wrote?: Wrote | undefined;
};
export type LoadedRecords = Records & { readonly now: string };

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

/** With the hashes that came with the letters. A secret that nobody is told is none: then nothing is done. */
function told(changes: readonly OwnChange[], rows: readonly LetterRow[]): readonly OwnChange[] {
  const ready = withHashes(changes, rows);
  const kept = rows.find((row) => row.state === 'suppressed');
  if (ready.length < changes.length) throw new Failure('conflict', kept?.stateReason ?? 'its letter is not written');
  return ready;
}

async function judgeAndWrite(deps: LetterDeps, act: AnyAct, asked: ActRequest): Promise<CommitOutcome> {
  const { input, by, preview = false, expect } = asked;
  const { policy } = deps;
  for (let round = 1; round <= mostRounds; round += 1) {
    const needs = act.needs(input);
    const loaded = await (asked.load?.(needs, deps.database) ?? loadRecords(deps.database, needs, policy));
    const { now, privilegedPin: pin } = loaded;
    const seen = [...loaded.cases, ...(loaded.worked ?? [])];
    const cases = pin ? [...seen, { number: pin.case, id: pin.caseId }] : seen;
    const made = act.judge(input, loaded, { by, now, desk: policy.desk, policy });
    if (made.kind === 'refused') return made;
    const { judged, drawn, asShownBefore } = await withNewCase(deps, made, preview);
    const { changes, letters } = judged;
    const on = drawn ? [...cases, drawn] : cases;
    const { finished, shown } = await lettersOfAct(deps, letters, { actor: actorOf(by), now, cases: on, preview });
    const done = { ...shownOf(judged, shown), fingerprint: asShownBefore(shown) };
    if (preview) return { kind: 'preview', preview: { preview, ...done }, follows: changes };
    if (expect !== undefined && expect !== done.fingerprint)
      return { kind: 'moved', preview: { preview: true, ...done } };
    if (changes.length === 0 && letters.length === 0) return { kind: 'done', done, made: [], wrote: [] };
    const written = await orJudgeAgain(
      sendFinished(deps, finished, async (tx, write) => {
        const again = new Failure('facts-stale', 'what was judged on has changed');
        if (!(await takeVersions(tx, loaded))) throw again;
        // Letters stand on their case.
        for (const change of changes) if (change.kind === 'case-entered') await insertCase(tx, change);
        const rows = await write();
        if (!asShown(rows, shown)) throw again;
        const pins = await withDrawnPins(tx, told(changes, rows), policy);
        const ready = withWebhookSecrets(pins, deps.vault);
        const made = await writeChanges(tx, ready, rows, asked.wrote);
        return { made, wrote: rows.map((row) => row.id) };
      }),
    );
    if (written === null) continue;
    return 'kind' in written ? written : { kind: 'done', done, ...written };
  }
  throw new Failure('conflict', `what ${act.name} is about changes all the time; try again`);
}

const locks = { registry: lockRegistry } satisfies Record<NonNullable<AnyAct['lock']>, unknown>;

/** Under the lock of an act its records are loaded, judged and written in the one transaction that holds it. */
export async function commit<Name extends string>(deps: ActDeps, asked: ActRequest<Name>): Promise<CommitOutcome> {
  const act = deps.acts.find((one) => one.name === asked.act);
  if (!act) return refused('not-found', `There is no act ${asked.act}.`);
  const barred = notFor(act, { by: asked.by, desk: deps.policy.desk });
  if (barred) return barred;
  const { lock } = act;
  if (!lock || asked.preview) return judgeAndWrite(deps, act, asked);
  const outcome = await deps.database.transaction(async (tx) => {
    await locks[lock](tx);
    return judgeAndWrite({ ...deps, database: databaseWithin(deps.database, tx) }, act, asked);
  });
  deps.relay.wake();
  return outcome;
}
