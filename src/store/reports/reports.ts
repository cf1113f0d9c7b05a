/** Queries of lists and pages. Read only; ids grow with time and serve as cursors. */
import { type RawBuilder, sql } from 'kysely';
import type { CaseLinkKind } from '../../cases/case.ts';
import { type SatisfactionAnswer, satisfactionOf } from '../../cases/satisfaction.ts';
import { searchWords } from '../../cases/search-words.ts';
import { type ClockColumns, clockColumns } from '../cases/clock-columns.ts';
import { answersTo } from '../cases/satisfaction.ts';
import type { Database } from '../database.ts';
import { caseHolds } from './case-search.ts';

export type Page<Item> = { readonly items: Item[]; readonly next: string | null };
/** `before` is the id of the last item seen; null begins with the newest. */
export type PageOf = { readonly before: string | null; readonly limit: number };

export const whole = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

/** One row more than asked for tells whether there is a next page. */
export function cut<Item>(rows: readonly Item[], limit: number, idOf: (row: Item) => string): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? idOf(last) : null };
}

type MailListItem = {
  readonly id: string;
  readonly messageId: string | null;
  readonly from: string | null;
  readonly to: string[];
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly state: 'new' | 'decided' | 'dead';
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly case: string | null;
  /** Further ways these bytes came, and later mails that were found to be copies. */
  readonly duplicates: number;
  readonly duplicateOf: string | null;
  readonly settledBy: string | null;
};

export const time = (column: string) => sql.raw(`to_json(${column} at time zone 'UTC') #>> '{}' || 'Z'`);

const mailColumns = sql`
  m.id::text as id,
  m.message_id as "messageId",
  coalesce(m.from_address, case when m.state = 'new' then m.mail_from end) as "from",
  case when m.to_addresses = '{}' then m.rcpt_to else m.to_addresses end as "to",
  m.subject,
  ${time('m.arrived_at')} as "arrivedAt",
  m.state,
  m.outcome,
  coalesce(m.reason, m.last_failure) as reason,
  (select c.number from cases c where c.id = m.case_id) as "case",
  ((
    select count(*) from arrivals a where a.mail_id = m.id and not a.first
  ) + (select count(*) from mails d where d.duplicate_of = m.id))::int as duplicates,
  m.duplicate_of::text as "duplicateOf",
  m.settled_by::text as "settledBy"`;

export async function listMails(
  database: Database,
  filter: PageOf & { outcome?: string | undefined; state?: string | undefined; messageId?: string | undefined },
): Promise<Page<MailListItem>> {
  const where: RawBuilder<unknown>[] = [];
  if (filter.outcome !== undefined) where.push(sql`m.outcome = ${filter.outcome}`);
  if (filter.state !== undefined) where.push(sql`m.state = ${filter.state}`);
  if (filter.messageId !== undefined) where.push(sql`m.message_id = ${`<${bare(filter.messageId)}>`}`);
  if (filter.before !== null) where.push(sql`m.id < ${filter.before}::bigint`);
  const { rows } = await database.ask((db) =>
    sql<MailListItem>`
      select ${mailColumns}
      from mails m
      where ${whole(where)}
      order by m.id desc
      limit ${filter.limit + 1}`.execute(db),
  );
  return cut(rows, filter.limit, (row) => row.id);
}

const bare = (messageId: string): string => messageId.trim().replace(/^<|>$/g, '');

type DecisionLine = {
  readonly at: string;
  readonly outcome: string;
  readonly rule: string;
  readonly reason: string;
  readonly evidence: Record<string, unknown>;
  readonly case: string | null;
  readonly letters: unknown[];
};
type ArrivalLine = {
  readonly at: string;
  readonly door: string;
  readonly name: string;
  readonly first: boolean;
};
export type MailDetail = MailListItem & {
  readonly size: number;
  readonly tries: number;
  readonly decisions: DecisionLine[];
  readonly arrivals: ArrivalLine[];
};

