/** What acts on failed work see of rows. */
import { type RawBuilder, sql } from 'kysely';
import type {
  Failed,
  FailedAsked,
  FailedLetter,
  FailedMail,
  QueueNeeds,
  QueueRecords,
  RangeAsked,
  RangeRecord,
} from '../../acts/queues/records.ts';
import type { Database, Db } from '../database.ts';
import { letterCause, lettersAgain, mailCause, mailsAgain, mailsGivenUp, mostLooked } from './causes.ts';

/** So many at once; the others the next time. */
const mostTaken = 1_000;

const paused = (queue: string) => sql<boolean>`
  exists (
    select
    from channels
    where name = ${`queue:${queue}`} and stopped_at is not null
  )`;

type Counted<Row> = Row & { readonly all: number };
const failed = <Row>(rows: readonly Counted<Row>[]): Failed<Row> => ({
  found: rows.map(({ all: _, ...row }) => row as Row),
  more: Math.max(0, (rows[0]?.all ?? 0) - rows.length),
});

const which = ({ cause, id }: FailedAsked, column: RawBuilder<unknown>, said: RawBuilder<unknown>) =>
  id === undefined ? sql`${said} = ${cause ?? ''}` : sql`${column} = ${id}::bigint`;

async function failedMails(db: Db, asked: FailedAsked): Promise<QueueRecords['failedMails'] & object> {
  const { rows } = await sql<Counted<FailedMail>>`
    select f.id::text, f.fence::text, f."givenUp", count(*) over ()::int as all
    from (
      select m.id, m.fence, ${mailsGivenUp} as "givenUp"
      from mails m
      where ((${mailsAgain}) or (${mailsGivenUp})) and ${which(asked, sql`m.id`, mailCause)}
      limit ${mostLooked}
    ) f
    order by f.id
    limit ${mostTaken}`.execute(db);
  const { rows: stands } = await sql<{ paused: boolean }>`select ${paused('intake')} as paused`.execute(db);
  return { ...failed(rows), paused: stands[0]?.paused ?? false };
}

async function failedLetters(db: Db, asked: FailedAsked): Promise<QueueRecords['failedLetters'] & object> {
  const { rows } = await sql<Counted<FailedLetter>>`
    select f.id::text, f.fence::text, count(*) over ()::int as all
    from (
      select l.id, l.fence
      from letters l
      where ${lettersAgain} and l.raw is not null and ${which(asked, sql`l.id`, letterCause)}
      limit ${mostLooked}
    ) f
    order by f.id
    limit ${mostTaken}`.execute(db);
  const { rows: way } = await sql<{ stopped: boolean; restsUntil: string | null; paused: boolean }>`
    select
      coalesce(bool_or(stopped_at is not null), false) as stopped,
      to_json(max(case when paused_until > now() then date_trunc('second', paused_until) end)) #>> '{}' as "restsUntil",
      ${paused('outbound')} as paused
    from channels
    where name = 'smtp'`.execute(db);
  return { ...failed(rows), ...(way[0] ?? { stopped: false, restsUntil: null, paused: false }) };
}

async function rangeOf(db: Db, { mailbox, from, to }: RangeAsked): Promise<RangeRecord | null> {
  const { rows } = await sql<RangeRecord>`
    select
      m.epoch,
      m.watermark::float as watermark,
      (
        select count(*)
        from arrivals a
        where a.door_name = m.name and a.epoch = m.epoch and a.uid between ${from} and ${to}
      )::int as known,
      (
        select count(*) from mailbox_refetches r where r.mailbox = m.name and r.done_at is null
      )::int as open
    from mailboxes m
    where m.name = ${mailbox} and m.watermark is not null`.execute(db);
  return rows[0] ?? null;
}

export async function queueRecords(database: Database, needs: QueueNeeds): Promise<QueueRecords> {
  const { failedMails: mails, failedLetters: letters, range } = needs;
  if (!mails && !letters && !range) return {};
  return database.ask(async (db) => ({
    ...(mails && { failedMails: await failedMails(db, mails) }),
    ...(letters && { failedLetters: await failedLetters(db, letters) }),
    ...(range && { range: await rangeOf(db, range) }),
  }));
}
