/**
 * The words of cases, written by the clock: what is searched for is read of whole cases, a few at a time, and no mail waits for it. Messages
 * that came are found by their ids, so that nothing has to tell of them.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Searched } from '../../../cases/search/terms.ts';
import type { Database, Db, Tx } from '../../database.ts';

/** So much of one text is read. */
const mostLetters = 200_000;
const messagesAtOnce = 200;
const casesAtOnce = 100;
/** When the search begins to be kept these are read once more: a transaction may have been under way. */
const besides = 1_000;
/** A transaction that lasts longer is not waited for. */
const patienceMinutes = 5;

/** `cases` is a query of `case_id`: what was changed in them without a new message. Until they are read they are found by nothing. */
export async function readAnew(tx: Tx, cases: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into case_search (case_id, stale)
    select case_id, true
    from (${cases}) changed
    order by case_id
    on conflict (case_id) do update set words = '', stale = true`.execute(tx);
}

type Mark = {
  readonly read: string;
  readonly seen: string;
  readonly back: string;
  /** Every transaction has ended that may have written a message up to `seen`. */
  readonly complete: boolean;
};

async function markOf(tx: Tx): Promise<Mark | null> {
  const { rows } = await sql<Mark>`
    select
      read_id::text as read,
      seen_id::text as seen,
      back_id::text as back,
      seen_xid <= pg_snapshot_xmin(pg_current_snapshot())
        or seen_at < now() - make_interval(mins => ${patienceMinutes}) as complete
    from case_search_mark`.execute(tx);
  return rows[0] ?? null;
}

const begin = (tx: Tx) =>
  sql`
    insert into case_search_mark (read_id, seen_id, seen_xid, back_id, begun_id)
    select greatest(m.id - ${besides}, 0), m.id, pg_snapshot_xmax(pg_current_snapshot()), c.id + 1, c.id
    from (select coalesce(max(id), 0) as id from case_messages) m
    cross join (select coalesce(max(id), 0) as id from cases) c`.execute(tx);

/** What stands now is complete once every transaction of now has ended. */
async function lookAgain(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update case_search_mark
    set seen_id = last.id, seen_xid = pg_snapshot_xmax(pg_current_snapshot()), seen_at = now()
    from (select coalesce(max(id), 0) as id from case_messages) last
    where seen_id < last.id
    returning seen_id::text as id`.execute(tx);
  return rows.length > 0;
}

type Due = { readonly ids: readonly string[]; readonly kept: (tx: Tx) => Promise<unknown> };

/** Cases of the messages behind `read`. */
async function ofMessages(tx: Tx, { read, seen }: Mark): Promise<Due> {
  const { rows } = await sql<{ upTo: string; ids: string[] }>`
    select max(id)::text as "upTo", array_agg(distinct case_id::text) as ids
    from (
      select id, case_id
      from case_messages
      where id > ${read}::bigint and id <= ${seen}::bigint
      order by id
      limit ${messagesAtOnce}
    ) m`.execute(tx);
  const [found] = rows;
  return {
    ids: found?.ids ?? [],
    kept: (within) =>
      sql`update case_search_mark set read_id = coalesce(${found?.upTo ?? null}::bigint, seen_id)`.execute(within),
  };
}

async function ofStale(tx: Tx): Promise<Due> {
  const { rows } = await sql<{ id: string }>`
    select case_id::text as id
    from case_search
    where stale
    order by case_id
    limit ${casesAtOnce}`.execute(tx);
  return { ids: rows.map(({ id }) => id), kept: async () => undefined };
}

/** Of before there was a search, the newest first; what is there already came anew since. */
async function ofBefore(tx: Tx, { back }: Mark): Promise<Due> {
  const { rows } = await sql<{ id: string; there: boolean }>`
    select c.id::text, s.case_id is not null as there
    from (
      select id
      from cases
      where id < ${back}::bigint
      order by id desc
      limit ${casesAtOnce}
    ) c
    left join case_search s on s.case_id = c.id
    order by c.id desc`.execute(tx);
  const last = rows.at(-1)?.id ?? '0';
  return {
    ids: rows.filter(({ there }) => !there).map(({ id }) => id),
    kept: (within) => sql`update case_search_mark set back_id = ${last}::bigint`.execute(within),
  };
}