export async function findMail(database: Database, id: string): Promise<MailDetail | null> {
  const { rows } = await database.ask((db) =>
    sql<MailDetail>`
      select
        ${mailColumns},
        m.size,
        m.tries,
        coalesce(
          (
            select json_agg(json_build_object(
              'at', ${time('d.at')},
              'outcome', d.outcome,
              'rule', d.rule,
              'reason', d.reason,
              'evidence', d.evidence,
              'case', (select c.number from cases c where c.id = d.case_id),
              'letters', d.letters) order by d.id)
            from decisions d
            where d.mail_id = m.id
          ),
          '[]') as decisions,
        coalesce(
          (
            select json_agg(json_build_object(
              'at', ${time('a.at')},
              'door', a.door,
              'name', a.door_name,
              'first', a.first) order by a.id)
            from arrivals a
            where a.mail_id = m.id
          ),
          '[]') as arrivals
      from mails m
      where m.id = ${id}`.execute(db),
  );
  return rows[0] ?? null;
}

/** Of a mail whose bytes are sealed, what a person may see of it: rebuilt from what was stored masked. */
const maskedCopy = (facts: { from: unknown; subject: string; messageId: string | null; text: string } | null): Buffer =>
  Buffer.from(
    [
      ...(facts?.messageId ? [`Message-ID: ${facts.messageId}`] : []),
      `Subject: ${facts?.subject ?? ''}`,
      'X-Postern-Sealed: this mail quotes a secret; shown is its text without it',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      facts?.text ?? '',
    ].join('\r\n'),
  );

/** The bytes as they came, a sealed mail masked; null where there is no such mail or its bytes are gone. */
export async function mailBytes(database: Database, id: string): Promise<Buffer | null> {
  const { rows } = await database.ask((db) =>
    sql<{ raw: Buffer; sealed: boolean; facts: Parameters<typeof maskedCopy>[0] }>`
      select raw, sealed, case when sealed then facts end as facts
      from mail_bytes b
      join mails m on m.id = b.mail_id
      where b.mail_id = ${id} and m.emptied_at is null`.execute(db),
  );
  const [row] = rows;
  if (!row) return null;
  return row.sealed ? maskedCopy(row.facts) : row.raw;
}

/** The bytes as they are stored; null where there is no such mail or its bytes are gone. */
export async function storedBytes(database: Database, id: string): Promise<{ raw: Buffer; sealed: boolean } | null> {
  const { rows } = await database.ask((db) =>
    sql<{ raw: Buffer; sealed: boolean }>`
      select raw, sealed
      from mail_bytes b
      join mails m on m.id = b.mail_id
      where b.mail_id = ${id} and m.emptied_at is null`.execute(db),
  );
  return rows[0] ?? null;
}

export type CaseRow = {
  readonly id: string;
  readonly number: string;
  readonly site: string;
  readonly title: string;
  readonly severity: number;
  readonly kind: string;
  readonly status: 'open' | 'closed';
  readonly openedAt: string;
  readonly due: string | null;
  readonly owner: string | null;
  readonly product: string | null;
} & ClockColumns;

const caseColumns = sql`
  c.id::text as id,
  c.number,
  s.number as site,
  c.title,
  c.severity::int as severity,
  c.kind,
  c.status,
  ${time('c.opened_at')} as "openedAt",
  ${time('c.due')} as due,
  c.owner,
  c.product,
  ${clockColumns}`;

type CaseFilter = {
  site?: string | undefined;
  status?: string | undefined;
  owner?: string | undefined;
  severity?: number | undefined;
  /** ISO 8601: what is owed before then. */
  dueBefore?: string | undefined;
  /** Words, each of which stands somewhere in it. */
  q?: string | undefined;
};

export async function listCases(database: Database, filter: PageOf & CaseFilter): Promise<Page<CaseRow>> {
  const where: RawBuilder<unknown>[] = [];
  if (filter.site !== undefined) where.push(sql`c.site_id = (select id from sites where number = ${filter.site})`);
  if (filter.status !== undefined) where.push(sql`c.status = ${filter.status}`);
  if (filter.owner !== undefined) where.push(sql`c.owner = ${filter.owner}`);
  if (filter.severity !== undefined) where.push(sql`c.severity = ${filter.severity}`);
  if (filter.dueBefore !== undefined)
    where.push(sql`
      c.status = 'open' and c.response_met_at is null and c.due < ${filter.dueBefore}::timestamptz`);
  if (filter.before !== null) where.push(sql`c.id < ${filter.before}::bigint`);
  if (filter.q !== undefined) where.push(...caseHolds(searchWords(filter.q)));
  const { rows } = await database.ask((db) =>
    sql<CaseRow>`
      select ${caseColumns}
      from cases c
      join sites s on s.id = c.site_id
      where ${whole(where)}
      order by c.id desc
      limit ${filter.limit + 1}`.execute(db),
  );
  return cut(rows, filter.limit, (row) => row.id);
}

