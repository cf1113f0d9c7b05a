/** Requests for access as acts and decisions see them (POLICY §8): what was said, what has happened, and who is at the site. */
import { sql } from 'kysely';
import type { AccessNeeds, AccessRecord, AccessRecords, AskingLetter } from '../../acts/access/records.ts';
import { siteNumber } from '../../foundation/ids.ts';
import type { Site } from '../../registry/site.ts';
import type { Database, Db, Tx } from '../database.ts';
import { contactJson, siteAloneJson, taggedLicenceLines } from '../intake/facts/registry.ts';

/** `named`: a number that goes before the one on record. `alone`: nobody of its site, which takes the same time for a number that no site has. */
type How = { readonly named?: string | null; readonly alone?: boolean };

/** The site is the one that has the number now. `where` speaks of requests `r`. */
async function requestsWith(
  db: Db | Tx,
  where: ReturnType<typeof sql>,
  { named = null, alone = false }: How = {},
): Promise<AccessRecord[]> {
  const site = alone
    ? sql`json_build_object(
        'id', s.id::text, 'number', s.number, 'name', s.name,
        'country', s.country, 'timezone', s.timezone, 'language', s.language)`
    : siteAloneJson;
  const people = sql`(
        select coalesce(json_agg(${contactJson} order by c.id), '[]')
        from contacts c
        where c.site_id = s.id)`;
  // Of a registration, which the clock looks up: its site is that of the licence. Number and tag each by an index of its own.
  const licence = alone
    ? sql``
    : sql`
    left join lateral (
      select (select o.number from sites o where o.id = l.site_id) as number
      from (
        select l.id, l.site_id, 1 as place
        from licences l
        where upper(l.number) = upper(r.licence_named)
        union all
        select l.id, l.site_id, 2
        from licences l
        where l.service_tag is not null and upper(l.service_tag) = upper(r.licence_named)
      ) l
      order by l.place, l.id
      limit 1
    ) k on true`;
  const registers = sql`
        case when k.number is not null then json_build_object(
          'pin', (select p.pin from pins p where p.site_id = s.id and p.replaced_at is null),
          'licences', (${taggedLicenceLines})) end`;
  const { rows } = await sql<AccessRecord>`
    select
      r.id::text as id,
      r.version_no as "versionNo",
      r.address,
      r.language,
      a.mail::text as mail,
      exists (select from care_clocks k where k.mail_id = a.mail and k.done_at is null) as "careRuns",
      json_build_object(
        'site', r.site_named, 'name', r.name, 'country', r.country, 'role', r.role,
        'justification', r.justification, 'phone', r.phone, 'licence', r.licence_named) as said,
      (
        select json_agg(
          t.detail || jsonb_build_object('kind', t.kind, 'by', t.by, 'at', to_json(t.at) #>> '{}') order by t.id)
        from access_request_steps t
        where t.request_id = r.id
      ) as steps,
      case when s.id is not null then (${site}) end as site,
      coalesce(s.people_version, 0) as "peopleVersion",
      ${alone ? sql`null::json` : registers} as registers,
      ${alone ? sql`'[]'::json` : people} as people
    from access_requests r
    cross join lateral (
      select coalesce(
        r.mail_id,
        (select min(v.mail_id) from access_request_steps v where v.request_id = r.id and v.kind = 'verified')) as mail
    ) a
    ${licence}
    left join sites s on s.number = coalesce(${named}, r.site_named${alone ? sql`` : sql`, k.number`})
    where ${where}
    order by r.id desc`.execute(db);
  return rows.map(({ site, ...row }) => ({
    ...row,
    site: site && ({ ...site, number: siteNumber(site.number) } as Site),
  }));
}

export const requestById = async (db: Db | Tx, id: string, how: How = {}): Promise<AccessRecord | null> =>
  (await requestsWith(db, sql`r.id = ${id}::bigint`, how))[0] ?? null;

/** More of one address are not looked at. */
const mostOfOne = 20;

/** Nobody of their sites: the asker is answered in the same time whether there is one. */
export const requestsOf = (db: Db | Tx, address: string): Promise<AccessRecord[]> =>
  requestsWith(
    db,
    sql`r.id in (select id from access_requests where address = ${address} order by id desc limit ${mostOfOne})`,
    { alone: true },
  );

/** The pool is counted by the hour (§3 "Letters, how many"). */
const anHour = 'PT1H';

type Verifying = NonNullable<AccessRecords['verifying']>;
/** Letters that asked to verify within the hour: to everybody, and to that domain; and when that address had the last one. */
async function verifyingOf(db: Db | Tx, address: string): Promise<Verifying> {
  const domain = address.split('@').at(-1) ?? '';
  const { rows } = await sql<Verifying>`
    select
      count(*)::int as hour,
      (count(*) filter (where split_part(r.address, '@', 2) = ${domain}))::int as "domainHour",
      (
        select to_json(max(l.at)) #>> '{}'
        from access_requests o
        join access_request_steps l on l.request_id = o.id
        where o.address = ${address} and l.kind = 'verify-sent'
      ) as last
    from access_request_steps t
    join access_requests r on r.id = t.request_id
    where t.kind = 'verify-sent' and t.at > now() - ${anHour}::interval`.execute(db);
  return rows[0] ?? { hour: 0, domainHour: 0, last: null };
}

const isId = (text: string): boolean => /^[0-9]{1,18}$/.test(text);

type Asking = AskingLetter & { readonly request: string };
async function askingLetter(db: Db | Tx, id: string): Promise<Asking | null> {
  const { rows } = await sql<Asking>`
    select
      id::text as id, to_address as to, language, asks->>'request' as request,
      coalesce((asks->>'turn')::int, 0) as turn
    from letters
    where id = ${id}::bigint and template = 'access-question' and asks->>'kind' = 'decide-access'`.execute(db);
  return rows[0] ?? null;
}

export async function accessRecords(
  database: Database,
  { accessRequest, accessLetter }: AccessNeeds,
): Promise<AccessRecords> {
  if (accessRequest === undefined && accessLetter === undefined) return {};
  return database.ask(async (db) => {
    const letter = accessLetter !== undefined && isId(accessLetter) ? await askingLetter(db, accessLetter) : null;
    const id = letter?.request ?? accessRequest;
    const found = id !== undefined && isId(id) ? await requestById(db, id) : null;
    // Whoever has it asked by letter has verified it before.
    if (accessLetter !== undefined) return { accessRequest: found, accessLetter: letter };
    return { accessRequest: found, ...(found && { verifying: await verifyingOf(db, found.address) }) };
  });
}

export async function requestsDue(database: Database, most: number): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`
      select id::text as id from access_requests where timer_at <= now() order by timer_at limit ${most}`.execute(db),
  );
  return rows.map(({ id }) => id);
}
