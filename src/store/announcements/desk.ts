/** Announcements as the pages of the console show them: lists by key, how far one is, and who got it (POLICY §10.6). */
import { type RawBuilder, sql } from 'kysely';
import type { Announcement, AnnouncementState } from '../../notices/announcement.ts';
import type { Database } from '../database.ts';
import { upTo } from '../literals.ts';
import { time } from '../reports/reports.ts';
import type { ListedAnnouncement } from './list-announcements.ts';
import { mostWaiting, waitingOf } from './waiting.ts';

export type AnnouncementLine = Omit<ListedAnnouncement, 'recipients' | 'letters'> & {
  /** Each is counted up to 10,001. */
  readonly open: number;
  readonly written: number;
};

const columns = sql`
  a.id::text,
  a.name,
  a.kind,
  a.content #>> '{texts,0,subject}' as subject,
  a.state,
  a.paused_by_itself as "pausedByItself",
  ${time('a.written_at')} as "writtenAt",
  ${time('a.started_at')} as "startedAt",
  ${time('a.ended_at')} as "endedAt",
  ${time('a.due_at')} as "dueAt",
  a.dropped,
  a.by,
  a.gathered_to is null as gathered,
  ${upTo(sql`select from announcement_recipients r where r.announcement_id = a.id and r.state = 'open'`)} as open,
  ${upTo(
    sql`select from announcement_recipients r where r.announcement_id = a.id and r.letter_id is not null`,
  )} as written`;

export type AnnouncementAsked = {
  readonly state?: AnnouncementState | undefined;
  /** Only those that go by themselves. */
  readonly byItself?: boolean | undefined;
  readonly before: string | null;
  readonly limit: number;
};

