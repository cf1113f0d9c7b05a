/** One page of a list of mails, newest first, by key. */
import { type RawBuilder, sql } from 'kysely';
import type { MailFilter } from '../../intake/search/mail-search.ts';
import type { Grade } from '../../mail/parsed-mail.ts';
import type { Database } from '../database.ts';
import { time, whole } from '../reports/reports.ts';
import { conditionOf, firstStoredAt, type Order, wayThrough } from './mail-filters.ts';

export type MailLine = {
  readonly id: string;
  readonly from: string | null;
  readonly name: string | null;
  readonly grade: Grade | null;
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly state: 'new' | 'decided' | 'dead';
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly case: string | null;
  readonly duplicateOf: string | null;
};

export type MailsAsked = {
  readonly filters: readonly MailFilter[];
  /** The id of a mail: those behind it, or before it. */
  readonly beside: { readonly than: 'older' | 'newer'; readonly id: string } | null;
  readonly limit: number;
};

export type MailsFound = {
  /** Newest first. */
  readonly items: readonly MailLine[];
  /** There are more in the direction that was asked for. */
  readonly more: boolean;
  /** So many were gone through where no index leads to all; `to` is the last of them. Null: none had to be. */
  readonly looked: {
    readonly count: number;
    readonly whole: boolean;
    readonly to: string | null;
    readonly toAt: string | null;
  } | null;
};

/** So many are looked at for one page: some 50 ms. */
export const lookedAtMost = 20_000;

/** Of a mail `m`, as it stands in lists. */
export const lineColumns = sql`
  m.id::text as id,
  coalesce(m.from_address, case when m.state = 'new' then m.mail_from end) as "from",
  m.facts #>> '{from,name}' as name,
  m.facts->>'grade' as grade,
  m.subject,
  ${time('m.arrived_at')} as "arrivedAt",
  m.state,
  m.outcome,
  coalesce(m.reason, m.last_failure) as reason,
  (select c.number from cases c where c.id = m.case_id) as "case",
  m.duplicate_of::text as "duplicateOf"`;

/** A mail read from a mailbox may have arrived so long before it came in. */
const lateDays = 2;

/** Bounds by when mails came in: exact for `since`, and for `until` but for what was read so many days late. */
function boundsOf(filters: readonly MailFilter[]): RawBuilder<unknown>[] {
  return filters.flatMap((one) => {
    if (one.kind === 'since')
      return [sql`m.id >= ${firstStoredAt(sql`${one.at}::timestamptz - interval '10 minutes'`)}`];
    if (one.kind !== 'until') return [];
    const late = sql`${one.at}::timestamptz + make_interval(days => ${lateDays})`;
    return [sql`m.id < ${firstStoredAt(late)}`];
  });
}

const keyOf = (order: Order): RawBuilder<unknown> => (order === 'id' ? sql`m.id` : sql`m.arrived_at, m.id`);

function besideOf(beside: MailsAsked['beside'], order: Order): RawBuilder<unknown> {
  if (beside === null) return sql`true`;
  const than = beside.than === 'older' ? sql`<` : sql`>`;
  if (order === 'id') return sql`m.id ${than} ${beside.id}::bigint`;
  return sql`(m.arrived_at, m.id) ${than} (select arrived_at, id from mails where id = ${beside.id}::bigint)`;
}

const sorted = (order: Order, newestFirst: boolean): RawBuilder<unknown> => {
  const way = newestFirst ? sql`desc` : sql`asc`;
  return order === 'id' ? sql`m.id ${way}` : sql`m.arrived_at ${way}, m.id ${way}`;
};

type Row = { items: (MailLine & { n?: number })[] | null; looked: number; to: string | null; toAt: string | null };

type Looked = { readonly statement: RawBuilder<Row>; readonly sparse: boolean; readonly newestFirst: boolean };

/** Asked by `searchMails`; a test looks at how it is planned. `sparse`: mails are gone through one by one, up to a number. */
export function searchStatement({ filters, beside, limit }: MailsAsked): Looked {
  const newestFirst = beside?.than !== 'newer';
  const way = wayThrough(filters, {
    before: besideOf(beside, 'id'),
    way: newestFirst ? sql`desc` : sql`asc`,
    most: lookedAtMost,
  });
  const order = way?.order ?? 'id';
  const rest = filters.filter((one) => one !== way?.filter);
  const bounds = order === 'id' ? boundsOf(rest) : [];
  // Nearly all mails within bounds of time are wanted; with the index of a sender they are looked at like anything else.
  const sparse = rest.some((one) => order === 'arrived' || (one.kind !== 'since' && one.kind !== 'until'));
  const gone = [...(way ? [way.where] : []), besideOf(beside, order), ...bounds];
  const looks = rest.map(conditionOf);
  const statement = sql<Row>`
    with near as materialized (
      select
        m.id, m.arrived_at, m.subject, m.from_address, m.to_addresses, m.rcpt_to, m.message_id, m.state, m.outcome,
        m.case_id
      from mails m
      where ${whole(sparse ? gone : [...gone, ...looks])}
      order by ${sorted(order, newestFirst)}
      limit ${sparse ? lookedAtMost : limit + 1}
    ),
    found as (
      select m.id, m.arrived_at
      from near m
      where ${sparse ? whole(looks) : sql`true`}
      order by ${sorted(order, newestFirst)}
      limit ${limit + 1}
    ),
    last as (
      select m.id, m.arrived_at
      from near m
      order by ${sorted(order, !newestFirst)}
      limit 1
    )
    select
      (
        select json_agg(to_jsonb(l) order by l.n)
        from (
          select ${lineColumns}, row_number() over (order by ${keyOf(order)}) as n
          from found f
          join mails m on m.id = f.id
        ) l
      ) as items,
      (select count(*) from near)::int as looked,
      (select m.id::text from last m) as to,
      (select ${time('m.arrived_at')} from last m) as "toAt"`;
  return { statement, sparse, newestFirst };
}

export async function searchMails(database: Database, asked: MailsAsked): Promise<MailsFound> {
  const { statement, sparse, newestFirst } = searchStatement(asked);
  const { limit } = asked;
  const { rows } = await database.ask((db) => statement.execute(db));
  const { items, looked = 0, to = null, toAt = null } = rows[0] ?? ({} as Partial<Row>);
  // Oldest first, with one too many at the end that was asked for.
  const all = (items ?? []).map(({ n: _, ...line }) => line);
  const more = all.length > limit;
  const kept = more ? (newestFirst ? all.slice(1) : all.slice(0, limit)) : all;
  return {
    items: kept.toReversed(),
    more,
    looked: sparse ? { count: looked, whole: looked < lookedAtMost, to, toAt } : null,
  };
}
