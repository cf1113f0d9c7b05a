/** Licences whose proof is still to go out, and what is told of them. */
import { sql } from 'kysely';
import type { RegistryRecords } from '../../acts/registry/records.ts';
import type { LicenceNews } from '../../registry/licences/proofs.ts';
import type { Contact, SiteFacts } from '../../registry/site.ts';
import type { Database } from '../database.ts';
import { contactJson, siteFacts, siteJson } from '../intake/facts/registry.ts';

type Proofs = NonNullable<RegistryRecords['proofs']>;

export async function proofsOf(database: Database, number: string): Promise<Proofs | null> {
  const { rows } = await database.ask((db) =>
    sql<{ of: SiteFacts; people: Contact[]; due: LicenceNews[] }>`
      select
        ${siteJson} as of,
        (
          select coalesce(json_agg(${contactJson} order by c.position, c.id), '[]')
          from contacts c
          where c.site_id = s.id
            and (c.role = ${'primary'} or ${'administrative'} = any(c.types))
        ) as people,
        (
          select coalesce(json_agg(json_build_object('number', p.licence, 'why', p.why) order by p.licence), '[]')
          from proofs_due p
          where p.site_id = s.id
        ) as due
      from sites s
      where s.number = ${number}`.execute(db),
  );
  const [row] = rows;
  return row ? { ...row, of: siteFacts(row.of) } : null;
}

/** By their numbers, the longest due first. */
export async function sitesWithProofsDue(database: Database, most: number): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ number: string }>`
      select s.number
      from proofs_due p
      join sites s on s.id = p.site_id
      group by s.number
      order by min(p.since), s.number
      limit ${most}`.execute(db),
  );
  return rows.map(({ number }) => number);
}