const searched = sql`
  json_build_object(
    'number', c.number,
    'title', c.title,
    'requester', c.contact_address,
    'messages', coalesce(
      (
        select json_agg(json_build_object(
          'author', m.author,
          'text', left(m.text, ${mostLetters}),
          'files', coalesce(
            (select json_agg(a->>'name') from jsonb_array_elements(m.attachments) a where a->>'name' is not null),
            '[]')) order by m.at desc, m.id desc)
        from case_messages m
        where m.case_id = c.id
      ),
      '[]'))`;

type Whole = Searched & { readonly id: string };

const readCases = async (tx: Db | Tx, ids: readonly string[]): Promise<readonly Whole[]> => {
  const { rows } = await sql<{ id: string; one: Searched }>`
    select c.id::text, ${searched} as one
    from cases c
    where c.id = any(${[...ids]}::bigint[])`.execute(tx);
  return rows.map(({ id, one }) => ({ id, ...one }));
};

async function write(
  tx: Tx,
  rows: readonly { readonly id: string; readonly words: readonly string[] }[],
): Promise<void> {
  await sql`
    insert into case_search as s (case_id, words, stale)
    select t.id, array_to_tsvector(array(select jsonb_array_elements_text(t.words))), false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id bigint, words jsonb)
    on conflict (case_id) do update set words = excluded.words, stale = false`.execute(tx);
}

/**
 * One step: messages that came, then what was changed, then cases of before. Returns how many cases were read; null where nothing is left,
 * or another process is at it.
 */
export async function searchStep(
  database: Database,
  wordsOf: (of: Searched) => readonly string[],
): Promise<number | null> {
  return database.transaction(async (tx) => {
    const { rows: free } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(hashtext('case-search')) as free`.execute(tx);
    if (!free[0]?.free) return null;
    const mark = await markOf(tx);
    if (mark === null) {
      await begin(tx);
      return 0;
    }
    const isRead = BigInt(mark.read) >= BigInt(mark.seen);
    if (isRead) await lookAgain(tx);
    const due = !isRead && mark.complete ? await ofMessages(tx, mark) : await elseDue(tx, mark);
    if (due === null) return null;
    if (due.ids.length > 0) {
      // Locked before it is read: what is erased or split meanwhile waits for this, and marks the case again.
      await readAnew(tx, sql`select unnest(${[...due.ids]}::bigint[]) as case_id`);
      const whole = await readCases(tx, due.ids);
      await write(
        tx,
        whole.map((one) => ({ id: one.id, words: wordsOf(one) })),
      );
    }
    await due.kept(tx);
    return due.ids.length;
  });
}

async function elseDue(tx: Tx, mark: Mark): Promise<Due | null> {
  const stale = await ofStale(tx);
  if (stale.ids.length > 0) return stale;
  return mark.back === '0' ? null : ofBefore(tx, mark);
}

export type SearchReach = {
  /** Cases of before that are not read yet are below this number; null: all are there. */
  readonly from: string | null;
  /** Of the cases there were when it began, in hundredths. */
  readonly percent: number;
};

export async function searchReach(database: Database): Promise<SearchReach> {
  const { rows } = await database.ask((db) =>
    sql<{ from: string | null; percent: number; whole: boolean }>`
      select
        back_id = 0 as whole,
        (select number from cases c where c.id >= m.back_id order by c.id limit 1) as "from",
        floor(100.0 * (begun_id - back_id + 1) / greatest(1, begun_id - first.id + 1))::int as percent
      from case_search_mark m
      cross join (select coalesce(min(id), 0) as id from cases) first`.execute(db),
  );
  const [row] = rows;
  // Nothing was read yet: there may be no case, or the clock has not run.
  if (!row) return { from: null, percent: 0 };
  return row.whole ? { from: null, percent: 100 } : { from: row.from, percent: Math.min(99, Math.max(0, row.percent)) };
}

/** Of these cases what is searched, to be looked at letter by letter. */
export const searchedCases = async (
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Searched>> => {
  const rows = await database.ask((db) => readCases(db, ids));
  return new Map(rows.map(({ id, ...one }) => [id, one]));
};
