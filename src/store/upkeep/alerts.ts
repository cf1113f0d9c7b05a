/** Alerts (POLICY §11.8): what is looked at in the database, the episodes, and what is to be posted of them. */
import { sql } from 'kysely';
import { type AlertCause, alertSpans, type Check, type Episode } from '../../upkeep/alerts.ts';
import type { Database, Tx } from '../database.ts';
import { days, hours } from '../literals.ts';

export type Signals = {
  readonly mailboxes: readonly {
    readonly name: string;
    /** Since the last look that ended well, or since it is known. */
    readonly minutes: number;
    readonly problem: string | null;
    readonly loginRefused: boolean;
    /** UIDs of which nothing became. */
    readonly missed: number;
  }[];
  /** Endpoints of other programs; `offBecause` null: not switched off by itself. */
  readonly webhooks: readonly { readonly subject: string; readonly offBecause: string | null }[];
  readonly dead: number;
  readonly failed: number;
  /** What the other side said of the last of them. */
  readonly failedWhy: string | null;
  readonly newMinutes: number;
  readonly outboxMinutes: number;
  /** Since the last time that the server for letters did not serve us no letter has left. */
  readonly refused: { readonly why: string | null; readonly login: boolean } | null;
};

/** A mailbox that nobody has opened yet is known from the first look on. */
export async function askSignals(database: Database, mailboxes: readonly string[]): Promise<Signals> {
  const { rows } = await database.ask((db) =>
    sql<{ signals: Signals }>`
      with known as (
        insert into mailboxes (name)
        select unnest(${[...mailboxes]}::text[])
        on conflict (name) do nothing
      )
      select jsonb_build_object(
        'mailboxes', coalesce(
          (
            select jsonb_agg(jsonb_build_object(
              'name', name,
              'minutes', extract(epoch from now() - greatest(fetched_at, known_at))::float / 60,
              'problem', state->>'problem',
              'loginRefused', state->>'login' is not distinct from 'refused',
              'missed', seen - stored - too_large - duplicates - gone - passed_over) order by name)
            from mailboxes
            where name = any(${[...mailboxes]}::text[])
          ),
          '[]'),
        'webhooks', (
          select coalesce(
            jsonb_agg(
              jsonb_build_object(
                'subject', id::text,
                'offBecause', case when state = 'off'
                  then concat_ws(': ', substring(url from '^https?://([^/?#]+)'), off_because) end)
              order by id),
            '[]')
          from webhook_endpoints
        ),
        'dead', (select count(*) from mails where state = 'dead'),
        'failed', (
          select count(*)
          from letters
          where state in ('failed', 'bounced')
            and coalesce(bounced_at, due_at) > now() - ${hours(alertSpans.failedHours)}
            and not stranger
            and template not in ('alert', 'test-letter')
        ),
        'failedWhy', (
          select response
          from letters
          where state in ('failed', 'bounced')
            and coalesce(bounced_at, due_at) > now() - ${hours(alertSpans.failedHours)}
            and not stranger
            and template not in ('alert', 'test-letter')
          order by coalesce(bounced_at, due_at) desc
          limit 1
        ),
        'newMinutes', coalesce(
          (
            select extract(epoch from now() - min(stored_at))::float / 60
            from mails
            where state = 'new'
          ),
          0),
        'outboxMinutes', coalesce(
          (select extract(epoch from now() - min(created_at))::float / 60 from outbox),
          0),
        'refused', (
          select jsonb_build_object('why', reason, 'login', login_refused)
          from channels
          where name = 'smtp'
            and rested_at > now() - interval '15 minutes'
            and paused_until is not null
            and not exists (select from letters where sent_at > rested_at)
        )) as signals`.execute(db),
  );
  const [row] = rows;
  if (!row) throw new Error('the signals are one row');
  return row.signals;
}

/** One look at a time decides what is told, whichever process makes it. The newest episode of each cause and subject. */
export async function lockEpisodes(tx: Tx): Promise<{ now: string; episodes: Episode[] }> {
  await sql`select pg_advisory_xact_lock(hashtext('alerts'))`.execute(tx);
  const { rows } = await sql<{ now: string; episodes: Episode[] | null }>`
    select
      to_json(clock_timestamp()) #>> '{}' as now,
      (
        select json_agg(e)
        from (
          select distinct on (cause, subject)
            id::text,
            cause,
            subject,
            since,
            told_at as "toldAt",
            (
              select max(told_at) from alerts b where b.cause = a.cause and b.subject = a.subject
            ) as "lastToldAt",
            over_at is null as open
          from alerts a
          where over_at is null or over_at > now() - ${days(alertSpans.episodeDays)}
          order by cause, subject, id desc
        ) e
      ) as episodes`.execute(tx);
  return { now: rows[0]?.now ?? '', episodes: rows[0]?.episodes ?? [] };
}

