/**
 * Licences by their service tags (POLICY §1, §7). Asked for by themselves, where the mail is a command about licences, or names one in the place of
 * a PIN that no licence has as its number: all others are decided in one round trip.
 */
import { sql } from 'kysely';
import { siteId } from '../../foundation/ids.ts';
import type { Facts, Question } from '../../intake/facts.ts';
import type { SiteFacts } from '../../registry/site.ts';
import type { Db, Tx } from '../database.ts';
import { siteFacts, siteJson } from '../intake/facts/registry.ts';

type Asked = { readonly facts: Facts };

const isAboutLicences = ({ command }: Question): boolean => command === 'REGISTER' || command === 'LICENCES';

/** Numbers stand in a mail in capital letters. */
const tagsIn = ({ pins, licences }: Question, { licences: found }: Facts): string[] =>
  pins.length > 0 ? [] : licences.filter((number) => !found.some((one) => one.number === number));

type Tagged = { site: string; number: string; tag: string };

async function tagged(db: Db | Tx, facts: Facts): Promise<Facts> {
  const ids = Object.keys(facts.sites);
  const { rows } = await sql<Tagged>`
    select site_id::text as site, number, service_tag as tag
    from licences
    where site_id = any(${ids}::bigint[]) and service_tag is not null`.execute(db);
  if (rows.length === 0) return facts;
  const known = new Map(rows.map(({ site, number, tag }) => [`${site} ${number}`, tag]));
  const sites = Object.entries(facts.sites).map(([id, site]) => {
    const licences = site.licences.map((one) => ({ ...one, serviceTag: known.get(`${id} ${one.number}`) ?? null }));
    return [id, { ...site, licences }] as const;
  });
  return { ...facts, sites: Object.fromEntries(sites) };
}

async function named(db: Db | Tx, facts: Facts, tags: readonly string[]): Promise<Facts> {
  const { rows } = await sql<{ number: string; site: string; of: SiteFacts }>`
    select upper(l.service_tag) as number, l.site_id::text as site, ${siteJson} as of
    from licences l
    join sites s on s.id = l.site_id
    where l.service_tag is not null and upper(l.service_tag) = any(${tags}::text[])`.execute(db);
  if (rows.length === 0) return facts;
  return {
    ...facts,
    licences: [...facts.licences, ...rows.map(({ number, site }) => ({ number, site: siteId(site) }))],
    sites: { ...Object.fromEntries(rows.map(({ of }) => [of.site.id, siteFacts(of)])), ...facts.sites },
  };
}

export async function withServiceTags<T extends Asked>(
  db: Db | Tx,
  questions: readonly Question[],
  all: T[],
): Promise<T[]> {
  const out: T[] = [];
  for (const [i, one] of all.entries()) {
    const question = questions[i];
    const tags = question ? tagsIn(question, one.facts) : [];
    const facts = tags.length > 0 ? await named(db, one.facts, tags) : one.facts;
    const about = question !== undefined && isAboutLicences(question) && facts.contacts.length > 0;
    out.push(facts === one.facts && !about ? one : { ...one, facts: about ? await tagged(db, facts) : facts });
  }
  return out;
}
