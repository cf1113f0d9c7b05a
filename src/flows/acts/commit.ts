/**
 * Judges an act on what stands now, and writes what follows from it in one transaction: rows, case events, audit, all from the same list of
 * changes. Without committing it is the preview.
 */
import { createHash } from 'node:crypto';
import type { Act, ActLetter, Judged, Needs, Records } from '../../acts/act.ts';
import type { Trial } from '../../acts/mail/records.ts';
import type { By } from '../../changes/by.ts';
import { type Change, sentenceOf } from '../../changes/change.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Database, Tx } from '../../store/database.ts';
import { loadRecords, takeVersions } from '../../store/records.ts';

export type Preview = {
  readonly preview: true;
  /** Of changes and letters; the same as long as the same would follow. */
  readonly fingerprint: string;
  readonly changes: readonly { readonly change: Change['kind']; readonly says: string }[];
  readonly letters: readonly ActLetter[];
  /** Of the mails that are put back: what each would be decided. */
  readonly decisions?: readonly Trial[];
  /** So many more are not listed. */
  readonly more?: number;
};
export type Committed = Omit<Preview, 'preview'>;
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
  | Extract<Judged, { kind: 'refused' }>;

export type Asked<Input> = {
  readonly act: Act<Input>;
  readonly input: Input;
  readonly by: By;
  readonly preview?: boolean | undefined;
  /** The fingerprint of the preview that the person was shown. */
  readonly expect?: string | undefined;
  /** Records that take more than the database to be known. */
  readonly load?: (needs: Needs) => Promise<Loaded>;
  /** What is made ready before the transaction, such as letters, and written in it. */
  readonly prepare?: Prepare | undefined;
};
export type Loaded = Records & { readonly now: string };
export type Prepare = (loaded: Loaded, changes: readonly Change[]) => Promise<(tx: Tx) => Promise<readonly string[]>>;

const mostRounds = 5;

/** Without what only this moment has: its time, and the versions that it was judged on. */
function fingerprintOf(changes: readonly Change[], ...more: readonly unknown[]): string {
  const lasting = changes.map((change) => ({ ...change, at: '', versionNo: 0, fence: '' }));
  return createHash('sha256')
    .update(JSON.stringify([lasting, ...more]))
    .digest('hex')
    .slice(0, 32);
}

/** What a person is told; `facts-stale` is judged again. */
const refusals = ['not-found', 'conflict', 'bad-input'] as const;

/** Null where a record has moved on, and nothing was written. */
async function write(
  database: Database,
  records: Records,
  changes: readonly Change[],
  also: ((tx: Tx) => Promise<readonly string[]>) | undefined,
): Promise<readonly string[] | Extract<Judged, { kind: 'refused' }> | null> {
  try {
    return await database.transaction(async (tx) => {
      if (!(await takeVersions(tx, records))) return null;
      await writeChanges(tx, changes);
      return also ? also(tx) : [];
    });
  } catch (error) {
    if (isFailure(error, 'facts-stale')) return null;
    const why = refusals.find((one) => isFailure(error, one));
    if (why && isFailure(error)) return { kind: 'refused', why, says: error.message };
    throw error;
  }
}

export async function commit<Input>(database: Database, asked: Asked<Input>): Promise<Outcome> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const needs = asked.act.needs(asked.input);
    const loaded = await (asked.load ? asked.load(needs) : loadRecords(database, needs));
    const judged = asked.act.judge(asked.input, loaded, { by: asked.by, now: loaded.now });
    if (judged.kind === 'refused') return judged;
    const { changes, letters, decisions, more } = judged;
    const shown: Committed = {
      fingerprint: fingerprintOf(changes, letters, ...(decisions ? [decisions, more] : [])),
      changes: changes.map((change) => ({ change: change.kind, says: sentenceOf(change) })),
      letters,
      ...(decisions && { decisions }),
      ...(more && { more }),
    };
    const preview: Preview = { preview: true, ...shown };
    if (asked.preview) return { kind: 'preview', preview };
    if (asked.expect !== undefined && asked.expect !== shown.fingerprint) return { kind: 'moved', preview };
    const wrote =
      changes.length === 0 ? [] : await write(database, loaded, changes, await asked.prepare?.(loaded, changes));
    if (wrote === null) continue;
    return 'kind' in wrote ? wrote : { kind: 'done', done: shown, made: changes, wrote };
  }
  throw new Failure('conflict', `what ${asked.act.name} is about changes all the time; try again`);
}
