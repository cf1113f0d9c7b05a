/** A database that an older version has left is brought up to date and worked on. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { functions } from '../../../src/store/functions.ts';
import { sweepLetters } from '../../../src/store/letters/delivery-attempts.ts';
import { resumeLetters } from '../../../src/store/letters/sending-pause.ts';
import { unsummedAcknowledgements } from '../../../src/store/letters/summaries.ts';
import { heldMails } from '../../../src/store/mail/held-mail.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { mail, startApp } from '../../support/app.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const dump = gunzipSync(readFileSync(new URL('../../fixtures/dumps/fda5b2a.sql.gz', import.meta.url))).toString('utf8');

let client: pg.Client;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let ran: string[];
const before: Record<string, string> = {};

const rows = async (statement: string): Promise<Record<string, unknown>[]> => (await client.query(statement)).rows;
const tables = ['mails', 'cases', 'case_messages', 'case_events', 'letters', 'decisions', 'audit', 'contacts', 'pins'];

beforeAll(async () => {
  fresh = await freshDatabase({ migrated: false });
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(dump);
  for (const table of tables) before[table] = String((await rows(`select count(*) as n from ${table}`))[0]?.n);
  ran = await migrate(fresh.url);
});
afterAll(async () => {
  await client.end();
  await fresh.drop();
});

it('keeps every row, and is up to date', async () => {
  expect(ran).toContain('0025-functions');
  expect(await migrate(fresh.url)).toEqual([]);
  for (const table of tables)
    expect(String((await rows(`select count(*) as n from ${table}`))[0]?.n), table).toBe(before[table]);
  expect(Number(before.mails)).toBeGreaterThan(50);
});

it('has the functions of this code, and keeps those of the workers that still run', async () => {
  const names = (await rows(`select proname from pg_proc where pronamespace = 'public'::regnamespace`)).map(
    (row) => row.proname,
  );
  for (const { name, number } of functions.values())
    expect(names).toContain(number === null ? name : `${name}_${number}`);
  expect(names).toEqual(expect.arrayContaining(['apply_decisions', 'store_mails', 'refuse_change']));
});

it('finds by code what stood there as a sentence', async () => {
  const codes = await rows(`
    select reason_code as code, count(*)::int as n from mails where reason_code is not null group by 1
    union all
    select state_code, count(*)::int from letters where state_code is not null group by 1
    order by 1`);
  expect(codes).toEqual([
    { code: 'over-limit', n: 2 },
    { code: 'pin-guessing', n: 2 },
    { code: 'stopped', n: 1 },
  ]);
  const database = openDatabase(fresh.url, silentLog, 1);
  expect((await heldMails(database, 'held-pin-guessing')).map((one) => one.reason)).toEqual([
    expect.stringContaining('wrong PINs'),
    expect.stringContaining('wrong PINs'),
  ]);
  await client.query(`update letters set created_at = now() where state_code = 'over-limit'`);
  const [unsummed] = await database.ask(unsummedAcknowledgements);
  expect(unsummed).toMatchObject({ to: 'ada@aldous.example', renewed: false });
  expect(unsummed?.cases).toHaveLength(2);
  await database.close();
});

it('is refused by older code', async () => {
  await client.query(`insert into kysely_migration values ('9999-of-a-newer-version', now()::text)`);
  await expect(migrate(fresh.url)).rejects.toThrow('9999-of-a-newer-version');
  await client.query(`delete from kysely_migration where name like '9999%'`);
});

it('is worked on: a mail opens a case, and letters that were stopped go out when a person lets them', async () => {
  await client.query(`update plans set valid_to = now() + interval '1 year'`);
  await client.query(`update licences set valid_to = now() + interval '1 year' where valid_to is not null`);
  const postern = await startApp({ DATABASE_URL: fresh.url });
  try {
    await postern.handIn(mail({ subject: 'PIN 345 Stopped after the upgrade' }));
    const opened = async () => rows(`select number from cases where title = 'Stopped after the upgrade'`);
    await postern.until('the case', async () => (await opened()).length === 1);
    expect(
      await rows('select distinct state_reason from letters where state_code is not null and state = $$queued$$'),
    ).toEqual([{ state_reason: 'held: stopped' }]);
    expect(await resumeLetters(postern.app.database, 'test')).toBe(true);
    await sweepLetters(postern.app.database);
    postern.app.relay.wake();
    const sent = () =>
      postern.sink.letters.map((letter) => `${letter.rcptTo[0]} ${/^Subject: .*/m.exec(letter.raw.toString())?.[0]}`);
    const wanted = [/^m\.ernst@.* Paused/, /^ada@.*Stopped after the upgrade/];
    await postern.until('the letters', async () => wanted.every((one) => sent().some((line) => one.test(line))));
    const left = `select state, state_code, state_reason from letters where state in ('queued', 'unknown')`;
    await postern.until('the marks', async () => (await rows(left)).length === 0);
    expect(await rows(`select distinct state_code from letters where state = 'sent'`)).toEqual([{ state_code: null }]);
  } finally {
    await postern.stop();
  }
});
