/** Announcements, their recipients, and whom one goes to, as acts see them. */
import { sql } from 'kysely';
import type {
  AnnouncementNeeds,
  AnnouncementRecord,
  AnnouncementRecords,
  Audience,
  SupportEndsRecord,
} from '../../acts/announcements/records.ts';
import { type Announcement, type AudiencePerson, type AudienceSite, recipientsOf } from '../../notices/announcement.ts';
import type { NoticesPolicy } from '../../notices/policy.ts';
import { noticeSpans } from '../../notices/spans.ts';
import { supportEndAnnouncement } from '../../notices/support-ends.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import { sameProduct } from '../../registry/product.ts';
import type { SiteFacts } from '../../registry/site.ts';
import type { Database, Db } from '../database.ts';
import { siteJson } from '../intake/facts/registry.ts';
import { days } from '../literals.ts';
import { returnedOf } from './returned.ts';
import { readerJson, sendingOf } from './sending.ts';
import { supportEndsOf } from './support-ends.ts';

/** Of one statement, so that memory stays flat however many sites there are. */
const sitesAtOnce = 200;

type Named = NonNullable<AnnouncementNeeds['announcement']>;
type Policy = RegistryPolicy & Partial<Pick<NoticesPolicy, 'announcements'>>;

const countsOf = sql`
  select json_build_object(
    'open', count(*) filter (where r.state = 'open'),
    'written', count(*) filter (where r.state = 'written'),
    'leftOut', count(*) filter (where r.state not in ('open', 'written')))
  from announcement_recipients r
  where r.announcement_id = a.id`;

const which = (named: Named) => ('id' in named ? sql`a.id = ${named.id}::bigint` : sql`a.name = ${named.name}`);

/** Each recipient is looked at to be counted: only where somebody is shown that, or it comes to an end. */
async function announcementOf(
  database: Database,
  named: Named,
  { counted }: { readonly counted: boolean },
): Promise<AnnouncementRecord | null> {
  const { rows } = await database.ask((db) =>
    sql<AnnouncementRecord>`
      select
        a.id::text,
        a.state,
        a.content,
        to_json(a.due_at) #>> '{}' as "dueAt",
        a.gathered_to::text as gathered,
        ${counted ? sql`(${countsOf})` : sql`null::json`} as counts
      from announcements a
      where ${which(named)}`.execute(db),
  );
  return rows[0] ?? null;
}

const people = sql`
  select coalesce(json_agg(${readerJson} order by c.position, c.id), '[]')
  from contacts c
  where c.site_id = s.id`;

type NamedSite = Omit<AudienceSite, 'people'> & {
  readonly name: string;
  readonly people: readonly (AudiencePerson & { readonly name: string })[];
};

/** The sites behind that one, by id. */
async function sitesAfter(db: Db, after: string, { versions, resolves }: Announcement): Promise<NamedSite[]> {
  const named = sql`
    select json_agg(distinct jsonb_build_object('product', k.product, 'version', k.version))
    from cases k
    where k.site_id = s.id and k.version is not null and k.opened_at > now() - ${days(noticeSpans.versionDays)}`;
  const resolved = sql`
    select json_agg(json_build_object('case', k.number, 'contact', k.contact_id::text) order by k.id)
    from cases k
    where k.site_id = s.id
      and k.contact_id is not null
      and lower(k.reference) in (select lower(one) from unnest(${[...resolves]}::text[]) one)`;
  const { rows } = await sql<{
    of: SiteFacts;
    people: NamedSite['people'];
    named: AudienceSite['named'] | null;
    resolved: AudienceSite['resolved'] | null;
  }>`
    select
      ${siteJson} as of,
      (${people}) as people,
      ${versions.length > 0 ? sql`(${named})` : sql`null::json`} as named,
      ${resolves.length > 0 ? sql`(${resolved})` : sql`null::json`} as resolved
    from sites s
    where s.id > ${after}::bigint
    order by s.id
    limit ${sitesAtOnce}`.execute(db);
  return rows.map(({ of: { site, plans, licences }, ...one }) => ({
    ...{ id: site.id, number: site.number, name: site.name, language: site.language, site, plans, licences },
    ...{ people: one.people, named: one.named ?? [], resolved: one.resolved ?? [] },
  }));
}

async function clockOf(database: Database): Promise<string> {
  const { rows } = await database.ask((db) =>
    sql<{ now: string }>`select to_json(now()) #>> '{}' as now`.execute(db),
  );
  return rows[0]?.now ?? '';
}

/** Of the address on record alone: of one that was named for these letters nothing has come back. */
const isDoubtful = ({ people }: AudienceSite, contact: string, address: string): boolean =>
  people.some((one) => one.id === contact && one.email === address && one.doubtful === true);

