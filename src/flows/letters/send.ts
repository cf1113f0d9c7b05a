/**
 * The one way of letters that answer no mail: ids drawn and bytes finished before the transaction, the numbers of letters asked in it,
 * and the relay woken after it. What is told and the rows that say so are written together.
 */
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import type { Policy } from '../../intake/policy.ts';
import { isMarked } from '../../outbound/letter.ts';
import type { Database, Db, Tx } from '../../store/database.ts';
import { type HistoryNow, lockHistory } from '../../store/letters/letter-history.ts';
import {
  insertLetters,
  type LetterRow,
  letterWithKey,
  putOnCase,
  reserveLetterIds,
  type WrittenLetter,
} from '../../store/letters/letters.ts';
import type { Sealer } from '../../vault/seal.ts';
import type { Relay } from '../upkeep/relay-outbox.ts';
import type { LetterBuilder } from './letter-builder.ts';
import { heldBack, historyOf } from './within-limits.ts';
import { finishLetters } from './write-letters.ts';

export type LetterDeps = {
  readonly database: Database;
  readonly letterBuilder: LetterBuilder;
  readonly policy: Policy;
  readonly relay: Pick<Relay, 'wake'>;
  /** Needed for letters that tell a secret. */
  readonly vault?: Pick<Sealer, 'seal' | 'hash' | 'hashes'>;
  /** Cuts an attachment out of a stored mail, by its place there; null where it cannot be cut. Needed for letters that enclose one. */
  readonly attachment?: (mail: string, place: number) => Promise<Uint8Array | null>;
};

type Occasion = {
  /**
   * What brings the letters about; with template, recipient and matter it is the key of each: the same twice is one letter.
   * Left out: nothing brings them about twice.
   */
  readonly cause?: string;
  /** Of the audit. */
  readonly actor: string;
  /** ISO 8601, by PostgreSQL's clock. */
  readonly now: string;
  /** The mail that they are about. */
  readonly mail?: string | null;
  /** The case that they are shown on. */
  readonly caseId?: string | null;
  /** Hours until they are given up, where it is not as the policy says. */
  readonly giveUpHours?: number;
};

export type Finished = {
  readonly planned: readonly PlannedLetter[];
  readonly rows: readonly LetterRow[];
  readonly occasion: Occasion;
};

/** Without `db` no ids are drawn: such letters are only shown. */
export async function finish(
  deps: Omit<LetterDeps, 'database' | 'relay'>,
  db: Db | Tx | null,
  planned: readonly PlannedLetter[],
  occasion: Occasion,
): Promise<Finished> {
  const ids = db ? await reserveLetterIds(db, planned.length) : planned.map(() => '0');
  const { cause = `own:${ids[0]}`, now: at, mail = null, caseId = null, giveUpHours } = occasion;
  const rows = await finishLetters(planned, ids, { ...deps, at, cause, mail });
  const own = giveUpHours === undefined ? { caseId } : { caseId, giveUpHours };
  return { planned, rows: rows.map((row) => ({ ...row, ...own })), occasion };
}

type Work<T> = (tx: Tx, write: () => Promise<WrittenLetter[]>, history: HistoryNow) => Promise<T>;

/** The rows as they were written: what is over a limit is on record, and never goes out. */
export async function writeFinished(
  tx: Tx,
  { planned, rows, occasion }: Finished,
  policy: Policy,
  history?: HistoryNow,
): Promise<WrittenLetter[]> {
  const past = history ?? (await historyOf(tx, planned, rows, lockHistory));
  const written = heldBack(planned, rows, past, { policy, now: occasion.now });
  const fresh = await insertLetters(tx, written, occasion.actor);
  await putOnCase(
    tx,
    written.filter((row) => row.caseId !== null && row.state !== 'suppressed' && !isMarked(row.template, 'offCase')),
    policy.desk.addresses.support,
  );
  // The same key twice is one letter, the first.
  return Promise.all(
    written.map(async (row) =>
      fresh.includes(row.id) ? { ...row, fresh: true } : { ...row, id: await letterWithKey(tx, row.key), fresh: false },
    ),
  );
}

/** `work` as of `sendLetters`. */
export async function sendFinished<T>(deps: LetterDeps, finished: Finished, work: Work<T>): Promise<T> {
  const done = await deps.database.transaction(async (tx) => {
    const history = await historyOf(tx, finished.planned, finished.rows, lockHistory);
    return work(tx, () => writeFinished(tx, finished, deps.policy, history), history);
  });
  deps.relay.wake();
  return done;
}

/**
 * `work` is what else stands or falls with the letters, in the same transaction; it writes them where it is their turn, or not at all. `history`
 * is what has gone to their recipients, who are locked.
 */
export async function sendLetters<T>(
  deps: LetterDeps,
  planned: readonly PlannedLetter[],
  occasion: Occasion,
  work: Work<T>,
): Promise<T> {
  return sendFinished(deps, await deps.database.ask((db) => finish(deps, db, planned, occasion)), work);
}
