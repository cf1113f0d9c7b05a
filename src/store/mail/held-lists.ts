/**
 * Held mail as people go through it: how many there are of each kind and since when, and a page of them. By the index `mails_held_list`, a
 * branch for each outcome and code, so that it costs the rows that are shown however many are held.
 */
import { type RawBuilder, sql } from 'kysely';
import type { HeldKind, HeldRows } from '../../intake/held-kinds.ts';
import type { Grade } from '../../mail/parsed-mail.ts';
import { mostCounted } from '../../upkeep/overview/look.ts';
import type { Database } from '../database.ts';
import { held, outcome } from '../literals.ts';

export type HeldCount = {
  readonly name: string;
  /** `mostCounted + 1`: more than are counted. */
  readonly count: number;
  /** Arrival of the one that waits longest. */
  readonly oldest: string | null;
};

const isHeldAs = ({ outcome: as, code }: HeldRows): RawBuilder<unknown> => sql`
  m.outcome ${held}
  and m.outcome = ${outcome(as)}
  and m.reason_code ${code === null ? sql`is null` : sql`= ${sql.lit(code)}`}`;

const all = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(parts, sql` union all `);

export async function countHeld(database: Database, kinds: readonly HeldKind[]): Promise<HeldCount[]> {
  const parts = kinds.flatMap(({ name, rows }) =>
    rows.map(
      (one) => sql`
      select
        ${sql.lit(name)} as name,
        (
          select count(*)::int
          from (
            select
            from mails m
            where ${isHeldAs(one)}
            limit ${mostCounted + 1}
          ) counted
        ) as count,
        (
          select to_json(m.arrived_at) #>> '{}'
          from mails m
          where ${isHeldAs(one)}
          order by m.arrived_at, m.id
          limit 1
        ) as oldest`,
    ),
  );
  const { rows } = await database.ask((db) => sql<HeldCount>`${all(parts)}`.execute(db));
  return kinds.map(({ name }) => {
    const of = rows.filter((row) => row.name === name);
    return {
      name,
      count: Math.min(
        mostCounted + 1,
        of.reduce((sum, row) => sum + row.count, 0),
      ),
      oldest: of.flatMap((row) => row.oldest ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
    };
  });
}

/** Where a page begins: behind the mail with this arrival, or before it. */
export type HeldKey = { readonly arrivedAt: string; readonly id: string };
export type HeldOrder = 'oldest' | 'newest';

export type HeldLine = {
  readonly id: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly from: string | null;
  readonly name: string | null;
  readonly grade: Grade | null;
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly case: string | null;
  readonly site: { readonly number: string; readonly name: string | null } | null;
  /** That it names, right or not. */
  readonly pin: string | null;
  /** Somebody at the customer was asked and has not answered. */
  readonly asked: boolean;
};

/** What a line shows of mails `m`, by their ids in `chosen`. */
const lines = sql`
  select
    m.id::text,
    m.outcome,
    m.reason_code as code,
    m.from_address as "from",
    m.facts->'from'->>'name' as name,
    m.facts->>'grade' as grade,
    m.subject,
    to_json(m.arrived_at) #>> '{}' as "arrivedAt",
    (select number from cases c where c.id = m.case_id) as "case",
    case when last.site is not null then
      jsonb_build_object('number', last.site, 'name', (select s.name from sites s where s.number = last.site))
    end as site,
    last.pin,
    exists (
      select
      from sender_question_mails l
      join sender_questions q on q.id = l.question_id
      where l.mail_id = m.id and q.answer is null
    ) as asked
  from chosen
  join mails m on m.id = chosen.id
  left join lateral (
    select d.evidence->>'site' as site, d.evidence->>'pin' as pin
    from decisions d
    where d.mail_id = m.id
    order by d.id desc
    limit 1
  ) last on true`;

type Paged = { readonly order: HeldOrder; readonly after: HeldKey | null; readonly limit: number };

/** In the order of their arrival, one more than asked for where there is a next page. */
export async function listHeld(
  database: Database,
  kinds: readonly HeldKind[],
  { order, after, limit }: Paged,
): Promise<HeldLine[]> {
  const turn = order === 'oldest' ? sql`asc` : sql`desc`;
  const behind =
    after === null
      ? sql``
      : sql`and (m.arrived_at, m.id) ${order === 'oldest' ? sql`>` : sql`<`}
          (${after.arrivedAt}::timestamptz, ${after.id}::bigint)`;
  const parts = kinds
    .flatMap(({ rows }) => rows)
    .map(
      (one) => sql`(
      select m.id, m.arrived_at
      from mails m
      where ${isHeldAs(one)} ${behind}
      order by m.arrived_at ${turn}, m.id ${turn}
      limit ${limit + 1}
    )`,
    );
  const { rows } = await database.ask((db) =>
    sql<HeldLine>`
      with chosen as (
        select id, arrived_at
        from (${all(parts)}) found
        order by arrived_at ${turn}, id ${turn}
        limit ${limit + 1}
      )
      ${lines}
      order by chosen.arrived_at ${turn}, chosen.id ${turn}`.execute(db),
  );
  return rows;
}

/** Those that were refused, by a person or at the end of their time, the newest mail first. */
export async function listRefused(
  database: Database,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<HeldLine[]> {
  const { rows } = await database.ask((db) =>
    sql<HeldLine>`
      with chosen as (
        select m.id
        from mails m
        where m.outcome = ${outcome('refused')} and (${before}::bigint is null or m.id < ${before}::bigint)
        order by m.id desc
        limit ${limit + 1}
      )
      ${lines}
      order by chosen.id desc`.execute(db),
  );
  return rows;
}

/** Of chosen mails, those that are held or refused, in the order of their arrival. */
export async function heldAmong(database: Database, ids: readonly string[]): Promise<HeldLine[]> {
  const { rows } = await database.ask((db) =>
    sql<HeldLine>`
      with chosen as (
        select m.id, m.arrived_at
        from mails m
        where m.id = any(${[...ids]}::bigint[])
          and (m.outcome ${held} or m.outcome = ${outcome('refused')})
      )
      ${lines}
      order by chosen.arrived_at, chosen.id`.execute(db),
  );
  return rows;
}
