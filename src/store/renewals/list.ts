/** Letters about renewals as lists: what goes out, what became of it, and who was not told (POLICY §10.5). */
import { type RawBuilder, sql } from 'kysely';
import type { RenewalPerson, RenewalWeek } from '../../acts/renewals/records.ts';
import type { RenewalContract } from '../../changes/schedule/renewals.ts';
import { noticeSpans } from '../../notices/spans.ts';
import type { Role } from '../../registry/site.ts';
import type { Database } from '../database.ts';
import { contactJson } from '../intake/facts/registry.ts';
import { days, oneOf } from '../literals.ts';
import type { ScheduleStanding } from '../schedule/turns.ts';

export const renewalShown = [
  ...(['planned', 'held', 'sent', 'answered', 'bounced', 'nobody', 'skipped', 'renewed'] as const),
] as const;
export type RenewalShown = (typeof renewalShown)[number];

export type RenewalRow = {
  readonly id: string;
  readonly site: string;
  readonly siteName: string;
  /** Who of our people looks after the account; null: the renewal team. */
  readonly representative: string | null;
  /** The earliest end of what the letter is about: with site and step its key. */
  readonly group: string;
  readonly step: number;
  readonly day: string;
  readonly dueAt: string;
  readonly state: RenewalShown;
  readonly reason: string | null;
  /** When it was sent, skipped, or had reached nobody; null: it may still go out. */
  readonly settledAt: string | null;
  readonly items: readonly RenewalContract[];
  /** Whom the last letter went to. */
  readonly sentTo: string | null;
  /** Of whom the next one goes to one, in the order of the registry. */
  readonly people: readonly RenewalPerson[];
  readonly words: string | null;
  readonly quote: string | null;
  readonly letters: readonly {
    readonly id: string;
    readonly role: 'notice' | 'copy' | 'settled';
    readonly to: string;
    readonly state: string;
    readonly sentAt: string | null;
    readonly response: string | null;
  }[];
  /** Mails that answer it. */
  readonly answers: readonly string[];
};

/** Of a step `t`. */
export const lastNotice = sql`
  select l.state, l.to_address
  from renewal_letters n
  join letters l on l.id = n.letter_id
  where n.step_id = t.id and n.role = 'notice'
  order by l.id desc
  limit 1`;

/** Of a step `t`, with its last letter `n`. */
export const stepState = sql`
  case
    when t.state = 'sent' and n.state in ${oneOf(['bounced', 'failed'])} then 'bounced'
    when t.state = 'sent' and exists (select from renewal_answers a where a.step_id = t.id) then 'answered'
    when t.state = 'skipped' and t.reason = 'renewed' then 'renewed'
    else t.state
  end`;

/** Of whom one is told next; which of them the core says. `roles`: those of whom anybody may be. */
const peopleOf = (roles: readonly Role[]) => sql`
  select coalesce(json_agg((${contactJson})::jsonb || jsonb_strip_nulls(jsonb_build_object(
    'unreachable', case when c.unreachable_since is not null then true end)) order by c.position, c.id), '[]')
  from contacts c
  where c.site_id = t.site_id
    and (${'renewal'} = any(c.types) or c.role = any(${[...roles]}::text[]) or c.privileges is not null)`;

export const stepColumns = (roles: readonly Role[]) => sql`
  t.id::text as id,
  s.number as site,
  s.name as "siteName",
  s.representative,
  to_json(t.group_on) #>> '{}' as "group",
  t.step,
  to_json(t.day) #>> '{}' as day,
  to_json(t.due_at) #>> '{}' as "dueAt",
  ${stepState} as state,
  t.reason,
  to_json(t.settled_at) #>> '{}' as "settledAt",
  t.items,
  n.to_address as "sentTo",
  (${peopleOf(roles)}) as people,
  t.words,
  (select filename from renewal_quotes q where q.step_id = t.id) as quote,
  (
    select coalesce(json_agg(json_build_object(
      'id', l.id::text,
      'role', m.role,
      'to', l.to_address,
      'state', l.state,
      'sentAt', l.sent_at,
      'response', l.response) order by l.id), '[]')
    from renewal_letters m
    join letters l on l.id = m.letter_id
    where m.step_id = t.id
  ) as letters,
  (select coalesce(json_agg(a.mail_id::text order by a.mail_id), '[]') from renewal_answers a where a.step_id = t.id)
    as answers`;

/** `t`: these steps. */
export const ofSteps = (steps: RawBuilder<unknown> = sql`renewal_steps`) => sql`
  from ${steps} t
  join sites s on s.id = t.site_id
  left join lateral (${lastNotice}) n on true`;

export type RenewalFilter = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly state?: RenewalShown | undefined;
  readonly site?: string | undefined;
  /** Whose roles open letters about renewals, beside those who have it by name. */
  readonly roles: readonly Role[];
  /** Only what a person can still do something about. */
  readonly open?: boolean;
  readonly limit: number;
  readonly offset?: number;
};

