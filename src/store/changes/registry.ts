/** How what becomes of licences is written, beside the registry as a whole (write-registry.ts). */
import { sql } from 'kysely';
import type { LicenceRegistered, ProofsDue, ProofsSent } from '../../changes/registry.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';
import { lockRegistry } from '../registry/registry.ts';

/** An import writes a whole site as it was under the registry's lock, so whoever changes one licence waits for it. */
export async function writeLicenceRegistered(tx: Tx, { site, licence, on }: LicenceRegistered): Promise<void> {
  await lockRegistry(tx);
  const { rows } = await sql`
    update licences l
    set registered_on = ${on}::date
    from sites s
    where s.number = ${site} and l.site_id = s.id and l.number = ${licence} and l.registered_on is null
    returning l.id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `licence ${licence} of site ${site} has changed meanwhile`);
}

/** What was due before and has not gone out yet is told once. */
export async function writeProofsDue(tx: Tx, changes: readonly ProofsDue[]): Promise<void> {
  const rows = changes.flatMap(({ site, licences }) => licences.map(({ number, why }) => ({ site, number, why })));
  await sql`
    insert into proofs_due (site_id, licence, why)
    select s.id, t.number, t.why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(site text, number text, why text)
    join sites s on s.number = t.site
    on conflict (site_id, licence) do nothing`.execute(tx);
}

export async function writeProofsSent(tx: Tx, { site, licences }: ProofsSent): Promise<void> {
  const { rows } = await sql`
    delete from proofs_due p
    using sites s
    where s.number = ${site} and p.site_id = s.id and p.licence = any(${licences.map(({ number }) => number)}::text[])
    returning p.licence`.execute(tx);
  if (rows.length < licences.length)
    throw new Failure('facts-stale', `site ${site} was told of its licences meanwhile`);
}