export type CaseMessage = {
  readonly direction: 'in' | 'out' | 'note';
  readonly from: string;
  readonly text: string;
  readonly at: string;
  readonly attachments: unknown[];
  readonly automatic: boolean;
  readonly unreadParts: string[];
  readonly mail: string | null;
  readonly letter: string | null;
};
export type CaseEvent = {
  readonly at: string;
  readonly kind: string;
  readonly mail: string | null;
  readonly detail: unknown;
};
type CaseLink = { readonly kind: CaseLinkKind; readonly case: string };
export type CaseDetailRow = CaseRow & {
  readonly version: string | null;
  readonly contact: string;
  readonly language: string;
  readonly provisional: boolean;
  readonly underCovered: boolean;
  readonly lapsed: boolean;
  readonly clockRuns: boolean;
  readonly responseMetAt: string | null;
  readonly closedAt: string | null;
  /** Since when a proposed solution waits for the customer. */
  readonly proposedAt: string | null;
  /** How it was, as the customer says after the close. */
  readonly satisfaction: Pick<SatisfactionAnswer, 'score' | 'at'> | null;
  readonly report: Record<string, unknown>;
  readonly participants: string[];
  readonly messages: CaseMessage[];
  readonly events: CaseEvent[];
  readonly links: CaseLink[];
};

/** To the last letter that was answered at all, of a case `c`. */
export const lastAnswers = sql`
  select (${answersTo})
  from (select max(letter_id) as id from satisfaction_answers where case_id = c.id) l`;

export async function findCase(database: Database, number: string): Promise<CaseDetailRow | null> {
  const { rows } = await database.ask((db) =>
    sql<Omit<CaseDetailRow, 'satisfaction'> & { answers: readonly SatisfactionAnswer[] }>`
      select
        ${caseColumns},
        c.version,
        c.contact_address as contact,
        c.language,
        c.provisional,
        c.under_covered as "underCovered",
        c.lapsed,
        c.clock_runs as "clockRuns",
        ${time('c.response_met_at')} as "responseMetAt",
        ${time('c.closed_at')} as "closedAt",
        ${time('c.proposed_at')} as "proposedAt",
        (${lastAnswers}) as answers,
        c.report,
        array(
          select p.address::text
          from case_participants p
          where p.case_id = c.id
          order by p.added_at, p.address
        ) as participants,
        coalesce(
          (
            select json_agg(json_build_object(
              'direction', m.direction,
              'from', m.author,
              'text', m.text,
              'at', ${time('m.at')},
              'attachments', m.attachments,
              'automatic', m.automatic,
              'unreadParts', m.unread_parts,
              'mail', m.mail_id::text,
              'letter', m.letter_id::text) order by m.at, m.id)
            from case_messages m
            where m.case_id = c.id
          ),
          '[]') as messages,
        coalesce(
          (
            select json_agg(json_build_object(
              'at', ${time('e.at')},
              'kind', e.kind,
              'mail', e.mail_id::text,
              'detail', e.detail) order by e.id)
            from case_events e
            where e.case_id = c.id
          ),
          '[]') as events,
        coalesce(
          (
            select json_agg(json_build_object('kind', l.kind, 'case', l.number))
            from (
              select 'follows' as kind, o.number
              from cases o
              where o.id = c.follow_up_of
              union all
              select 'followed-by', o.number
              from cases o
              where o.follow_up_of = c.id
              union all
              select 'merged-into', o.number
              from cases o
              where o.id = c.merged_into
              union all
              select 'merged', o.number
              from cases o
              where o.merged_into = c.id
              union all
              select 'split-from', o.number
              from cases o
              where o.id = c.split_from
              union all
              select 'split', o.number
              from cases o
              where o.split_from = c.id
              union all
              select 'linked', e.detail->>'case'
              from case_events e
              where e.case_id = c.id and e.kind = 'linked'
            ) l
          ),
          '[]') as links
      from cases c
      join sites s on s.id = c.site_id
      where c.number = ${number}`.execute(db),
  );
  const [row] = rows;
  if (!row) return null;
  const { answers, ...found } = row;
  const counts = satisfactionOf(answers);
  return { ...found, satisfaction: counts && { score: counts.score, at: new Date(counts.at).toISOString() } };
}

