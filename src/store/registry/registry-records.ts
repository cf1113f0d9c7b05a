/** What acts on the registry see of rows. */
import { sql } from 'kysely';
import type { RegistryNeeds, RegistryPart, RegistryRecords } from '../../acts/registry/records.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { RetiredPin } from '../../registry/registry-rules.ts';
import type { Database, Db } from '../database.ts';
import { days } from '../literals.ts';
import { proofsOf } from './proofs.ts';
import { loadRegistry } from './registry.ts';

/** PINs that are replaced and still good, and the day from which one replaced now is free (UTC; the day after its last). */
async function pinDays(db: Db, graceDays: number): Promise<{ retired: RetiredPin[]; freeFrom: string }> {
  const hours = graceDays * 24;
  const { rows } = await sql<RetiredPin>`
    select
      p.pin,
      s.number as site,
      to_char(
        (p.replaced_at + make_interval(hours => ${hours})) at time zone 'UTC' + ${days(1)},
        'YYYY-MM-DD') as "freeFrom"
    from pins p
    join sites s on s.id = p.site_id
    where p.replaced_at >= now() - make_interval(hours => ${hours})`.execute(db);
  const now = await sql<{ day: string }>`
    select to_char(
      (now() + make_interval(hours => ${hours})) at time zone 'UTC' + ${days(1)},
      'YYYY-MM-DD') as day`.execute(db);
  return { retired: rows, freeFrom: now.rows[0]?.day ?? '' };
}

/** Also those that share what is given once: it is told of whom it is. */
async function numbersOf(db: Db, { sites, pins, licences }: RegistryPart): Promise<string[]> {
  const named = sql`any(${[...licences]}::text[])`;
  const { rows } = await sql<{ number: string }>`
    select number
    from sites
    where number = any(${[...sites]}::text[])
      or id in (
        select site_id from pins where pin = any(${[...pins]}::text[]) and replaced_at is null
        union all
        select site_id from licences where number = ${named}
        union all
        select site_id from licences where service_tag = ${named})`.execute(db);
  return rows.map(({ number }) => number);
}

export async function registryRecords(
  database: Database,
  { registry, proofs }: RegistryNeeds,
  { pinGraceDays }: Pick<RegistryPolicy, 'pinGraceDays'>,
): Promise<RegistryRecords> {
  return {
    ...(proofs !== undefined && { proofs: await proofsOf(database, proofs) }),
    ...(registry && {
      registry: await database.snapshot(async (db) => ({
        record: await loadRegistry(db, registry === 'whole' ? null : await numbersOf(db, registry)),
        ...(await pinDays(db, pinGraceDays)),
      })),
    }),
  };
}