type Written = { readonly id: string; readonly since: string; readonly told: number };
const detail = (cause: AlertCause, subject: string) =>
  sql`jsonb_build_object('cause', ${cause}::text, 'subject', ${subject}::text)`;

export async function openEpisode(tx: Tx, { cause, subject, trouble }: Check, tell: boolean): Promise<Written> {
  const { rows } = await sql<Written>`
    with made as (
      insert into alerts (cause, subject, count, why, told_at, told_times)
      values (
        ${cause},
        ${subject},
        ${trouble?.count ?? 0},
        ${trouble?.why ?? null},
        case when ${tell}::boolean then now() end,
        ${tell ? 1 : 0})
      returning id, to_json(since) #>> '{}' as since, told_times as told
    ), noted as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'scheduler', 'alert-begun', 'alert', id::text, ${detail(cause, subject)}
      from made
    )
    select id::text, since, told
    from made`.execute(tx);
  return rows[0] as Written;
}

export async function keepEpisode(tx: Tx, id: string, { trouble }: Check, tell: boolean): Promise<Written> {
  const { rows } = await sql<Written>`
    update alerts set seen_at = now(), count = ${trouble?.count ?? 0}, why = ${trouble?.why ?? null},
      told_at = case when ${tell}::boolean then now() else told_at end, told_times = told_times + ${tell ? 1 : 0}
    where id = ${id} returning id::text, to_json(since) #>> '{}' as since, told_times as told`.execute(tx);
  return rows[0] as Written;
}

export async function closeEpisode(tx: Tx, id: string, { cause, subject }: Check): Promise<Written> {
  const { rows } = await sql<Written>`
    with over as (
      update alerts
      set over_at = now()
      where id = ${id}
      returning id, to_json(since) #>> '{}' as since, told_times as told
    ), noted as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'scheduler', 'alert-over', 'alert', id::text, ${detail(cause, subject)}
      from over
    )
    select id::text, since, told
    from over`.execute(tx);
  return rows[0] as Written;
}

/** What nobody looks at any more, a mailbox that was taken out of the settings, is over without a word. */
export async function forgetUnseen(tx: Tx): Promise<void> {
  await sql`
    with over as (
      update alerts
      set over_at = now()
      where over_at is null and seen_at < now() - ${days(alertSpans.unseenDays)}
      returning id
    )
    insert into audit (actor, action, subject_kind, subject_id)
    select 'scheduler', 'alert-over', 'alert', id::text
    from over`.execute(tx);
  await sql`delete from alerts where over_at < now() - ${days(alertSpans.keptDays)}`.execute(tx);
}

export async function writePosts(
  tx: Tx,
  posts: readonly { readonly alert: string; readonly body: object }[],
): Promise<void> {
  for (const { alert, body } of posts)
    await sql`insert into alert_posts (alert_id, body) values (${alert}, ${JSON.stringify(body)}::jsonb)`.execute(tx);
}

type DuePost = { readonly id: string; readonly body: object };

/** Claimed for a minute; what was not taken is tried again, later each time, for a day. */
export async function takePosts(database: Database): Promise<DuePost[]> {
  const { rows } = await database.ask((db) =>
    sql<DuePost>`
      with due as (
        select id
        from alert_posts
        where done_at is null and due_at <= now() and made_at > now() - ${days(alertSpans.postDays)}
        order by id
        limit 50
        for update skip locked
      )
      update alert_posts p
      set
        tries = tries + 1,
        due_at = now() + least(${hours(alertSpans.postEveryHours)}, interval '30 seconds' * power(2, least(tries, 7)))
      from due
      where p.id = due.id
      returning p.id::text, p.body`.execute(db),
  );
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
}

export async function markPost(database: Database, id: string, ok: boolean, response: string): Promise<void> {
  await database.ask((db) =>
    sql`
      update alert_posts
      set response = ${response.slice(0, 300)}, done_at = case when ${ok}::boolean then now() end
      where id = ${id}`.execute(db),
  );
}