/** By the moment at which they go out. */
export async function listRenewals(database: Database, filter: RenewalFilter): Promise<RenewalRow[]> {
  const where: RawBuilder<unknown>[] = [sql`true`];
  if (filter.from !== undefined) where.push(sql`t.day >= ${filter.from}::date`);
  if (filter.to !== undefined) where.push(sql`t.day <= ${filter.to}::date`);
  if (filter.site !== undefined) where.push(sql`s.number = ${filter.site}`);
  if (filter.open) where.push(sql`t.state in ${oneOf(['planned', 'held'])} and t.settled_at is null`);
  if (filter.state !== undefined) where.push(sql`${stepState} = ${filter.state}`);
  const { rows } = await database.ask((db) =>
    sql<RenewalRow>`
      select ${stepColumns(filter.roles)} ${ofSteps()}
      where ${sql.join(where, sql` and `)}
      order by t.due_at, t.id
      limit ${filter.limit}
      offset ${filter.offset ?? 0}`.execute(db),
  );
  return rows;
}

export async function findRenewal(database: Database, id: string, roles: readonly Role[]): Promise<RenewalRow | null> {
  const { rows } = await database.ask((db) =>
    sql<RenewalRow>`select ${stepColumns(roles)} ${ofSteps()} where t.id = ${id}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}

/** In the list of the week are so many; the rest is in the list that is asked for. */
const mostInWeek = 5_000;

export async function renewalsPlanned(
  database: Database,
  { from, to, roles }: { readonly from: string; readonly to: string; readonly roles: readonly Role[] },
): Promise<RenewalWeek['planned']> {
  const found = await listRenewals(database, { from, to, roles, open: true, limit: mostInWeek });
  return found.map(({ id, site, siteName, representative, day, items, group, people, state }) => ({
    ...{ renewal: id, site, siteName, representative, day, endsOn: items[0]?.to ?? group, people },
    state: state === 'held' ? 'held' : 'planned',
  }));
}

export type NotTold = RenewalWeek['notTold'][number] & {
  readonly renewal: string;
  readonly step: number;
  readonly day: string;
};

/**
 * Accounts whose newest letter that was due, or that somebody has sent before its day, has reached nobody, and why. What was left out by
 * the ladder for another letter's sake is looked past; what was due before renewals were started is nobody's fault.
 */
export async function accountsNotTold(database: Database): Promise<NotTold[]> {
  const { rows } = await database.ask((db) =>
    sql<NotTold>`
      select u.renewal, u.site, u."siteName", u.representative, u.step, u.day, u."endsOn", u.why
      from (
        select distinct on (t.site_id, t.group_on)
          t.id::text as renewal,
          s.number as site,
          s.name as "siteName",
          s.representative,
          t.step,
          to_json(t.day) #>> '{}' as day,
          coalesce(t.items->0->>'to', to_json(t.group_on) #>> '{}') as "endsOn",
          case
            when t.state = 'sent' and n.state in ${oneOf(['bounced', 'failed'])} then 'bounced'
            when t.state = 'nobody' then t.reason
            when t.state = 'held' then 'held'
            when t.state = 'planned' and k.paused_at is not null then 'paused'
            when t.state = 'skipped' then case
              when t.reason in ${oneOf(['missed', 'too-late'])} then 'downtime'
              when t.reason = 'not-known' then 'known-late'
              when t.reason in ${oneOf(['paused', 'by-hand'])} then t.reason
            end
          end as why
        ${ofSteps()}
        join schedules k on k.kind = 'renewals' and k.running
        where (t.due_at <= now() or t.state in ${oneOf(['sent', 'nobody'])})
          and t.group_on > now()::date - ${noticeSpans.askedDays}::int
          and coalesce(t.reason, '') <> all(${['same-day', 'told', 'not-started', 'gone']}::text[])
        order by t.site_id, t.group_on, t.step desc
      ) u
      where u.why is not null
      order by u."endsOn", u.site`.execute(db),
  );
  return rows;
}

/** As of the other schedules: when next, and what came of it. */
export async function renewalStanding(database: Database): Promise<ScheduleStanding> {
  const { rows } = await database.ask((db) =>
    sql<ScheduleStanding>`
      select
        'renewals' as kind,
        coalesce(bool_or(k.running), false) as running,
        to_json(max(k.since)) #>> '{}' as since,
        max(k.by) as by,
        to_json(max(d.next)) #>> '{}' as next,
        (
          select count(distinct t.site_id)::int
          from renewal_steps t
          where t.state = 'planned' and t.due_at < max(d.next) + ${days(1)}
        ) as sites,
        to_json(max(d.last)) #>> '{}' as last,
        (
          select coalesce(json_object_agg(r.state, r.count), '{}')
          from (
            select t.state, count(*)::int as count
            from renewal_steps t
            where t.settled_at > now() - ${days(31)}
            group by t.state
          ) r
        ) as lately
      from (
        select
          (select min(due_at) from renewal_steps where state = 'planned') as next,
          (select max(settled_at) from renewal_steps where state = 'sent') as last
      ) d
      left join schedules k on k.kind = 'renewals'`.execute(db),
  );
  return rows[0] as ScheduleStanding;
}
