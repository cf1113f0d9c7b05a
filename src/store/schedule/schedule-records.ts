/** What acts on letters on a schedule see of rows. */
import { sql } from 'kysely';
import type {
  DoubtfulContact,
  ScheduleNeeds,
  ScheduleRecord,
  ScheduleRecords,
  SiteToWriteTo,
  TurnRecord,
  UnansweredSite,
  WelcomeRecord,
} from '../../acts/schedule/records.ts';
import { contactId, siteId } from '../../foundation/ids.ts';
import type { Database, Db } from '../database.ts';
import { oneOf } from '../literals.ts';
import { siteFields } from '../registry/registry.ts';

/** Of whom a letter about the whole site may go to one: the others are not looked at. */
const mayHear = sql`(c.role in ${oneOf(['primary', 'secondary', 'technical contact'])} or c.privileges is not null)`;

async function sitesToWriteTo(db: Db): Promise<SiteToWriteTo[]> {
  const { rows } = await sql<SiteToWriteTo>`
    select
      s.number,
      json_strip_nulls(json_build_object(${siteFields})) as place,
      (
        select coalesce(json_agg(json_strip_nulls(json_build_object(
          'email', (select address from contact_addresses a where a.contact_id = c.id and a.main),
          'role', c.role,
          'types', c.types,
          'privileges', c.privileges,
          'unreachable', case when c.unreachable_since is not null then true end)) order by c.position, c.id), '[]')
        from contacts c
        where c.site_id = s.id and ${mayHear}
      ) as people
    from sites s
    order by s.number`.execute(db);
  return rows;
}

async function scheduleOf(
  database: Database,
  { kind, sites }: NonNullable<ScheduleNeeds['schedule']>,
): Promise<ScheduleRecord> {
  const { rows } = await database.ask((db) =>
    sql<{ running: boolean; since: string }>`
      select running, to_json(since) #>> '{}' as since from schedules where kind = ${kind}`.execute(db),
  );
  const { running = false, since = null } = rows[0] ?? {};
  return { running, since, sites: sites && !running ? await database.ask(sitesToWriteTo) : [] };
}

async function turnOf(
  database: Database,
  { site, kind }: NonNullable<ScheduleNeeds['turn']>,
): Promise<TurnRecord | null> {
  const { rows } = await database.ask((db) =>
    sql<TurnRecord>`
      select
        t.site_id::text as site,
        t.period,
        t.step,
        to_json(t.due_at) #>> '{}' as "dueAt",
        to_json(greatest(t.last_at, t.asked_at)) #>> '{}' as "askedAt",
        coalesce((select running from schedules k where k.kind = t.kind), false) as running
      from schedule_turns t
      join sites s on s.id = t.site_id
      where s.number = ${site} and t.kind = ${kind}`.execute(db),
  );
  return rows[0] ? { ...rows[0], site: siteId(rows[0].site) } : null;
}

/** Its licences as they stand, and the PIN that is good. */
async function welcomeOf(database: Database, site: string): Promise<WelcomeRecord> {
  const { rows } = await database.ask((db) =>
    sql<WelcomeRecord>`
      select
        (select p.pin from pins p where p.site_id = s.id and p.replaced_at is null) as pin,
        (
          select coalesce(json_agg(json_build_object(
            'number', l.number,
            'product', p.name,
            'kind', l.kind) order by l.position), '[]')
          from licences l
          join products p on p.id = l.product_id
          where l.site_id = s.id
        ) as licences
      from sites s
      where s.number = ${site}`.execute(db),
  );
  return rows[0] ?? { pin: null, licences: [] };
}

async function doubtfulContact(database: Database, id: string): Promise<DoubtfulContact | null> {
  const { rows } = await database.ask((db) =>
    sql<DoubtfulContact>`
      select id::text as contact, to_json(doubtful_since) #>> '{}' as since
      from contacts
      where id = ${id}::bigint
        and doubtful_since is not null
        and (asked_about_at is null or asked_about_at < doubtful_since)`.execute(db),
  );
  return rows[0] ? { ...rows[0], contact: contactId(rows[0].contact) } : null;
}

/** Asked, not answered, and not on a list for client care yet; `told`: those that are on one as well. */
export async function unansweredSites(
  database: Database,
  { told, most }: { told: boolean; most: number },
): Promise<UnansweredSite[]> {
  const { rows } = await database.ask((db) =>
    sql<UnansweredSite>`
      select * from (
        select
          s.id::text as site,
          s.number as "siteNumber",
          s.name as "siteName",
          t.last_period as period,
          (
            select count(*)::int from contacts c where c.site_id = s.id and c.to_attest = t.last_period
          ) as open
        from schedule_turns t
        join sites s on s.id = t.site_id
        where t.last_result = 'for-care' and (${told}::boolean or t.care_told_at is null)
      ) u
      where u.open > 0
      order by u."siteNumber"
      limit ${most}`.execute(db),
  );
  return rows.map((one) => ({ ...one, site: siteId(one.site) }));
}

/** One list has so many; the rest comes with the next. */
const mostListed = 1_000;

async function welcomedSites(database: Database): Promise<ReadonlySet<string>> {
  const { rows } = await database.ask((db) =>
    sql<{ number: string }>`
      select s.number from schedule_turns t join sites s on s.id = t.site_id where t.kind = 'welcome'`.execute(db),
  );
  return new Set(rows.map(({ number }) => number));
}

export const scheduleRecords = async (database: Database, needs: ScheduleNeeds): Promise<ScheduleRecords> => ({
  ...(needs.schedule && { schedule: await scheduleOf(database, needs.schedule) }),
  ...(needs.turn && { turn: await turnOf(database, needs.turn) }),
  ...(needs.turn?.kind === 'welcome' && { welcome: await welcomeOf(database, needs.turn.site) }),
  ...(needs.doubtful !== undefined && { doubtful: await doubtfulContact(database, needs.doubtful) }),
  ...(needs.unanswered && { unanswered: await unansweredSites(database, { told: false, most: mostListed }) }),
  ...(needs.welcomed && { welcomed: await welcomedSites(database) }),
});
