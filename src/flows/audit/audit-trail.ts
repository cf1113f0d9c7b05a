/** Who did what, when, and by which way: pages of it, and a table of all that was asked for. */
import { auditWays, detailWords, type ShownActor, shownActor, subjectWords } from '../../audit/audit-words.ts';
import { writeRows } from '../../registry/registry-csv.ts';
import {
  type AuditAsked,
  type AuditFilter,
  type AuditRow,
  knownActions,
  listAudit,
  type MailNamed,
  mailsNamed,
} from '../../store/audit/list-audit.ts';
import type { Database } from '../../store/database.ts';

export type { AuditFilter, MailNamed };
export { auditWays };

export type AuditLineShown = {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** As it is written down, such as `api for kim@desk.example`. */
  readonly actor: string;
  readonly by: ShownActor;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Name and value. */
  readonly detail: readonly (readonly [string, string])[];
};
export type AuditPage = {
  readonly items: readonly AuditLineShown[];
  readonly next: string | null;
  /** How far it was looked, where the page ended before it was full. */
  readonly lookedTo: string | null;
};

const shown = ({ detail, ...row }: AuditRow): AuditLineShown => ({
  ...row,
  by: shownActor(row.actor),
  detail: detailWords(detail),
});

const head = ['id', 'at', 'actor', 'way', 'staff', 'action', 'subject', 'subject id', 'detail'] as const;

const rowOf = (one: AuditLineShown): readonly string[] => [
  ...[one.id, one.at, one.actor, one.by.way, one.by.staff ?? '', one.action, one.subjectKind, one.subjectId],
  one.detail.map(([name, value]) => `${name}: ${value}`).join('; '),
];
/** A table of these rows. A cell that a program of tables would take for a formula is none there. */
export const auditCsv = (items: readonly AuditLineShown[]): string => writeRows([[...head], ...items.map(rowOf)]);

/** A table ends after so many rows; who needs more asks for shorter times. */
export const mostExported = 100_000;

/** Each part as soon as it is read, so that no more than a page is held at once. */
async function* exported(database: Database, filter: AuditFilter): AsyncGenerator<string> {
  yield auditCsv([]);
  let before: string | null = null;
  for (let rows = 0; rows < mostExported; ) {
    const page = await listAudit(database, { ...filter, before, limit: 1_000 });
    // The mark at its beginning is that of a file.
    if (page.items.length > 0) yield writeRows(page.items.map((row) => rowOf(shown(row)))).replace(/^\ufeff/, '');
    rows += page.items.length;
    before = page.next;
    if (before === null) return;
  }
}

export type AuditTrail = ReturnType<typeof openAuditTrail>;

export const openAuditTrail = (database: Database) => ({
  async list(asked: AuditAsked): Promise<AuditPage> {
    const { items, ...page } = await listAudit(database, asked);
    return { ...page, items: items.map(shown) };
  },
  /** Who wrote them and about what, as far as that is kept. */
  mails: (ids: readonly string[]): Promise<ReadonlyMap<string, MailNamed>> => mailsNamed(database, ids),
  csv: (filter: AuditFilter) => exported(database, filter),
  actions: () => knownActions(database),
});

export { subjectWords };
