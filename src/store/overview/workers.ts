/** Processes that say they are here. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { days } from '../literals.ts';

export type WorkerHere = {
  /** What its claims are made with. */
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly does: readonly string[];
};

/** Those that were not heard of for a day are forgotten. */
export async function beat(database: Database, { id, host, pid, does }: WorkerHere): Promise<void> {
  await database.ask((db) =>
    sql`
      with gone as (
        delete from workers where seen_at < now() - ${days(1)} and id <> ${id}::uuid
      )
      insert into workers as w (id, host, pid, does)
      values (${id}::uuid, ${host}, ${pid}, ${[...does]}::text[])
      on conflict (id) do update set seen_at = now(), does = excluded.does`.execute(db),
  );
}

export async function leave(database: Database, id: string): Promise<void> {
  await database.ask((db) => sql`delete from workers where id = ${id}::uuid`.execute(db));
}
