/** What acts on letters about renewals see of rows (POLICY §10). */
import { type RawBuilder, sql } from 'kysely';
import type { RenewalNeeds, RenewalRecords, RenewalSchedule, RenewalSite } from '../../acts/renewals/records.ts';
import { contactId, siteId } from '../../foundation/ids.ts';
import { noticeSpans } from '../../notices/spans.ts';
import { rolesWith } from '../../registry/permissions.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { Database, Db, Tx } from '../database.ts';
import { contactJson, siteFacts, siteJson } from '../intake/facts/registry.ts';
import { accountsNotTold, renewalsPlanned } from './list.ts';

const lettersOfStep = sql`
  select coalesce(json_agg(json_build_object(
    'id', l.id::text,
    'role', r.role,
    'to', l.to_address,
    'state', l.state,
    'claimed', l.claimed_at is not null,
    'entry', r.entry,
    'sequence', r.sequence) order by l.id), '[]')
  from renewal_letters r
  join letters l on l.id = r.letter_id
  where r.step_id = t.id`;

const quoteOfStep = (content: boolean) => sql`
  select json_build_object(
    'filename', q.filename,
    'type', q.type,
    'content', ${content ? sql`encode(q.bytes, 'base64')` : sql`null::text`})
  from renewal_quotes q
  where q.step_id = t.id`;

const stepsOfSite = (content: boolean) => sql`
  select coalesce(json_agg(json_build_object(
    'id', t.id::text,
    'group', t.group_on,
    'step', t.step,
    'day', t.day,
    'dueAt', t.due_at,
    'items', t.items,
    'state', t.state,
    'reason', t.reason,
    'words', t.words,
    'version', t.version_no,
    'settledAt', t.settled_at,
    'quote', (${quoteOfStep(content)}),
    'letters', (${lettersOfStep})) order by t.group_on, t.step), '[]')
  from renewal_steps t
  where t.site_id = s.id and t.group_on > now()::date - ${noticeSpans.settledDays}::int`;

type Row = { readonly of: RenewalSite['of'] } & Omit<RenewalSite, 'of'>;

/** Sites `s` of which the condition holds, by their numbers. */
async function sitesWhere(
  db: Db | Tx,
  where: RawBuilder<unknown>,
  how: { readonly content?: boolean; readonly most?: number } = {},
): Promise<RenewalSite[]> {
  const { rows } = await sql<Row>`
    select
      ${siteJson} as of,
      s.people_version as version,
      (
        select coalesce(json_agg((${contactJson})::jsonb || jsonb_strip_nulls(jsonb_build_object(
          'unreachable', case when c.unreachable_since is not null then true end)) order by c.position, c.id), '[]')
        from contacts c
        where c.site_id = s.id
      ) as people,
      coalesce((select known from renewal_sites k where k.site_id = s.id), '{}') as known,
      (${stepsOfSite(how.content === true)}) as steps
    from sites s
    where ${where}
    order by s.number
    limit ${how.most ?? 1}`.execute(db);
  return rows.map((row) => ({
    ...row,
    of: siteFacts(row.of),
    people: row.people.map((one) => ({ ...one, id: contactId(one.id), siteId: siteId(one.siteId) })),
  }));
}

const readAtOnce = 500;

export type EndsWithin = { readonly from: string; readonly to: string };
const anyDay: EndsWithin = { from: '-infinity', to: 'infinity' };

/** Sites where something ends, and may on one of these days, some hundreds at a time, so that an answer stays small. */
export async function* renewalSites(
  database: Database,
  { from, to }: EndsWithin = anyDay,
): AsyncGenerator<RenewalSite[]> {
  for (let after = ''; ; ) {
    // The end of a licence without one stands in no row.
    const where = sql`
      s.number > ${after}
      and (
        exists (
          select from plans p where p.site_id = s.id and p.valid_to between ${from}::date and ${to}::date)
        or exists (
          select
          from licences l
          where l.site_id = s.id
            and l.kind = ${'support'}
            and (l.valid_to is null or l.valid_to between ${from}::date and ${to}::date)
        )
      )`;
    const sites = await database.ask((db) => sitesWhere(db, where, { most: readAtOnce }));
    if (sites.length > 0) yield sites;
    if (sites.length < readAtOnce) return;
    after = sites.at(-1)?.of.site.number ?? '';
  }
}

/** `now` is PostgreSQL's clock. */
export async function renewalSchedule(database: Database): Promise<RenewalSchedule & { readonly now: string }> {
  const { rows } = await database.ask((db) =>
    sql<RenewalSchedule & { now: string }>`
      select
        coalesce(k.running, false) as running,
        to_json(k.since) #>> '{}' as since,
        to_json(k.paused_at) #>> '{}' as "pausedAt",
        to_json(n.now) #>> '{}' as now
      from (select now() as now) n
      left join schedules k on k.kind = 'renewals'`.execute(db),
  );
  return rows[0] as RenewalSchedule & { now: string };
}

async function siteOf(
  database: Database,
  asked: NonNullable<RenewalNeeds['renewals']>,
): Promise<NonNullable<RenewalRecords['renewals']>> {
  const { now: _, ...schedule } = await renewalSchedule(database);
  const { site: number, step } = asked;
  if (number === undefined && step === undefined) return { schedule, site: null, step: null };
  const where =
    step === undefined
      ? sql`s.number = ${number}`
      : sql`s.id = (select t.site_id from renewal_steps t where t.id = ${step}::bigint)`;
  const [site = null] = await database.ask((db) => sitesWhere(db, where, { content: step !== undefined }));
  return { schedule, site, step: site?.steps.find(({ id }) => id === step) ?? null };
}

async function all(sites: AsyncIterable<RenewalSite[]>): Promise<RenewalSite[]> {
  const found: RenewalSite[] = [];
  for await (const some of sites) found.push(...some);
  return found;
}

export const renewalRecords = async (
  database: Database,
  needs: RenewalNeeds,
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
): Promise<RenewalRecords> => ({
  ...(needs.renewals && { renewals: await siteOf(database, needs.renewals) }),
  ...(needs.renewalSites && { renewalSites: await all(renewalSites(database)) }),
  ...(needs.renewalWeek && {
    renewalWeek: {
      planned: await renewalsPlanned(database, {
        ...needs.renewalWeek,
        roles: rolesWith('downloads: quotes', policy),
      }),
      notTold: await accountsNotTold(database),
    },
  }),
});
