/** The numbers of letters (POLICY §3 "Letters, how many"), by what stands in the moment they are written. */
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { fateOf, onceADay } from '../../outbound/letter-limits.ts';
import type { LetterPolicy } from '../../outbound/policy.ts';
import type { Tx } from '../../store/database.ts';
import { type HistoryKey, type HistoryNow, lockHistory } from '../../store/letters/letter-history.ts';
import type { LetterRow } from '../../store/letters/letters.ts';

const nobody: HistoryNow = { byKey: new Map(), strangersHour: 0, strangersDay: 0 };

/**
 * What has gone to the recipients of these rows, one a letter of `planned`. By `lockHistory` nobody else writes to them until the
 * transaction ends. One of our people has a notice of each matter, hundreds a day: where none of the limits of a day is theirs, the last
 * hour is looked at.
 */
export async function historyOf<Db>(
  db: Db,
  planned: readonly Pick<PlannedLetter, 'audience' | 'matter'>[],
  rows: readonly LetterRow[],
  read: (db: Db, keys: readonly HistoryKey[], strangers: boolean) => Promise<HistoryNow>,
): Promise<HistoryNow> {
  const going = rows.flatMap((row, i) => (row.state === 'queued' ? [{ row, letter: planned[i] }] : []));
  if (going.length === 0) return nobody;
  const keys = new Map<string, HistoryKey>();
  for (const { row, letter } of going) {
    const hourOnly = letter?.audience === 'staff' && !letter.matter.startsWith(onceADay);
    keys.set(row.rateKey, { key: row.rateKey, hourOnly: hourOnly && (keys.get(row.rateKey)?.hourOnly ?? true) });
  }
  return read(
    db,
    [...keys.values()],
    going.some(({ row }) => row.stranger),
  );
}

/** A letter may still be held back, never let out. `now` is ISO 8601, `planned` has one a row. */
export function heldBack(
  planned: readonly PlannedLetter[],
  rows: readonly LetterRow[],
  { byKey, strangersHour, strangersDay }: HistoryNow,
  { policy, now }: { policy: LetterPolicy; now: string },
): LetterRow[] {
  return rows.map((row, i): LetterRow => {
    const letter = planned[i];
    if (row.state !== 'queued' || !letter) return row;
    const history = { letters: byKey.get(row.rateKey) ?? [], strangersHour, strangersDay };
    const fate = fateOf(letter, history, policy, now);
    if (fate.kind !== 'suppress') return row;
    const { why: stateReason, code: stateCode } = fate;
    return { ...row, raw: null, state: 'suppressed', stateReason, ...(stateCode ? { stateCode } : {}) };
  });
}

export async function withinLimits(
  tx: Tx,
  planned: readonly PlannedLetter[],
  rows: readonly LetterRow[],
  given: { policy: LetterPolicy; now: string },
): Promise<LetterRow[]> {
  return heldBack(planned, rows, await historyOf(tx, planned, rows, lockHistory), given);
}
