/**
 * Cases as people go through them: open ones by severity and deadline, all of them from the newest back, and what a search has found. Each
 * page costs the rows that are looked at for it: 20,000 at the most where no index answers the whole question.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Database, Db } from '../../database.ts';
import { upTo } from '../../literals.ts';
import { time, whole } from '../../reports/reports.ts';
import { isOpen, owed, standings } from './owed.ts';

export type CaseLine = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly severity: 1 | 2 | 3 | 4;
  readonly kind: string;
  readonly status: 'open' | 'closed';
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly owner: string | null;
  /** Of the first answer, while it is owed and the clock runs. */
  readonly due: string | null;
  readonly answeredAt: string | null;
  readonly clockRuns: boolean;
  readonly lapsed: boolean;
  readonly proposedAt: string | null;
  readonly mergedInto: string | null;
  readonly requester: { readonly address: string; readonly name: string | null };
  readonly site: { readonly number: string; readonly name: string };
  /** The last that a person wrote; null: nobody did. */
  readonly last: { readonly by: 'customer' | 'us' | 'note'; readonly at: string } | null;
  /** Where it stands in its order, for the page behind it. */
  readonly key: CaseKey;
};

/** ISO 8601 or `infinity`. */
export type CaseKey = { readonly severity: number; readonly owed: string; readonly id: string };

export const caseOrders = ['urgent', 'due', 'newest', 'oldest'] as const;
export type CaseOrder = (typeof caseOrders)[number];

export type CasesAsked = {
  readonly status: 'open' | 'closed' | 'any';
  readonly order: CaseOrder;
  readonly after: CaseKey | null;
  readonly limit: number;
  readonly severities?: readonly number[] | undefined;
  /** Addresses; null: nobody has it. */
  readonly owner?: readonly string[] | null | undefined;
  readonly kind?: string | undefined;
  /** Ids of sites. */
  readonly sites?: readonly string[] | undefined;
  /** ISO 8601: the first answer is owed before then. */
  readonly dueBefore?: string | undefined;
  /** Or then, or later. */
  readonly dueFrom?: string | undefined;
  readonly number?: string | undefined;
  readonly standing?: readonly ('unanswered' | 'late' | 'waiting' | 'proposed' | 'lapsed')[] | undefined;
  /** As PostgreSQL reads a `tsquery`: cases that have these words. */
  readonly words?: string | undefined;
};

/** Where a case stands in the order, and when it was opened. */
export type CasePlace = { readonly key: CaseKey; readonly openedAt: string };

export type Found<Row> = {
  readonly rows: readonly Row[];
  /** There are more behind the last one, or behind `lookedTo`. */
  readonly more: boolean;
  /** Where the look ended before the page was full. */
  readonly lookedTo: CasePlace | null;
  /** Cases that have the words; above 10,000 there are more. Null: no words were looked for. */
  readonly hits: number | null;
};

export const mostLooked = 20_000;

/** Each as a condition on a case `c`. */
function conditions(asked: CasesAsked): RawBuilder<unknown>[] {
  const { severities, owner, kind, sites, dueBefore, dueFrom, number, standing = [] } = asked;
  return [
    ...(asked.status === 'any' ? [] : [sql`c.status = ${sql.lit(asked.status)}`]),
    // The one that is asked for stands in the text: a plan for one of them serves no other.
    ...(severities ? [sql`c.severity in (${sql.join(severities.map((one) => sql.lit(one)))})`] : []),
    ...(owner === undefined ? [] : [owner === null ? sql`c.owner is null` : sql`c.owner = any(${[...owner]}::text[])`]),
    ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
    ...(sites ? [sql`c.site_id = any(${[...sites]}::bigint[])`] : []),
    ...(dueBefore === undefined ? [] : [sql`${isOpen} and ${owed} < ${dueBefore}::timestamptz`]),
    ...(dueFrom === undefined
      ? []
      : [sql`${isOpen} and ${owed} >= ${dueFrom}::timestamptz and ${owed} < 'infinity'::timestamptz`]),
    ...(number === undefined ? [] : [sql`c.number = ${number}`]),
    ...standing.map((one) => standings[one]),
  ];
}

const orders = {
  urgent: sql`c.severity, ${owed}, c.id`,
  due: sql`${owed}, c.id`,
  newest: sql`c.id desc`,
  oldest: sql`c.id`,
} as const satisfies Record<CaseOrder, RawBuilder<unknown>>;

