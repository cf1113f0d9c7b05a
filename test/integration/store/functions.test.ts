/** What becomes of the functions of the database when a text has got its next number. */
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { functions, makeFunctions } from '../../../src/store/functions.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 1);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

it('is made anew beside the one before, and what is older than that goes', async () => {
  const number = functions.get('store_mails')?.number ?? 0;
  const numbered = [...functions.values()].filter((one) => one.number === number);
  for (const { name } of numbered) {
    await sql`drop function ${sql.raw(`${name}_${number}`)}`.execute(database.db);
    for (const before of [3, 4])
      await sql.raw(`create function ${name}_${before}(a int) returns int return a`).execute(database.db);
  }
  await makeFunctions(number).up(database.db);
  const { rows } = await sql<{ name: string }>`
    select proname as name
    from pg_proc
    where pronamespace = 'public'::regnamespace
    order by 1`.execute(database.db);
  const kept = numbered.flatMap(({ name }) => [`${name}_${number}`, `${name}_4`]);
  const found = rows.map((row) => row.name).filter((name) => numbered.some((one) => name.startsWith(one.name)));
  expect(found).toEqual(kept.sort());
});
