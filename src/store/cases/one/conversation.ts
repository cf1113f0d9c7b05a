/** What has been written on a case, a page of it by key; and what happened between. */
import { sql } from 'kysely';
import type { Grade } from '../../../mail/parsed-mail.ts';
import type { Database } from '../../database.ts';
import { time } from '../../reports/reports.ts';

/** Of a message: when it was, and its row. */
export type MessageKey = { readonly at: string; readonly id: string };

export type ShownMessage = MessageKey & {
  readonly direction: 'in' | 'out' | 'note';
  readonly author: string;
  /** As the registry has whoever wrote it. */
  readonly name: string | null;
  readonly automatic: boolean;
  /** As it is kept with the case. */
  readonly text: string;
  readonly attachments: readonly { readonly name?: string; readonly type?: string; readonly size?: number }[];
  readonly unreadParts: readonly string[];
  readonly mail: {
    readonly id: string;
    readonly grade: Grade | null;
    /** What the sender calls themselves. */
    readonly fromName: string | null;
    readonly newText: string | null;
    readonly whole: string | null;
    readonly nothingOwn: boolean;
    /** Its bytes are here, and hold no secret. */
    readonly hasHtml: boolean;
  } | null;
  readonly letter: {
    readonly id: string;
    readonly template: string;
    readonly state: string;
    readonly stateReason: string | null;
    /** All that went out with it. */
    readonly to: readonly string[];
  } | null;
};

export type ShownEvent = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly mail: string | null;
  readonly detail: unknown;
};

/** Of a text that is folded nobody reads more without opening the mail itself. */
const mostQuoted = 20_000;

const mailOf = sql`
  select json_build_object(
    'id', x.id::text,
    'grade', x.facts->>'grade',
    'fromName', x.facts#>>'{from,name}',
    'newText', left(x.facts->>'newText', ${sql.lit(mostQuoted)}),
    'whole', left(x.facts->>'text', ${sql.lit(mostQuoted)}),
    'nothingOwn', coalesce((x.facts->>'nothingOwn')::boolean, false),
    'hasHtml', x.emptied_at is null and exists (
      select from mail_bytes b where b.mail_id = x.id and not b.sealed))
  from mails x
  where x.id = m.mail_id`;

const letterOf = sql`
  select json_build_object(
    'id', l.id::text,
    'template', l.template,
    'state', l.state,
    'stateReason', l.state_reason,
    'to', case
      when m.automatic then json_build_array(l.to_address)
      else (
        select json_agg(distinct o.to_address)
        from letters o
        where o.case_id = l.case_id and o.template = l.template and o.created_at = l.created_at)
      end)
  from letters l
  where l.id = m.letter_id`;

/** Newest first: of the case with this id, those before a key. */
export async function messagesBefore(
  database: Database,
  { caseId, before, limit }: { readonly caseId: string; readonly before: MessageKey | null; readonly limit: number },
): Promise<readonly ShownMessage[]> {
  const older = before === null ? sql`` : sql`and (c.at, c.id) < (${before.at}::timestamptz, ${before.id}::bigint)`;
  const { rows } = await database.ask((db) =>
    sql<ShownMessage>`
      select
        m.id::text as id,
        ${time('m.at')} as at,
        m.direction,
        m.author,
        (select p.name from contacts p where p.id = m.contact_id) as name,
        m.automatic,
        m.text,
        m.attachments,
        m.unread_parts as "unreadParts",
        (${mailOf}) as mail,
        (${letterOf}) as letter
      from (
        select *
        from case_messages c
        where c.case_id = ${caseId}::bigint ${older}
        order by c.at desc, c.id desc
        limit ${limit}
      ) m
      order by m.at desc, m.id desc`.execute(db),
  );
  return rows;
}

/** Those that others have written since the message `seen`, oldest first: customers, and our own people but `staff`. */
export async function messagesSince(
  database: Database,
  { caseId, seen, staff }: { readonly caseId: string; readonly seen: string; readonly staff: string },
): Promise<readonly { id: string; at: string; direction: 'in' | 'out' | 'note'; author: string; text: string }[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string; at: string; direction: 'in' | 'out' | 'note'; author: string; text: string }>`
      select id::text as id, ${time('at')} as at, direction, author, left(text, ${sql.lit(mostQuoted)}) as text
      from case_messages
      where case_id = ${caseId}::bigint and id > ${seen}::bigint and not automatic and author <> ${staff}
      order by id
      limit 20`.execute(db),
  );
  return rows;
}

/** The newest message that a person has written; `0` where there is none. */
export async function newestMessage(database: Database, caseId: string): Promise<string> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`
      select coalesce(max(id), 0)::text as id
      from case_messages
      where case_id = ${caseId}::bigint and not automatic`.execute(db),
  );
  return rows[0]?.id ?? '0';
}

/** From one moment until before another; null: from the beginning, until the end. */
export async function eventsBetween(
  database: Database,
  { caseId, from, to }: { readonly caseId: string; readonly from: string | null; readonly to: string | null },
): Promise<readonly ShownEvent[]> {
  const { rows } = await database.ask((db) =>
    sql<ShownEvent>`
      select e.id::text as id, ${time('e.at')} as at, e.kind, e.mail_id::text as mail, e.detail
      from case_events e
      where e.case_id = ${caseId}::bigint
        and (${from}::timestamptz is null or e.at >= ${from}::timestamptz)
        and (${to}::timestamptz is null or e.at < ${to}::timestamptz)
      order by e.id`.execute(db),
  );
  return rows;
}