function behind(order: CaseOrder, { severity, owed: at, id }: CaseKey): RawBuilder<unknown> {
  switch (order) {
    case 'urgent':
      return sql`
        (c.severity, ${owed}, c.id) > (${severity}::smallint, ${at}::timestamptz, ${id}::bigint)`;
    case 'due':
      return sql`(${owed}, c.id) > (${at}::timestamptz, ${id}::bigint)`;
    case 'newest':
      return sql`c.id < ${id}::bigint`;
    case 'oldest':
      return sql`c.id > ${id}::bigint`;
    default:
      return order satisfies never;
  }
}

/** What the index has of a row, or its first columns. */
const narrow = sql`c.id, c.severity, ${owed} as owed, c.opened_at`;

/** What words have found, once: the planner would else look case by case whether it has them. */
const withHits = ({ words }: CasesAsked): RawBuilder<unknown> =>
  words === undefined
    ? sql``
    : sql`hits as materialized (select s.case_id from case_search s where s.words @@ ${words}::tsquery),`;

/** Those of the hits that an index of cases tells from the others. */
const ofHits = (where: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  where.length === 0
    ? sql`select h.case_id as id from hits h`
    : sql`
      select h.case_id as id
      from hits h
      where h.case_id in (select c.id from cases c where ${whole(where)})`;

/** Open ones by deadline alone are a branch for each severity, so that the index has all of them in order. */
function chosen(asked: CasesAsked): RawBuilder<unknown> {
  const { order, after, limit } = asked;
  const where = [...conditions(asked), ...(after ? [behind(order, after)] : [])];
  const page = (more: readonly RawBuilder<unknown>[]) => sql`
    select ${narrow}
    from cases c
    where ${whole([...where, ...more])}
    order by ${orders[order]}
    limit ${limit + 1}`;
  if (asked.words !== undefined) return page([sql`c.id in (select h.case_id from hits h)`]);
  if (order === 'due' && asked.status === 'open')
    return sql`
      select c.id, c.severity, c.owed, c.opened_at
      from (${sql.join(
        ([1, 2, 3, 4] as const).map((severity) => sql`(${page([sql`c.severity = ${sql.lit(severity)}`])})`),
        sql` union all `,
      )}) c
      order by c.owed, c.id
      limit ${limit + 1}`;
  return page([]);
}

type Looked = {
  readonly ids: RawBuilder<unknown>;
  readonly others: readonly RawBuilder<unknown>[];
  /** So many rows are looked at; null: all that are looked at are shown. */
  readonly most: number | null;
};

/** Hits and closed cases may be hundreds of thousands: from the newest back, so many are looked at. */
function lookedAt(asked: CasesAsked): Looked {
  const { words, status, after, sites, number, order } = asked;
  const back = order === 'oldest' ? sql`` : sql`desc`;
  const beyond = after ? [behind(order, after)] : [];
  const narrowed = [
    // Of a closed one nearly every case is; of an open one few are.
    ...(status === 'any' || (status === 'closed' && words !== undefined) ? [] : [sql`c.status = ${sql.lit(status)}`]),
    ...(sites ? [sql`c.site_id = any(${[...sites]}::bigint[])`] : []),
    ...(number === undefined ? [] : [sql`c.number = ${number}`]),
  ];
  const isAnswered = status !== 'closed' || words === undefined;
  const others = conditions({ ...asked, ...(isAnswered && { status: 'any' }), sites: undefined, number: undefined });
  const most = others.length === 0 ? null : mostLooked;
  const from = words === undefined ? sql`select c.id from cases c where ${whole([...narrowed, ...beyond])}` : null;
  return {
    ids: sql`
      select c.id
      from (${from ?? ofHits(narrowed)}) c
      where ${whole(from === null ? beyond : [])}
      order by c.id ${back}
      limit ${most ?? asked.limit + 1}`,
    others,
    most,
  };
}

const line = sql`
  c.id::text,
  c.number,
  c.title,
  c.severity::int as severity,
  c.kind,
  c.status,
  ${time('c.opened_at')} as "openedAt",
  ${time('c.closed_at')} as "closedAt",
  c.owner,
  case when c.status = 'open' and c.response_met_at is null and c.clock_runs then ${time('c.due')} end as due,
  ${time('c.response_met_at')} as "answeredAt",
  c.clock_runs as "clockRuns",
  c.lapsed,
  ${time('c.proposed_at')} as "proposedAt",
  (select t.number from cases t where t.id = c.merged_into) as "mergedInto",
  jsonb_build_object(
    'address', c.contact_address,
    'name', (select p.name from contacts p where p.id = c.contact_id)) as requester,
  jsonb_build_object('number', s.number, 'name', s.name) as site,
  (
    select jsonb_build_object(
      'by', case m.direction when 'in' then 'customer' when 'out' then 'us' else 'note' end,
      'at', ${time('m.at')})
    from case_messages m
    where m.case_id = c.id and not m.automatic
    order by m.at desc, m.id desc
    limit 1
  ) as last,
  jsonb_build_object('severity', x.severity, 'owed', to_json(x.owed) #>> '{}', 'id', c.id::text) as key`;

const place = sql`
  jsonb_build_object('severity', x.severity, 'owed', to_json(x.owed) #>> '{}', 'id', x.id::text) as key,
  ${time('x.opened_at')} as "openedAt"`;

const hits = ({ words }: CasesAsked): RawBuilder<unknown> =>
  words === undefined ? sql`null::int` : upTo(sql`select from hits`);

type What = 'lines' | 'places';
type RowOf<Of extends What> = (Of extends 'lines' ? CaseLine : CasePlace) & { readonly hits: number | null };

const shown = <Of extends What>(db: Db, asked: CasesAsked, rows: RawBuilder<unknown>, what: Of) =>
  sql<RowOf<Of>>`
    with ${withHits(asked)} chosen as materialized (${rows})
    select
      ${what === 'lines' ? line : place},
      ${hits(asked)} as hits
    from chosen x
    join cases c on c.id = x.id
    join sites s on s.id = c.site_id
    order by ${orders[asked.order]}`.execute(db);

/** Whether rows are looked through in the order in which they came. */
const isLookedThrough = ({ status, order, words }: CasesAsked): boolean =>
  (status !== 'open' || words !== undefined) && (order === 'newest' || order === 'oldest');

const pageOf = <Row extends { readonly hits: number | null }>(
  all: readonly Row[],
  { limit, words }: CasesAsked,
): Found<Row> => ({
  rows: all.slice(0, limit),
  more: all.length > limit,
  lookedTo: null,
  hits: words === undefined ? null : (all[0]?.hits ?? 0),
});

async function lookedThrough<Of extends What>(db: Db, asked: CasesAsked, what: Of): Promise<Found<RowOf<Of>>> {
  const { ids, others, most } = lookedAt(asked);
  const { rows } = await shown(
    db,
    asked,
    sql`
      select ${narrow}
      from (${ids}) looked
      join cases c on c.id = looked.id
      where ${whole(others)}
      order by ${orders[asked.order]}
      limit ${asked.limit + 1}`,
    what,
  );
  const page = pageOf(rows, asked);
  if (page.more || most === null) return page;
  const { rows: ends } = await sql<CasePlace>`
    with ${withHits(asked)} last as (select l.id from (${ids}) l offset ${most - 1} limit 1)
    select ${place}
    from (
      select ${narrow}
      from last
      join cases c on c.id = last.id
    ) x`.execute(db);
  return { ...page, more: ends.length > 0, lookedTo: ends[0] ?? null };
}

/** Words are looked for in their index, and planned for what was typed: a plan that reads each case would look right as well. */
const byWords = (db: Db) =>
  sql`
    select
      set_config('enable_seqscan', 'off', true),
      set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(db);

async function look<Of extends What>(database: Database, asked: CasesAsked, what: Of): Promise<Found<RowOf<Of>>> {
  const ask = async (db: Db): Promise<Found<RowOf<Of>>> =>
    isLookedThrough(asked)
      ? lookedThrough(db, asked, what)
      : pageOf((await shown(db, asked, chosen(asked), what)).rows, asked);
  if (asked.words === undefined) return database.ask(ask);
  return database.snapshot(async (db) => {
    await byWords(db);
    return ask(db);
  });
}

/** Open cases, and hits among them, in any order; all others go by when they came. */
export const listedCases = (database: Database, asked: CasesAsked): Promise<Found<CaseLine>> =>
  look(database, asked, 'lines');

/** No more than where they stand: for many of which few are shown. */
export const placesOf = (database: Database, asked: CasesAsked): Promise<Found<CasePlace>> =>
  look(database, asked, 'places');

const all: CasesAsked = { status: 'any', order: 'urgent', after: null, limit: 0 };

/** In that order. */
export async function casesById(
  database: Database,
  ids: readonly string[],
  order: CaseOrder,
): Promise<readonly CaseLine[]> {
  const rows = sql`select ${narrow} from cases c where c.id = any(${[...ids]}::bigint[])`;
  return (await database.ask((db) => shown(db, { ...all, order }, rows, 'lines'))).rows;
}

export async function casesAmong(database: Database, numbers: readonly string[]): Promise<readonly CaseLine[]> {
  const rows = sql`select ${narrow} from cases c where c.number = any(${[...numbers]}::text[])`;
  return (await database.ask((db) => shown(db, all, rows, 'lines'))).rows;
}
