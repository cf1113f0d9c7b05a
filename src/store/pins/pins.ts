/** Support PINs that Postern draws by itself (POLICY §1); those of a registry file go with their sites. */
import { sql } from 'kysely';
import type { SiteRecord } from '../../acts/pins/records.ts';
import type { Db, Tx } from '../database.ts';

/** The site and its PIN as they stand; null where there is no site. */
export async function pinOfSite(tx: Db | Tx, number: string): Promise<SiteRecord | null> {
  const { rows } = await sql<SiteRecord>`
    select
      s.id::text,
      s.number,
      (select pin from pins p where p.site_id = s.id and p.replaced_at is null) as pin
    from sites s
    where s.number = ${number}`.execute(tx);
  return rows[0] ?? null;
}

/** Every PIN of that many digits that somebody has or had less than `days` ago: it would still be written, and name somebody else. */
export async function takenPins(tx: Tx, digits: number, days: number): Promise<Set<string>> {
  const { rows } = await sql<{ pin: string }>`
    select distinct pin
    from pins
    where length(pin) = ${digits}
      and (replaced_at is null or replaced_at > now() - make_interval(hours => ${days * 24}))`.execute(tx);
  return new Set(rows.map((row) => row.pin));
}

/** The moment until which a PIN replaced in this transaction is good, ISO 8601. */
export async function goodUntil(tx: Tx, graceDays: number): Promise<string> {
  const { rows } = await sql<{
    until: Date;
  }>`select now() + make_interval(hours => ${graceDays * 24}) as until`.execute(tx);
  return (rows[0]?.until ?? new Date(0)).toISOString();
}
