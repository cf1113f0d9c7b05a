/** What can be looked at and changes nothing: mails, cases and letters as lists and one by one, and the numbers of the system. */
import { type ClockShown, clockShown } from '../../cases/clock-shown.ts';
import type { Holidays } from '../../cases/rating.ts';
import type { Change } from '../../changes/change.ts';
import { findRequest, listRequests, type RequestFilter } from '../../store/access/list-requests.ts';
import type { ClockColumns } from '../../store/cases/clock-columns.ts';
import type { Database } from '../../store/database.ts';
import { findLetter, listLetters } from '../../store/letters/letter-list.ts';
import {
  type CaseDetailRow,
  type CaseRow,
  countSystem,
  findCase,
  findMail,
  lettersByMessageId,
  listCases,
  listMails,
  mailBytes,
} from '../../store/reports/reports.ts';
import { shownRequest } from '../access/shown-request.ts';
import { settledMail } from '../mail/settled.ts';

export type { LetterListItem } from '../../store/letters/letter-list.ts';
export type { CaseEvent, CaseMessage } from '../../store/reports/reports.ts';

type Filter<Ask extends (database: Database, filter: never) => unknown> = Parameters<Ask>[1];

export type Reports = ReturnType<typeof openReports>;

type WithClock<Row> = Omit<Row, keyof ClockColumns> & { readonly clock: ClockShown };
export type CaseListItem = WithClock<CaseRow>;
export type CaseDetail = WithClock<CaseDetailRow>;

function withClock<Row extends ClockColumns>(row: Row, holidays: Holidays): WithClock<Row> {
  const { clockEvents: events, warnedAt, waiting, now, ...rest } = row;
  return { ...rest, clock: clockShown({ events, warnedAt, waiting, now }, holidays) };
}

/** `holidays` are what clocks count by. */
export const openReports = (database: Database, holidays: Holidays) => ({
  listMails: (filter: Filter<typeof listMails>) => listMails(database, filter),
  findMail: (id: string) => findMail(database, id),
  /** What an act has made of a mail. */
  settledMail: (id: string, made: readonly Change[]) => settledMail(database, id, made),
  /** As they came, a sealed mail masked; null where they are gone. */
  mailBytes: (id: string) => mailBytes(database, id),
  async listCases(filter: Filter<typeof listCases>) {
    const { items, next } = await listCases(database, filter);
    return { items: items.map((row) => withClock(row, holidays)), next };
  },
  async findCase(number: string): Promise<CaseDetail | null> {
    const row = await findCase(database, number);
    return row && withClock(row, holidays);
  },
  listLetters: (filter: Filter<typeof listLetters>) => listLetters(database, filter),
  findLetter: (id: string) => findLetter(database, id),
  lettersByMessageId: (ids: readonly string[]) => lettersByMessageId(database, ids),
  /** Requests for access. */
  async listRequests(filter: RequestFilter) {
    const { items, next } = await listRequests(database, filter);
    return { items: items.map(shownRequest), next };
  },
  async findRequest(id: string) {
    const row = await findRequest(database, id);
    return row && shownRequest(row);
  },
  countSystem: () => countSystem(database),
});
