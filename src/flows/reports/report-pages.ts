/** Reports as pages and as tables: how fast answers were, why mail was held, what had to be asked twice, and how it was. */
import { writeRows } from '../../registry/registry-csv.ts';
import type { Database } from '../../store/database.ts';
import {
  type CaseFilter,
  type CaseSums,
  type CaseSumsBy,
  caseSumsBy,
  countedTo,
  type Dimension,
  dimensions,
  engineersOf,
  heldByWeek,
  mostLines,
  type Period,
  questionsByWeek,
  type WeekCount,
} from '../../store/reports/sums/read-sums.ts';

export {
  type CaseFilter,
  type CaseSums,
  type CaseSumsBy,
  type Dimension,
  dimensions,
  mostLines,
  type Period,
  type WeekCount,
};
export type ReportPages = ReturnType<typeof openReportPages>;

export const openReportPages = (database: Database, timezone: string) => ({
  /** The day of now, where the desk is. */
  today: (): string => Temporal.Now.zonedDateTimeISO(timezone).toPlainDate().toString(),
  cases: (by: Dimension, filter: CaseFilter) => caseSumsBy(database, by, filter),
  held: (period: Period) => heldByWeek(database, period),
  questions: (period: Period) => questionsByWeek(database, period),
  engineers: (period: Period) => engineersOf(database, period),
  countedTo: (site: string | undefined) => countedTo(database, site),
  /** A cell that a program of tables would take for a formula is none there. */
  csv: (rows: readonly (readonly (string | number)[])[]): string => writeRows(rows.map((row) => row.map(String))),
});