/** Newest first. */
export async function deskAnnouncements(
  database: Database,
  { state, byItself, before, limit }: AnnouncementAsked,
): Promise<{ items: AnnouncementLine[]; next: string | null }> {
  const where: RawBuilder<unknown>[] = [sql`true`];
  if (state !== undefined) where.push(sql`a.state = ${state}`);
  if (byItself) where.push(sql`a.due_at is not null`);
  if (before !== null) where.push(sql`a.id < ${before}::bigint`);
  const { rows } = await database.ask((db) =>
    sql<AnnouncementLine>`
      select ${columns}
      from announcements a
      where ${sql.join(where, sql` and `)}
      order by a.id desc
      limit ${limit + 1}`.execute(db),
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export type Progress = {
  readonly open: number;
  readonly written: number;
  readonly leftOut: Readonly<Record<'unreachable' | 'ended' | 'gone', number>>;
  /** Of its letters those that have not left: counted up to 500, which is the most there are. */
  readonly waiting: number;
  /** Failed or came back, counted up to 10,001. */
  readonly notArrived: number;
};
export type AnnouncementFull = AnnouncementLine & { readonly content: Announcement; readonly progress: Progress };

/** Counted by indexes alone, so that a page that follows a great one costs little. */
const progress = sql`
  json_build_object(
    'open', (select count(*) from announcement_recipients r where r.announcement_id = a.id and r.state = 'open'),
    'written', (
      select count(*) from announcement_recipients r where r.announcement_id = a.id and r.letter_id is not null
    ),
    'leftOut', (
      select json_build_object(
        'unreachable', count(*) filter (where r.state = 'unreachable'),
        'ended', count(*) filter (where r.state = 'ended'),
        'gone', count(*) filter (where r.state = 'gone'))
      from announcement_recipients r
      where r.announcement_id = a.id and r.state not in ('open', 'written')
    ),
    'waiting', ${waitingOf},
    'notArrived', ${upTo(sql`
      select
      from letters l
      where l.state in ('failed', 'bounced')
        and l.id >= (
          select min(m.letter_id)
          from announcement_recipients m
          where m.announcement_id = a.id and m.letter_id is not null)
        and exists (
          select from announcement_recipients r where r.announcement_id = a.id and r.letter_id = l.id)`)})`;

/** By id or name. */
export async function announcementFull(database: Database, named: string): Promise<AnnouncementFull | null> {
  const which = /^\d{1,18}$/.test(named) ? sql`a.id = ${named}::bigint` : sql`a.name = ${named}`;
  const { rows } = await database.ask((db) =>
    sql<AnnouncementFull>`
      select ${columns}, a.content, ${progress} as progress
      from announcements a
      where ${which}`.execute(db),
  );
  return rows[0] ?? null;
}

export const recipientStates = ['written', 'open', 'not-arrived', 'unreachable', 'ended', 'gone'] as const;
export type RecipientState = (typeof recipientStates)[number];
export type RecipientLine = {
  readonly address: string;
  readonly siteNumber: string | null;
  readonly siteName: string | null;
  readonly cases: readonly string[];
  readonly at: string;
  readonly letter: {
    readonly id: string;
    readonly state: string;
    readonly sentAt: string | null;
    readonly response: string | null;
  } | null;
};
type RecipientsAsked = {
  readonly state: RecipientState;
  /** The address of the last that was seen, or the id of its letter. */
  readonly after: string | null;
  readonly limit: number;
};

const byLetter: readonly RecipientState[] = ['written', 'not-arrived'];

export async function announcementRecipients(
  database: Database,
  announcement: string,
  { state, after, limit }: RecipientsAsked,
): Promise<{ items: RecipientLine[]; next: string | null }> {
  const where = [sql`r.announcement_id = ${announcement}::bigint`];
  const lettered = byLetter.includes(state);
  if (state === 'written') where.push(sql`r.letter_id is not null`);
  else if (state === 'not-arrived') where.push(sql`l.state in ('failed', 'bounced')`);
  else where.push(sql`r.state = ${sql.lit(state)}`);
  if (after !== null && lettered && /^\d{1,18}$/.test(after)) where.push(sql`r.letter_id < ${after}::bigint`);
  if (after !== null && !lettered) where.push(sql`r.address > ${after}`);
  const order = lettered ? sql`r.letter_id desc nulls last` : sql`r.address`;
  const { rows } = await database.ask((db) =>
    sql<RecipientLine>`
      select
        r.address::text as address,
        s.number as "siteNumber",
        s.name as "siteName",
        r.cases,
        ${time('r.at')} as at,
        case when l.id is not null then json_build_object(
          'id', l.id::text,
          'state', l.state,
          'sentAt', ${time('l.sent_at')},
          'response', l.response) end as letter
      from announcement_recipients r
      left join letters l on l.id = r.letter_id
      left join contacts c on c.id = r.contact_id
      left join sites s on s.id = c.site_id
      where ${sql.join(where, sql` and `)}
      order by ${order}
      limit ${limit + 1}`.execute(db),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const key = lettered ? last?.letter?.id : last?.address;
  return { items, next: rows.length > limit ? (key ?? null) : null };
}

export { mostWaiting };

export type ReturnedLine = {
  readonly contact: string;
  readonly address: string;
  readonly siteNumber: string;
  readonly siteName: string;
  readonly since: string;
  /** Nobody writes there any more; else one letter came back, and the site is asked. */
  readonly unreachable: boolean;
  /** Of letters that can be ended, where somebody has named this address for them. */
  readonly subscription: boolean;
  /** The last that did not arrive there, as far as letters are kept, with what was answered. */
  readonly letter: { readonly id: string; readonly response: string | null } | null;
};

/** Of so many letters to an address the last that did not arrive is looked for. */
const mostLooked = 200;
const lastReturned = (address: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select json_build_object('id', l.id::text, 'response', l.response)
  from (
    select id, state, response, created_at
    from letters
    where to_address = ${address}
    order by created_at desc
    limit ${sql.lit(mostLooked)}
  ) l
  where l.state in ('bounced', 'failed')
  order by l.created_at desc
  limit 1)`;

/** Addresses that letters came back from, by their contacts. */
export async function returnedAddresses(
  database: Database,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<{ items: ReturnedLine[]; next: string | null }> {
  const { rows } = await database.ask((db) =>
    sql<ReturnedLine>`
      select
        c.id::text as contact,
        x.address::text as address,
        s.number as "siteNumber",
        s.name as "siteName",
        ${time('coalesce(c.unreachable_since, c.doubtful_since)')} as since,
        c.unreachable_since is not null as unreachable,
        false as subscription,
        ${lastReturned(sql`x.address`)} as letter
      from contacts c
      join sites s on s.id = c.site_id
      join contact_addresses x on x.contact_id = c.id and x.main
      where (c.doubtful_since is not null or c.unreachable_since is not null) and c.id > ${after ?? '0'}::bigint
      order by c.id
      limit ${limit + 1}`.execute(db),
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.contact ?? null) : null };
}

const mostNamed = 200;
export async function returnedSubscriptions(database: Database): Promise<ReturnedLine[]> {
  const { rows } = await database.ask((db) =>
    sql<ReturnedLine>`
      select
        c.id::text as contact,
        p.address,
        s.number as "siteNumber",
        s.name as "siteName",
        ${time('min(p.unreachable_since)')} as since,
        true as unreachable,
        true as subscription,
        ${lastReturned(sql`p.address`)} as letter
      from subscriptions p
      join contacts c on c.id = p.contact_id
      join sites s on s.id = c.site_id
      where p.unreachable_since is not null
      group by c.id, p.address, s.number, s.name
      order by min(p.unreachable_since) desc, c.id
      limit ${mostNamed}`.execute(db),
  );
  return rows;
}

export async function productNames(database: Database): Promise<readonly string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ name: string }>`select name from products order by name limit 500`.execute(db),
  );
  return rows.map(({ name }) => name);
}
