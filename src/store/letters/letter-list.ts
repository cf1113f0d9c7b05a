/** Letters as lists show them. Read only; nothing here needs an index that a letter on its way would have to pay for. */
import { type RawBuilder, sql } from 'kysely';
import type { LetterMark } from '../../changes/letter.ts';
import type { Database, Db } from '../database.ts';
import { upTo } from '../literals.ts';
import { idsBetween } from '../reports/id-at-time.ts';
import { type LookedPage, lookThrough } from '../reports/looked-through.ts';
import { type PageOf, time } from '../reports/reports.ts';

export const letterStates = ['queued', 'waiting', 'sent', 'unknown', 'failed', 'bounced', 'suppressed'] as const;
export type LetterState = (typeof letterStates)[number];

export type LetterListItem = {
  readonly id: string;
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  readonly state: LetterState;
  readonly stateReason: string | null;
  readonly attempts: number;
  readonly response: string | null;
  readonly case: string | null;
  readonly causedBy: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
  /** What a person has said of one that did not arrive. */
  readonly markedAs: LetterMark | null;
};

export const letterColumns = sql`
  l.id::text as id,
  l.template,
  l.to_address::text as "to",
  l.subject,
  l.message_id as "messageId",
  l.state,
  l.state_reason as "stateReason",
  l.attempts,
  l.response,
  (select c.number from cases c where c.id = l.case_id) as "case",
  l.caused_by::text as "causedBy",
  ${time('l.created_at')} as "createdAt",
  ${time('l.sent_at')} as "sentAt",
  l.marked_as as "markedAs"`;

export type LetterFilter = {
  readonly case?: string | undefined;
  readonly to?: string | undefined;
  readonly template?: string | undefined;
  readonly state?: string | undefined;
  readonly causedBy?: string | undefined;
  /** ISO 8601: written then or later. */
  readonly since?: string | undefined;
  /** Failed or came back, and nobody has dealt with it. */
  readonly notArrived?: boolean | undefined;
};

/** So many letters are looked at for one page, where no index has them together: some 20 ms. */
const mostLooked = 10_000;

const isState = (state: string): state is LetterState => (letterStates as readonly string[]).includes(state);

export async function listLetters(
  database: Database,
  filter: PageOf & LetterFilter,
): Promise<LookedPage<LetterListItem>> {
  return database.ask(async (db) => {
    const indexed: RawBuilder<unknown>[] = [];
    const others: RawBuilder<unknown>[] = [];
    const { state, to } = filter;
    if (filter.case !== undefined) indexed.push(sql`l.case_id = (select id from cases where number = ${filter.case})`);
    if (to !== undefined) indexed.push(sql`l.to_address = ${to}`);
    if (filter.causedBy !== undefined) indexed.push(sql`l.caused_by = ${filter.causedBy}::bigint`);
    // The index holds all but the sent ones, and is used where the state stands in the text of the statement.
    if (state !== undefined && state !== 'sent' && isState(state)) indexed.push(sql`l.state = ${sql.lit(state)}`);
    else if (state !== undefined) others.push(sql`l.state = ${state}`);
    if (filter.template !== undefined) others.push(sql`l.template = ${filter.template}`);
    if (filter.notArrived) indexed.push(sql`l.state in ('failed', 'bounced') and l.marked_at is null`);
    if (filter.since !== undefined) {
      const { low } = await idsBetween(db, 'letters', { from: filter.since });
      if (low !== null) indexed.push(sql`l.id >= ${low}::bigint`);
      others.push(sql`l.created_at >= ${filter.since}::timestamptz`);
    }
    if (filter.before !== null)
      indexed.push(
        to === undefined
          ? sql`l.id < ${filter.before}::bigint`
          : sql`(l.created_at, l.id) < (select created_at, id from letters where id = ${filter.before}::bigint)`,
      );
    return lookThrough<LetterListItem>(db, {
      ...{ table: 'letters', alias: 'l', time: 'created_at' },
      ...{ indexed, others, columns: letterColumns, limit: filter.limit, mostLooked },
      // One address may have hundreds of thousands; its index goes by time.
      order: to === undefined ? sql`l.id desc` : sql`l.created_at desc, l.id desc`,
    });
  });
}

export async function findLetter(database: Database, id: string): Promise<LetterListItem | null> {
  const { rows } = await database.ask((db) =>
    sql<LetterListItem>`select ${letterColumns} from letters l where l.id = ${id}`.execute(db),
  );
  return rows[0] ?? null;
}

export type LetterCounts = Readonly<Record<Exclude<LetterState, 'sent'>, number>> & {
  /** Failed or came back, and nobody has dealt with it. */
  readonly unsettled: number;
  /** The id of the last that was written; 0: none was. */
  readonly newest: number;
};

/** Of every state but the one in which nearly all end; `mostCounted + 1` where there are more. */
export async function countLetters(db: Db): Promise<LetterCounts> {
  const lettersThat = (where: RawBuilder<unknown>) => upTo(sql`select from letters where ${where}`);
  const states = letterStates.filter((state) => state !== 'sent');
  const counts = states.map((state) => sql`${lettersThat(sql`state = ${sql.lit(state)}`)} as ${sql.ref(state)}`);
  const { rows } = await sql<LetterCounts>`
    select
      ${sql.join(counts)},
      ${lettersThat(sql`state in ('failed', 'bounced') and marked_at is null`)} as unsettled,
      (select coalesce(max(id), 0)::float8 from letters) as newest`.execute(db);
  return rows[0] as LetterCounts;
}