const mostShown = 5;

/** Site by site, as it is gathered: the check and the run cannot differ. */
async function audienceOf(database: Database, content: Announcement, policy: Policy): Promise<Audience> {
  const addresses = new Set<string>();
  const doubtful = new Set<string>();
  const unreachable = new Set<string>();
  const sample: { address: string; siteNumber: string }[] = [];
  let [sites, withCases] = [0, 0];
  const { rows: products } = await database.ask((db) => sql<{ name: string }>`select name from products`.execute(db));
  const now = await clockOf(database);
  for (let after = '0'; ; ) {
    const found = await database.ask((db) => sitesAfter(db, after, content));
    for (const site of found) {
      const before = addresses.size;
      for (const { address, contact, siteNumber, cases, leftOut } of recipientsOf(site, content, now, policy)) {
        if (leftOut !== null) unreachable.add(address);
        else if (!addresses.has(address)) {
          addresses.add(address);
          if (isDoubtful(site, contact, address)) doubtful.add(address);
          if (cases.length > 0) withCases += 1;
          if (sample.length < mostShown) sample.push({ address, siteNumber });
        }
      }
      if (addresses.size > before) sites += 1;
    }
    const last = found.at(-1);
    if (!last || found.length < sitesAtOnce) break;
    after = last.id;
  }
  const unknownProducts = content.products.filter((one) => !products.some(({ name }) => sameProduct(name, one)));
  const lost = [...unreachable].filter((one) => !addresses.has(one)).length;
  const told = { recipients: addresses.size, sites, unreachable: lost, doubtful: doubtful.size, withCases };
  return { ...told, sample, unknownProducts };
}

/** One who would get it, or would but for letters that come back. */
export type ForeseenRecipient = {
  readonly address: string;
  readonly name: string;
  readonly siteNumber: string;
  readonly siteName: string;
  readonly cases: readonly string[];
  readonly unreachable: boolean;
  readonly doubtful: boolean;
};

/** Before it is started, in the order in which it is gathered; a page ends with a site, whose id is where the next begins. */
export async function foreseenRecipients(
  database: Database,
  content: Announcement,
  policy: Policy,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<{ items: ForeseenRecipient[]; next: string | null }> {
  const now = await clockOf(database);
  const items: ForeseenRecipient[] = [];
  for (let behind = after ?? '0'; ; ) {
    const from = behind;
    const found = await database.ask((db) => sitesAfter(db, from, content));
    for (const site of found) {
      behind = site.id;
      for (const { address, contact, cases, leftOut } of recipientsOf(site, content, now, policy)) {
        const person = site.people.find(({ id }) => id === contact);
        items.push({
          ...{ address, name: person?.name ?? '', siteNumber: site.number, siteName: site.name, cases },
          ...{ unreachable: leftOut !== null, doubtful: isDoubtful(site, contact, address) },
        });
      }
      if (items.length >= limit) return { items, next: behind };
    }
    if (found.length < sitesAtOnce) return { items, next: null };
  }
}

/** With whom it would go to of each version, where that is asked for. */
async function supportEndsRecord(
  database: Database,
  policy: Policy,
  asked: { readonly audiences: boolean },
): Promise<SupportEndsRecord> {
  const found = await supportEndsOf(database);
  const audiences: SupportEndsRecord['audiences'][number][] = [];
  for (const one of asked.audiences ? found.versions : []) {
    const { product, version } = one;
    const { recipients, sample } = await audienceOf(database, supportEndAnnouncement('', one), policy);
    audiences.push({ product, version, recipients, sample });
  }
  return { ...found, audiences };
}

export async function announcementRecords(
  database: Database,
  needs: AnnouncementNeeds,
  policy: Policy,
): Promise<AnnouncementRecords> {
  const { announcement: named, audience, gathering, sending, returned, supportEnds } = needs;
  const sends = sending ? await sendingOf(database, sending.id, policy) : null;
  const counted = gathering ? false : sends === null || sends.mayTurn;
  const on = named ? await announcementOf(database, named, { counted }) : null;
  const content = audience && ('texts' in audience ? audience : on?.content);
  const after = gathering ? on?.gathered : null;
  return {
    ...(named && { announcement: on }),
    ...(content && { audience: await audienceOf(database, content, policy) }),
    ...(gathering && {
      gathering: on && after ? await database.ask((db) => sitesAfter(db, after, on.content)) : [],
    }),
    ...(sends && { sending: sends }),
    ...(supportEnds && {
      supportEnds: await supportEndsRecord(database, policy, { audiences: supportEnds === 'audiences' }),
    }),
    ...(returned !== undefined && { returned: await returnedOf(database, returned) }),
  };
}
