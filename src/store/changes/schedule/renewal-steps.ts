/** Steps of the ladder, and the site they are about, taken as they were judged: `facts-stale` where one has moved on since. */
import { sql } from 'kysely';
import { Failure } from '../../../foundation/failure.ts';
import type { SiteId } from '../../../foundation/ids.ts';
import type { Tx } from '../../database.ts';

export const moved = (what: string) => new Failure('facts-stale', `${what} has moved on meanwhile`);

type Site = { readonly site: SiteId; readonly siteVersion: number };

/** An import that renews it, and whoever stops it, waits for this, or this is judged again; where letters go out, whoever pauses it as well. */
export async function stillAsJudged(
  tx: Tx,
  { site, siteVersion }: Site,
  { letters }: { readonly letters: boolean },
): Promise<void> {
  const { rows } = await sql`
    select s.id
    from sites s
    join schedules k on k.kind = 'renewals' and k.running and (k.paused_at is null or not ${letters}::boolean)
    where s.id = ${site}::bigint and s.people_version = ${siteVersion}
    for share`.execute(tx);
  if (rows.length === 0) throw moved(`site ${site}`);
}

type Step = { readonly renewal: string; readonly stepVersion: number };

export async function take(
  tx: Tx,
  { renewal, stepVersion }: Step,
  to: { readonly state: string; readonly reason: string | null; readonly settled: boolean },
): Promise<void> {
  const { rows } = await sql`
    update renewal_steps
    set
      state = ${to.state},
      reason = ${to.reason},
      settled_at = case when ${to.settled}::boolean then now() end,
      version_no = version_no + 1
    where id = ${renewal}::bigint and version_no = ${stepVersion}
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(`renewal ${renewal}`);
}

/** It stays what it is, and whatever else was judged on it is judged again. */
export async function touch(tx: Tx, { renewal, stepVersion }: Step): Promise<void> {
  const { rows } = await sql`
    update renewal_steps
    set version_no = version_no + 1
    where id = ${renewal}::bigint and version_no = ${stepVersion}
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(`renewal ${renewal}`);
}