/** What the letters with these Message-IDs are, for a page that only caught their bytes. */
export async function lettersByMessageId(
  database: Database,
  messageIds: readonly string[],
): Promise<Map<string, { template: string; case: string | null }>> {
  if (messageIds.length === 0) return new Map();
  const { rows } = await database.ask((db) =>
    sql<{ messageId: string; template: string; case: string | null }>`
      select l.message_id as "messageId", l.template, c.number as "case"
      from letters l
      left join cases c on c.id = l.case_id
      where l.message_id = any(${[...messageIds]}::text[])`.execute(db),
  );
  return new Map(rows.map(({ messageId, ...rest }) => [messageId, rest]));
}

type SystemCounts = {
  readonly mails: Record<string, number>;
  readonly letters: Record<string, number>;
  readonly outbox: number;
  readonly outboxAgeSeconds: number;
  readonly overdue: { readonly mails: number; readonly letters: number };
  /** `unaccounted` has to be 0 (MAIL.md §1.7): UIDs that were seen and that nothing became of. */
  readonly mailboxes: readonly { name: string; watermark: number; unaccounted: number; leased: boolean }[];
};

/** Above so many rows the state in which all of them end is not counted row by row: a million took a second, every few seconds. */
const countedUpTo = 10_000;

/** The rows of a table as PostgreSQL keeps count of them: right within what is not yet told, and 0 for a while after a crash. */
const about = (table: 'mails' | 'letters') =>
  sql`coalesce((select n_live_tup from pg_stat_user_tables where relid = ${sql.lit(table)}::regclass), 0)`;

/** Exact for every state but the last one; that is what is left of all, where there are many. Literals, so that the planner knows a rare state. */
function countByState(table: 'mails' | 'letters', states: readonly string[], last: string): RawBuilder<unknown> {
  const count = (state: string) => sql`(select count(*) from ${sql.table(table)} where state = ${sql.lit(state)})`;
  const passing = states.map((state) => sql`${count(state)} as ${sql.ref(state)}`);
  const others = sql.join(
    states.map((state) => sql.ref(state)),
    sql` + `,
  );
  return sql`
    (
      select to_jsonb(p) || jsonb_build_object(${last}::text, case
        when a.n > ${countedUpTo}::bigint then greatest(a.n - (${others}), 0)
        else ${count(last)}
      end)
      from (select ${sql.join(passing)}) p, (select ${about(table)} as n) a
    )`;
}

/** The numbers that `/metrics` shows, in one round trip. */
export async function countSystem(database: Database): Promise<SystemCounts> {
  const passingLetters = ['queued', 'waiting', 'unknown', 'failed', 'bounced', 'suppressed'];
  const { rows } = await database.ask((db) =>
    sql<SystemCounts>`
      select
        ${countByState('mails', ['new', 'dead'], 'decided')} as mails,
        ${countByState('letters', passingLetters, 'sent')} as letters,
        (select count(*) from outbox)::int as outbox,
        coalesce(
          (select extract(epoch from now() - min(created_at)) from outbox),
          0)::float as "outboxAgeSeconds",
        json_build_object(
          'mails', (
            select count(*)
            from mails
            where state = 'new'
              and greatest(due_at, claimed_at + interval '45 seconds') < now() - interval '120 seconds'
          ),
          'letters', (
            select count(*)
            from letters
            where state in ('queued', 'unknown') and due_at < now() - interval '120 seconds'
          )) as overdue,
        coalesce(
          (
            select json_agg(json_build_object(
              'name', name,
              'watermark', coalesce(watermark, 0),
              'unaccounted', seen - stored - too_large - duplicates - gone - passed_over,
              'leased', coalesce(lease_until > now(), false)) order by name)
            from mailboxes
          ),
          '[]') as mailboxes`.execute(db),
  );
  return rows[0] as SystemCounts;
}
