/** Whoever calls (POLICY §4.4), as the registry has their site, and what is open there at severity 1. */
import { sql } from 'kysely';
import type { CallerNeeds, CallerRecords } from '../../acts/cases/opening/records.ts';
import { contactId, siteId } from '../../foundation/ids.ts';
import type { Contact } from '../../registry/site.ts';
import type { Database } from '../database.ts';
import { contactJson, siteFacts, siteJson } from '../intake/facts/registry.ts';
import { workedCases } from './worked-cases.ts';

type Row = NonNullable<CallerRecords['caller']> & { readonly critical: readonly string[] };

export async function callerRecords(
  database: Database,
  { caller }: CallerNeeds,
): Promise<CallerRecords & { readonly worked?: Awaited<ReturnType<typeof workedCases>> }> {
  if (!caller) return {};
  const { rows } = await database.ask((db) =>
    sql<Row>`
      select
        ${siteJson} as of,
        (
          select coalesce(json_agg(${contactJson} order by c.position, c.id), '[]')
          from contacts c
          where c.site_id = s.id
        ) as contacts,
        (
          select coalesce(json_agg(json_build_object(
            'pin', p.pin,
            'siteId', p.site_id::text,
            'issuedAt', p.issued_at,
            'replacedAt', p.replaced_at) order by p.id), '[]')
          from pins p
          where p.pin = ${caller.pin}
        ) as pins,
        (select coalesce(json_agg(name order by name), '[]') from products) as products,
        (
          select coalesce(json_agg(json_build_object(
            'product', p.name,
            'version', v.version,
            'stage', v.stage,
            'preview', v.preview)), '[]')
          from product_versions v
          join products p on p.id = v.product_id
        ) as versions,
        array(
          select number
          from cases k
          where k.site_id = s.id
            and k.status = 'open'
            and k.severity = 1
            and (k.opened_at at time zone s.timezone)::date = (now() at time zone s.timezone)::date
          order by k.id desc
          limit 1
        ) as critical
      from sites s
      where s.number = ${caller.site}`.execute(db),
  );
  const [row] = rows;
  if (!row) return {};
  const { critical, ...of } = row;
  const contacts = of.contacts.map((c: Contact) => ({ ...c, id: contactId(c.id), siteId: siteId(c.siteId) }));
  return {
    caller: { ...of, of: siteFacts(of.of), contacts },
    worked: caller.critical ? await workedCases(database, critical) : [],
  };
}
