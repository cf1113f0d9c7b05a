/**
 * Judges an act on what stands now, and writes what follows from it in one transaction: rows, case events, audit, all from the same list of
 * changes. Without committing it is the preview.
 */
import { createHash } from 'node:crypto';
import type { Act, ActLetter, Judged } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import { type Change, sentenceOf } from '../../changes/change.ts';
import { Failure } from '../../foundation/failure.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Database } from '../../store/database.ts';
import { loadRecords, takeVersions } from '../../store/records.ts';

export type Preview = {
  readonly preview: true;
  /** Of changes and letters; the same as long as the same would follow. */
  readonly fingerprint: string;
  readonly changes: readonly { readonly change: Change['kind']; readonly says: string }[];
  readonly letters: readonly ActLetter[];
};
export type Committed = Omit<Preview, 'preview'>;
export type Outcome =
  | { readonly kind: 'done'; readonly done: Committed }
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
};

const mostRounds = 5;

/** Without what only this moment has: its time, and the versions that it was judged on. */
function fingerprintOf(changes: readonly Change[], letters: readonly ActLetter[]): string {
  const lasting = changes.map((change) => ({ ...change, at: '', versionNo: 0, fence: '' }));
  return createHash('sha256')
    .update(JSON.stringify([lasting, letters]))
    .digest('hex')
    .slice(0, 32);
}

export async function commit<Input>(database: Database, asked: Asked<Input>): Promise<Outcome> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const { now, ...records } = await loadRecords(database, asked.act.needs(asked.input));
    const judged = asked.act.judge(asked.input, records, { by: asked.by, now });
    if (judged.kind === 'refused') return judged;
    const { changes, letters } = judged;
    const shown: Committed = {
      fingerprint: fingerprintOf(changes, letters),
      changes: changes.map((change) => ({ change: change.kind, says: sentenceOf(change) })),
      letters,
    };
    const preview: Preview = { preview: true, ...shown };
    if (asked.preview) return { kind: 'preview', preview };
    if (asked.expect !== undefined && asked.expect !== shown.fingerprint) return { kind: 'moved', preview };
    const written = await database.transaction(async (tx) => {
      if (!(await takeVersions(tx, records))) return false;
      await writeChanges(tx, changes);
      return true;
    });
    if (written) return { kind: 'done', done: shown };
  }
  throw new Failure('conflict', `what ${asked.act.name} is about changes all the time; try again`);
}
