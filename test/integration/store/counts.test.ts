import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { countSystem } from '../../../src/store/reports/reports.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;

async function addMails(state: string, from: number, to: number): Promise<void> {
  await client.query(`insert into mails (arrived_at, door, door_name, sha256, size, state, outcome)
    select now(), 'lmtp', 'lmtp', sha256(convert_to(i::text, 'UTF8')), 1, '${state}', ${state === 'decided' ? `'case-opened'` : 'null'} from generate_series(${from}, ${to}) i`);
  await client.query('select pg_stat_force_next_flush()');
  await client.query('select 1');
}

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
  await fresh.drop();
});

describe('the numbers of the system', () => {
  it('are exact where there are few', async () => {
    await addMails('new', 1, 3);
    await addMails('decided', 11, 30);
    expect((await countSystem(database)).mails).toEqual({ new: 3, dead: 0, decided: 20 });
  });

  it('are what is left of all where there are many', async () => {
    await addMails('decided', 1_001, 12_000);
    await addMails('dead', 20_001, 20_002);
    expect((await countSystem(database)).mails).toEqual({ new: 3, dead: 2, decided: 11_020 });
  });
});
