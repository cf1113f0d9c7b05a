/** The sums of the reports are counted along the audit, one stretch of it in a transaction. */
import { sql } from 'kysely';
import { type Mark, moveMark, takeMark } from '../../audit/audit-mark.ts';
import type { Database, Tx } from '../../database.ts';
import { type CaseRowToCount, type CountedRow, casesDoneOn, countCases } from './count-cases.ts';
import { countHeld, countQuestions } from './count-mail.ts';

/** Everything that there is, is counted once; what is older than the audit keeps is in nobody's reports. */
async function beforeFirst(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select (coalesce(min(id), 1) - 1)::text as id
    from audit`.execute(tx);
  return rows[0]?.id ?? '0';
}

/** Returns how many rows of the audit were counted. Any number of processes may ask; one counts. */
export async function countSums(
  database: Database,
  {
    most,
    timezone,
    countedOf,
  }: {
    readonly most: number;
    readonly timezone: string;
    readonly countedOf: (row: CaseRowToCount) => CountedRow;
  },
): Promise<number> {
  return database.transaction(async (tx) => {
    const mark: Mark | null = await takeMark(tx, 'report_mark', { most, begins: beforeFirst });
    if (mark === null) return 0;
    if (mark.upTo !== mark.counted) {
      await countCases(tx, (await casesDoneOn(tx, mark)).map(countedOf));
      await countHeld(tx, mark, timezone);
      await countQuestions(tx, mark, timezone);
    }
    await moveMark(tx, 'report_mark', mark);
    return Number(BigInt(mark.upTo) - BigInt(mark.counted));
  });
}

/** Mail waits to be decided: what nobody waits for gives way. */
export async function mailWaits(database: Database): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql<{ waits: boolean }>`
      select exists (select from mails where state = 'new') as waits`.execute(db),
  );
  return rows[0]?.waits ?? false;
}
