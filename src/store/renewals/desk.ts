/** Letters about renewals as the pages of the console list them: by key, however many there are (POLICY §10.5). */
import { type RawBuilder, sql } from 'kysely';
import type { RenewalState } from '../../acts/renewals/records.ts';
import type { Role } from '../../registry/site.ts';
import type { Database } from '../database.ts';
import { days } from '../literals.ts';
import { time } from '../reports/reports.ts';
import { ofSteps, type RenewalRow, stepColumns } from './list.ts';

/** What a list is of: what goes out within a week, all that is planned, … */
export const renewalViews = [
  'week',
  'planned',
  'held',
  'paused',
  'sent',
  'answered',
  'nobody',
  'skipped',
  'all',
] as const;
export type RenewalView = (typeof renewalViews)[number];

/** What lies ahead begins with what is next, what lies behind with the newest. */
export const isAhead = (view: RenewalView): boolean => view === 'week' || view === 'planned' || view === 'held';

export type RenewalAsked = {
  readonly view: RenewalView;
  readonly site?: string | undefined;
  /** Those of one day; what was sent stands under the day on which it went, in that zone. */
  readonly day?: string | undefined;
  readonly zone?: string | undefined;
  /** The id of the last that was seen. */
  readonly after: string | null;
  readonly limit: number;
};

const conditions: Readonly<Record<RenewalView, RawBuilder<unknown>>> = {
  week: sql`t.state in ('planned', 'held') and t.settled_at is null and t.due_at < now() + ${days(7)}`,
  planned: sql`t.state = 'planned'`,
  held: sql`t.state = 'held' and t.settled_at is null`,
  // What is due and waits, and what became too late by that.
  paused: sql`(t.state = 'planned' and t.due_at <= now() or t.state = 'skipped' and t.reason = 'paused')`,
  sent: sql`t.state = 'sent'`,
  answered: sql`t.id in (select a.step_id from renewal_answers a)`,
  nobody: sql`t.state = 'nobody'`,
  skipped: sql`t.state = 'skipped'`,
  all: sql`true`,
};

/** That went on one of these days: by the moment, for which there is an index. */
const wentWithin = (from: string, to: string, zone: string) => sql`
  t.state = 'sent'
  and t.settled_at >= ${from}::timestamp at time zone ${zone}::text
  and t.settled_at < (${to}::date + 1)::timestamp at time zone ${zone}::text`;
const within = (from: string, to: string, zone: string) => sql`(
  t.state <> 'sent' and t.day between ${from}::date and ${to}::date
  or ${wentWithin(from, to, zone)}
)`;

/** Newest first: who was told stands by when they were told, which may be before the day of the letter. */
const isTold = (view: RenewalView): boolean => view === 'sent';

export async function deskRenewals(
  database: Database,
  { view, site, day, zone = 'UTC', after, limit }: RenewalAsked,
  roles: readonly Role[],
): Promise<{ items: RenewalRow[]; next: string | null }> {
  const told = isTold(view);
  const ahead = isAhead(view) || (!told && (day !== undefined || site !== undefined));
  const [further, order] = ahead ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const moment = sql.ref(told ? 'settled_at' : 'due_at');
  const where = [conditions[view]];
  if (site !== undefined) where.push(sql`t.site_id = (select id from sites where number = ${site})`);
  if (day !== undefined) where.push(within(day, day, zone));
  if (after !== null)
    where.push(sql`
      (t.${moment}, t.id) ${further} (
        select k.${moment}, k.id
        from renewal_steps k
        where k.id = ${after}::bigint
      )`);
  // What is shown of each is looked up for these alone.
  const page = sql`(
    select t.*
    from renewal_steps t
    where ${sql.join(where, sql` and `)}
    order by t.${moment} ${order}, t.id ${order}
    limit ${limit + 1})`;
  const { rows } = await database.ask((db) =>
    sql<RenewalRow>`
      select ${stepColumns(roles)} ${ofSteps(page)}
      order by t.${moment} ${order}, t.id ${order}`.execute(db),
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const countedTo = 10_000;
const counted = ['week', 'planned', 'held', 'nobody'] as const satisfies readonly RenewalView[];
export type RenewalCounts = Readonly<Record<(typeof counted)[number], number>>;

export async function countRenewals(database: Database): Promise<RenewalCounts> {
  const counts = counted.map(
    (view) => sql`
      (
        select count(*)::int
        from (
          select
          from renewal_steps t
          where ${conditions[view]}
          limit ${sql.lit(countedTo + 1)}
        ) n
      ) as ${sql.ref(view)}`,
  );
  const { rows } = await database.ask((db) => sql<RenewalCounts>`select ${sql.join(counts)}`.execute(db));
  return rows[0] as RenewalCounts;
}

export type DayCount = { readonly day: string; readonly state: RenewalState; readonly count: number };

export async function renewalsByDay(
  database: Database,
  { from, to, zone }: { readonly from: string; readonly to: string; readonly zone: string },
): Promise<DayCount[]> {
  const { rows } = await database.ask((db) =>
    sql<DayCount>`
      select d.day, d.state, count(*)::int as count
      from (
        select to_json(t.day) #>> '{}' as day, t.state
        from renewal_steps t
        where t.state <> 'sent' and t.day between ${from}::date and ${to}::date
        union all
        select to_json((t.settled_at at time zone ${zone}::text)::date) #>> '{}', t.state
        from renewal_steps t
        where ${wentWithin(from, to, zone)}
      ) d
      group by 1, 2
      order by 1, 2`.execute(db),
  );
  return rows;
}

/** That somebody was told: to whom, when, and what their mail server answered. */
export type ToldLine = {
  readonly renewal: string;
  readonly site: string;
  readonly siteName: string;
  readonly endsOn: string;
  readonly step: number;
  readonly day: string;
  readonly letter: string;
  readonly role: string;
  readonly to: string;
  readonly state: string;
  readonly sentAt: string | null;
  readonly response: string | null;
  readonly messageId: string;
};
const mostTold = 50_000;

/** Newest first. */
export async function toldRenewals(database: Database, from: string, to: string): Promise<ToldLine[]> {
  const { rows } = await database.ask((db) =>
    sql<ToldLine>`
      select
        t.id::text as renewal,
        s.number as site,
        s.name as "siteName",
        coalesce(t.items->0->>'to', to_json(t.group_on) #>> '{}') as "endsOn",
        t.step,
        to_json(t.day) #>> '{}' as day,
        l.id::text as letter,
        m.role,
        l.to_address::text as "to",
        l.state,
        ${time('l.sent_at')} as "sentAt",
        l.response,
        l.message_id as "messageId"
      from renewal_steps t
      join sites s on s.id = t.site_id
      join renewal_letters m on m.step_id = t.id
      join letters l on l.id = m.letter_id
      where t.state = 'sent'
        and t.settled_at >= ${from}::timestamptz
        and t.settled_at < ${to}::timestamptz
      order by t.settled_at desc, l.id desc
      limit ${mostTold}`.execute(db),
  );
  return rows;
}
