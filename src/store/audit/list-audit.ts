/** The audit trail as lists show it, newest first. It has tens of millions of rows; each way to ask has its index, or looks at so many. */
import { type RawBuilder, sql } from 'kysely';
import { busyActions } from '../../audit/busy-actions.ts';
import type { Database, Db } from '../database.ts';
import { oneOf } from '../literals.ts';
import { idsBetween } from '../reports/id-at-time.ts';
import { type LookedPage, lookThrough } from '../reports/looked-through.ts';
import { time, whole } from '../reports/reports.ts';

export type AuditRow = {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

const columns = sql`
  a.id::text as id,
  ${time('a.at')} as at,
  a.actor,
  a.action,
  a.subject_kind as "subjectKind",
  a.subject_id as "subjectId",
  a.detail`;

export type AuditFilter = {
  /** An address of our people, whatever way they took; or what stands there, such as `mail:12` or `command`. */
  readonly actor?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly action?: string | undefined;
  /** ISO 8601: from then on, and before then. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** So many rows are looked at for one page, where no index has them together: some 20 ms. */
const mostLooked = 50_000;

/** These read as the indexes of migration 0078 do. */
const notBusy = sql`a.action not in ${oneOf(busyActions)}`;
const actorKey = sql`coalesce(substring(a.actor from ' (?:for|of) ([^ ]+@[^ ]+)$'), a.actor)`;
const ofPeople = sql`
  a.actor <> 'outbound'
  and a.actor not like 'door:%'
  and (a.actor not like 'mail:%' or a.actor like 'mail:% of %')`;

const isBusyActor = (actor: string): boolean => actor === 'outbound' || actor.startsWith('door:');

/** Minutes between a decision and its rows, at most: what is judged on is looked at again when it is written. */
const decidedWithin = 1;
const mostDecisions = 20;

/** A mail writes what it does when it is decided: so its rows lie about those moments. */
async function rangesOfMail(db: Db, mail: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ at: string }>`
    select ${time('d.at')} as at
    from decisions d
    where d.mail_id = ${mail}::bigint
    order by d.id desc
    limit ${mostDecisions}`.execute(db);
  const ranges: RawBuilder<unknown>[] = [];
  for (const { at } of rows) {
    const { low, high } = await idsBetween(db, 'audit', { from: at, to: at }, decidedWithin);
    if (low !== null && high !== null) ranges.push(sql`(a.id >= ${low}::bigint and a.id <= ${high}::bigint)`);
  }
  return ranges.length === 0 ? sql`false` : sql`(${sql.join(ranges, sql` or `)})`;
}

async function byActor(
  db: Db,
  asked: string,
): Promise<{ indexed: RawBuilder<unknown>[]; others: RawBuilder<unknown>[] }> {
  const actor = asked.includes('@') ? asked.toLowerCase() : asked;
  if (isBusyActor(actor)) return { indexed: [], others: [sql`a.actor = ${actor}`] };
  const mail = /^mail:(\d{1,18})$/.exec(actor)?.[1];
  if (mail !== undefined)
    return {
      indexed: [await rangesOfMail(db, mail)],
      others: [sql`(a.actor = ${actor} or a.actor like ${`${actor} of %`})`],
    };
  const person = / (?:for|of) ([^ ]+@[^ ]+)$/.exec(actor)?.[1];
  const others = person === undefined ? [] : [sql`a.actor = ${actor}`];
  return { indexed: [sql`${actorKey} = ${person ?? actor}`, ofPeople], others };
}

export type AuditAsked = AuditFilter & { readonly before: string | null; readonly limit: number };

export async function listAudit(database: Database, filter: AuditAsked): Promise<LookedPage<AuditRow>> {
  return database.ask(async (db) => {
    const { actor, subjectKind, subjectId, action, from, to, before, limit } = filter;
    const indexed: RawBuilder<unknown>[] = [];
    const others: RawBuilder<unknown>[] = [];
    if (actor !== undefined) {
      const by = await byActor(db, actor);
      indexed.push(...by.indexed);
      others.push(...by.others);
    }
    if (subjectKind !== undefined && subjectId !== undefined)
      indexed.push(sql`a.subject_kind = ${subjectKind}`, sql`a.subject_id = ${subjectId}`);
    else if (subjectKind !== undefined) others.push(sql`a.subject_kind = ${subjectKind}`);
    else if (subjectId !== undefined) others.push(sql`a.subject_id = ${subjectId}`);
    if (action !== undefined && !busyActions.includes(action) && subjectId === undefined)
      indexed.push(sql`a.action = ${action}`, notBusy);
    else if (action !== undefined) others.push(sql`a.action = ${action}`);
    const { low, high } = await idsBetween(db, 'audit', { from, to });
    if (low !== null) indexed.push(sql`a.id >= ${low}::bigint`);
    if (high !== null) indexed.push(sql`a.id <= ${high}::bigint`);
    if (from !== undefined) others.push(sql`a.at >= ${from}::timestamptz`);
    if (to !== undefined) others.push(sql`a.at < ${to}::timestamptz`);
    if (before !== null) indexed.push(sql`a.id < ${before}::bigint`);
    return lookThrough<AuditRow>(db, {
      ...{ table: 'audit', alias: 'a', time: 'at' },
      ...{ indexed, others, order: sql`a.id desc`, limit, mostLooked },
      columns,
    });
  });
}

/** What was ever done, for a list to choose from: one look into the index an action. */
export async function knownActions(database: Database): Promise<readonly string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ action: string }>`
      with recursive each as (
        (select a.action from audit a where ${notBusy} order by a.action limit 1)
        union all
        select (select a.action from audit a where ${notBusy} and a.action > each.action order by a.action limit 1)
        from each
        where each.action is not null
      )
      select action
      from each
      where action is not null`.execute(db),
  );
  return [...busyActions, ...rows.map(({ action }) => action)].toSorted();
}

/** The rows of one subject, oldest first. */
export async function auditOfSubject(
  db: Db,
  { kind, id, limit }: { readonly kind: string; readonly id: string; readonly limit: number },
): Promise<readonly AuditRow[]> {
  const conditions = [sql`a.subject_kind = ${kind}`, sql`a.subject_id = ${id}`];
  const { rows } = await sql<AuditRow>`
    select ${columns}
    from audit a
    where ${whole(conditions)}
    order by a.id
    limit ${limit}`.execute(db);
  return rows;
}

export type MailNamed = { readonly from: string | null; readonly subject: string | null };

/** A row of the trail names a mail by its number alone: the address of its sender is read where the mail stands (POLICY §11.5). */
export async function mailsNamed(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, MailNamed>> {
  const known = [...new Set(ids.filter((id) => /^\d{1,18}$/.test(id)))];
  if (known.length === 0) return new Map();
  const { rows } = await database.ask((db) =>
    sql<MailNamed & { id: string }>`
      select id::text as id, from_address as "from", subject
      from mails
      where id = any(${known}::bigint[])`.execute(db),
  );
  return new Map(rows.map(({ id, ...mail }) => [id, mail]));
}
