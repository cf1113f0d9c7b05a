/**
 * Judges an act on what stands now, and writes what follows from it in one transaction: rows, case events, audit, letters, all from the same
 * list. Without committing it is the preview.
 */
import { createHash } from 'node:crypto';
import type { Act, ActLetter, CaseRecord, Judged } from '../../acts/act.ts';
import { actorOf, type By } from '../../changes/by.ts';
import { type Change, sentenceOf } from '../../changes/change.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { writeChanges } from '../../store/changes/write.ts';
import { readHistory } from '../../store/letter-history.ts';
import type { LetterRow } from '../../store/letters.ts';
import { loadRecords, takeVersions } from '../../store/records.ts';
import { withCodes } from '../codes.ts';
import { type Finished, finish, type LetterDeps, sendFinished } from '../letters/send.ts';
import { heldBack, historyOf } from '../letters/within-limits.ts';
import { withPins } from '../privileged-secrets.ts';

export type LetterShown = {
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  /** Why it is on record only: the numbers of letters keep it back. */
  readonly heldBack: string | null;
};

export type Preview = {
  readonly preview: true;
  /** Of changes and letters; the same as long as the same would follow. */
  readonly fingerprint: string;
  readonly changes: readonly { readonly change: Change['kind']; readonly says: string }[];
  readonly letters: readonly LetterShown[];
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
function fingerprintOf(changes: readonly Change[], letters: readonly LetterShown[]): string {
  const lasting = changes.map((change) => ({ ...change, at: '', versionNo: 0, fence: '' }));
  const shown = letters.map((letter) => ({ ...letter, heldBack: letter.heldBack !== null }));
  return createHash('sha256')
    .update(JSON.stringify([lasting, shown]))
    .digest('hex')
    .slice(0, 32);
}

const shownOf = (rows: readonly LetterRow[]): LetterShown[] =>
  rows.map(({ template, to, subject, stateReason }) => ({ template, to, subject, heldBack: stateReason }));

/** As rows, each on the case that it is about where the act has seen it, and as many held back as would be by what stands now. */
async function lettersOf(
  deps: LetterDeps,
  letters: readonly ActLetter[],
  given: { actor: string; now: string; cases: readonly CaseRecord[]; drawn: boolean },
): Promise<{ finished: Finished; shown: readonly LetterShown[] }> {
  const { actor, now, cases, drawn } = given;
  const occasion = { actor, now };
  if (letters.length === 0) return { finished: { planned: [], rows: [], occasion }, shown: [] };
  const planned = withPins(withCodes(letters));
  const { rows } = await deps.database.ask((db) => finish(deps, drawn ? db : null, planned, occasion));
  const caseOf = (i: number) => cases.find((one) => one.number === letters[i]?.case)?.id ?? null;
  const finished = { planned, rows: rows.map((row, i) => ({ ...row, caseId: caseOf(i) })), occasion };
  const history = await deps.database.ask((db) => historyOf(db, rows, readHistory));
  return { finished, shown: shownOf(heldBack(planned, rows, history, { policy: deps.policy, now })) };
}

/** Its letters and theirs would meet the same fate: what was shown is what is written. */
const sameFate = (written: readonly LetterRow[], shown: readonly LetterShown[]): boolean =>
  written.every((row, i) => (row.state === 'suppressed') === (shown[i]?.heldBack !== null));

export async function commit<Input>(deps: LetterDeps, asked: Asked<Input>): Promise<Outcome> {
  const { act, input, by, expect } = asked;
  for (let round = 1; round <= mostRounds; round += 1) {
    const { now, ...records } = await loadRecords(deps.database, act.needs(input));
    const judged = act.judge(input, records, { by, now });
    if (judged.kind === 'refused') return judged;
    const { changes } = judged;
    const about = { actor: actorOf(by), now, cases: records.cases, drawn: !asked.preview };
    const { finished, shown } = await lettersOf(deps, judged.letters, about);
    const done: Committed = {
      fingerprint: fingerprintOf(changes, shown),
      changes: changes.map((change) => ({ change: change.kind, says: sentenceOf(change) })),
      letters: shown,
    };
    const preview: Preview = { preview: true, ...done };
    if (asked.preview) return { kind: 'preview', preview };
    if (expect !== undefined && expect !== done.fingerprint) return { kind: 'moved', preview };
    const written = await sendFinished(deps, finished, async (tx, write) => {
      if (!(await takeVersions(tx, records))) return false;
      const rows = await write();
      // Another letter went out meanwhile: nothing is kept of this round.
      if (!sameFate(rows, shown)) throw new Failure('facts-stale', 'the numbers of letters have changed');
      await writeChanges(tx, changes, rows);
      return true;
    }).catch((error: unknown) => {
      if (isFailure(error, 'facts-stale')) return false;
      throw error;
    });
    if (written) return { kind: 'done', done };
  }
  throw new Failure('conflict', `what ${act.name} is about changes all the time; try again`);
}
