/** Lists of cases that somebody keeps under a name: for themselves, or for all. */
import { sql } from 'kysely';
import { type AuditLine, writeAudit } from '../../audit.ts';
import type { Database } from '../../database.ts';

export type SavedView = {
  readonly id: string;
  readonly owner: string;
  readonly shared: boolean;
  readonly name: string;
  /** Behind the question mark of the address. */
  readonly query: string;
};

/** Of one person, and of all shared ones: what stands as tabs is looked at. */
const mostViews = 20;

const columns = sql`id::text, owner, shared, name, query`;

/** Own ones, and those that are for all, by name. */
export async function savedViews(database: Database, staff: string): Promise<readonly SavedView[]> {
  const { rows } = await database.ask((db) =>
    sql<SavedView>`
      select ${columns}
      from saved_views
      where shared or owner = ${staff}
      order by shared, lower(name), id`.execute(db),
  );
  return rows;
}

type Kept = Omit<SavedView, 'id'>;
type By = { readonly actor: string };

const line = ({ actor }: By, action: string, { id, name, shared }: SavedView): AuditLine => ({
  ...{ actor, action, subjectKind: 'saved-view', subjectId: id },
  detail: { name, shared },
});

/** `taken`: there is one of this name; `full`: there are as many as there may be. */
export async function keepView(
  database: Database,
  { owner, shared, name, query }: Kept,
  by: By,
): Promise<SavedView | 'taken' | 'full'> {
  return database.transaction(async (tx) => {
    // Two that keep one at a time would both see room.
    await sql`select pg_advisory_xact_lock(hashtext('saved-views'))`.execute(tx);
    const of = shared ? sql`shared` : sql`not shared and owner = ${owner}`;
    const { rows: there } = await sql<{ n: number; taken: boolean }>`
      select count(*)::int as n, coalesce(bool_or(lower(name) = lower(${name})), false) as taken
      from saved_views
      where ${of}`.execute(tx);
    if (there[0]?.taken) return 'taken';
    if ((there[0]?.n ?? 0) >= mostViews) return 'full';
    const { rows } = await sql<SavedView>`
      insert into saved_views (owner, shared, name, query)
      values (${owner}, ${shared}, ${name}, ${query})
      returning ${columns}`.execute(tx);
    const [made] = rows;
    if (!made) throw new Error('a view was inserted and is not there');
    await writeAudit(tx, [line(by, 'view-kept', made)]);
    return made;
  });
}

export async function renameView(
  database: Database,
  { id, name }: Pick<SavedView, 'id' | 'name'>,
  by: By,
): Promise<SavedView | 'taken' | null> {
  return database.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('saved-views'))`.execute(tx);
    const { rows: taken } = await sql`
      select
      from saved_views o
      join saved_views v on v.id = ${id}::bigint
      where o.id <> v.id
        and lower(o.name) = lower(${name})
        and o.shared = v.shared
        and (o.shared or o.owner = v.owner)`.execute(tx);
    if (taken.length > 0) return 'taken';
    const { rows } = await sql<SavedView>`
      update saved_views set name = ${name} where id = ${id}::bigint
      returning ${columns}`.execute(tx);
    const [renamed] = rows;
    if (!renamed) return null;
    await writeAudit(tx, [line(by, 'view-renamed', renamed)]);
    return renamed;
  });
}

/** What was dropped; null: it was not there. */
export async function dropView(database: Database, id: string, by: By): Promise<SavedView | null> {
  return database.transaction(async (tx) => {
    const { rows } = await sql<SavedView>`
      delete from saved_views where id = ${id}::bigint
      returning ${columns}`.execute(tx);
    const [dropped] = rows;
    if (dropped) await writeAudit(tx, [line(by, 'view-dropped', dropped)]);
    return dropped ?? null;
  });
}
