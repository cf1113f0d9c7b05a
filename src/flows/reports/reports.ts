/** What can be looked at and changes nothing: mails, cases and letters as lists and one by one, and the numbers of the system. */
import type { Change } from '../../changes/change.ts';
import type { Database } from '../../store/database.ts';
import {
  countSystem,
  findCase,
  findLetter,
  findMail,
  lettersByMessageId,
  listCases,
  listLetters,
  listMails,
  mailBytes,
} from '../../store/reports/reports.ts';
import { settledMail } from '../mail/settled.ts';

export type { CaseListItem, LetterListItem } from '../../store/reports/reports.ts';

type Filter<Ask extends (database: Database, filter: never) => unknown> = Parameters<Ask>[1];

export type Reports = ReturnType<typeof openReports>;

export const openReports = (database: Database) => ({
  listMails: (filter: Filter<typeof listMails>) => listMails(database, filter),
  findMail: (id: string) => findMail(database, id),
  /** What an act has made of a mail. */
  settledMail: (id: string, made: readonly Change[]) => settledMail(database, id, made),
  /** As they came, a sealed mail masked; null where they are gone. */
  mailBytes: (id: string) => mailBytes(database, id),
  listCases: (filter: Filter<typeof listCases>) => listCases(database, filter),
  findCase: (number: string) => findCase(database, number),
  listLetters: (filter: Filter<typeof listLetters>) => listLetters(database, filter),
  findLetter: (id: string) => findLetter(database, id),
  lettersByMessageId: (ids: readonly string[]) => lettersByMessageId(database, ids),
  countSystem: () => countSystem(database),
});
