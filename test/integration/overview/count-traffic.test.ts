/** Figures by the hour come from the audit, each row of it once, whatever is written at the same time. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { countTraffic, forgetTraffic, keepLedgerDays } from '../../../src/store/overview/count-traffic.ts';
import { readLedgerDays, readTraffic } from '../../../src/store/overview/traffic.ts';
import { percentile } from '../../../src/upkeep/overview/seconds-histogram.ts';
import { emptyTables, freshDatabase } from '../../support/servers/postgres.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;
let other: pg.Client;
const query = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  other = new pg.Client({ connectionString: fresh.url });
  await Promise.all([client.connect(), other.connect()]);
});
afterAll(async () => {
  await Promise.all([client.end(), other.end()]);
  await database.close();
  await fresh.drop();
});
beforeEach(() => emptyTables(query));

const stored = (on: pg.Client, hoursAgo = 0) =>
  on.query(
    `insert into audit (at, actor, action, subject_kind, subject_id)
     values (now() - make_interval(hours => $1), 'door:test', 'mail-stored', 'mail', '1')`,
    [hoursAgo],
  );
const ticks = async (count: number) => {
  for (let round = 0; round < count; round += 1) await countTraffic(database);
};
/** What was seen is counted with the next tick, once no transaction of then is open: those of other tests count, too. */
const countAll = async () => {
  await ticks(2);
  for (let round = 0; round < 1_000; round += 1) {
    const [{ done }] = await query(
      'select counted_id >= (select coalesce(max(id), 0) from audit) as done from traffic_mark',
    );
    if (done) return;
    await new Promise((later) => setTimeout(later, 20));
    await ticks(1);
  }
  throw new Error('not everything was counted in time');
};
const sums = async () => {
  const { hours } = await readTraffic(database, 7 * 24);
  return {
    mails: hours.reduce((sum, one) => sum + one.mails, 0),
    letters: hours.reduce((sum, one) => sum + one.letters, 0),
    last: hours.at(-1),
  };
};

describe('figures by the hour', () => {
  it('count each mail and letter once, in its hour, without gaps between', async () => {
    await stored(client);
    await stored(client, 3);
    await stored(client, 3);
    await query(
      `insert into audit (actor, action, subject_kind, subject_id) values ('outbound', 'letter-sent', 'letter', '999')`,
    );
    await countAll();
    await countAll();
    expect(await sums()).toMatchObject({ mails: 3, letters: 1, last: { mails: 1, letters: 1 } });
    const { hours } = await readTraffic(database, 24);
    expect(hours).toHaveLength(24);
    expect(hours.at(-4)).toMatchObject({ mails: 2, letters: 0 });
    await stored(client);
    await countAll();
    expect((await sums()).mails).toBe(4);
  });

  it('leave no row out that was begun before and written after', async () => {
    await countAll();
    await other.query('begin');
    await stored(other);
    await stored(client);
    await ticks(4);
    expect((await sums()).mails).toBe(0);
    await other.query('commit');
    await countAll();
    expect((await sums()).mails).toBe(2);
  });

  it('begin with the last days and not with the first row there ever was', async () => {
    for (const daysAgo of [400, 40, 9, 7, 1]) await stored(client, daysAgo * 24);
    await countAll();
    const rows = await query('select mails::int from traffic_hours order by hour');
    expect(rows.reduce((sum, { mails }) => sum + mails, 0)).toBe(2);
  });

  it('have the times of acknowledgements alone, by their size, and none of what a person has handed in', async () => {
    const mailBy = async (door: string, came: string) =>
      (
        await query(
          `insert into mails (arrived_at, door, door_name, sha256, size) values (now() - $2::interval, $1::text, 'x', sha256($1::text::bytea), 1) returning id`,
          [door, came],
        )
      )[0];
    const [mail, byHand] = [await mailBy('imap', '10 seconds'), await mailBy('hand', '45 days')];
    const letter = async (template: string, seconds: number, of = mail) => {
      const [row] = await query(
        `insert into letters (idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject, message_id, envelope_from,
           raw, state, give_up_at, caused_by, sent_at)
         values ($1, $2, 0, 'en', 'a@b.example', false, 'x', 'x', 'x', $1, 's@b.example', 'x', 'sent', now(), $3, now() - interval '10 seconds' + make_interval(secs => $4))
         returning id`,
        [`<${template}${seconds}@x>`, template, of.id, seconds],
      );
      await query(
        `insert into audit (actor, action, subject_kind, subject_id) values ('outbound', 'letter-sent', 'letter', $1)`,
        [row.id],
      );
    };
    await letter('acknowledgement', 0.4);
    await letter('acknowledgement', 4);
    await letter('staff-notice', 9);
    await letter('acknowledgement', 5, byHand);
    await countAll();
    const { acknowledged } = await readTraffic(database, 24);
    expect(acknowledged.reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(percentile(acknowledged, 0.95)).toBeGreaterThan(3);
    expect(percentile(acknowledged, 0.95)).toBeLessThanOrEqual(5);
    expect(percentile(acknowledged, 0.4)).toBeLessThanOrEqual(0.5);
  });

  it('are counted by one process at a time', async () => {
    for (let i = 0; i < 20; i += 1) await stored(client);
    await countAll();
    for (let i = 0; i < 20; i += 1) await stored(client);
    for (let round = 0; round < 5; round += 1) await Promise.all([1, 2, 3].map(() => countTraffic(database)));
    await countAll();
    expect((await sums()).mails).toBe(40);
  });
});

describe('the ledger by the day', () => {
  const box = (seen: number, kept: number) =>
    query(
      `insert into mailboxes (name, seen, stored) values ('support', $1, $2)
       on conflict (name) do update set seen = $1, stored = $2`,
      [seen, kept],
    );

  it('has what was done on each day, and is written once where nothing changes', async () => {
    await box(10, 10);
    await query(
      `insert into mailbox_days values ('support', (now() at time zone 'UTC')::date - 2, 4, 4, 0, 0, 0, 0),
         ('support', (now() at time zone 'UTC')::date - 1, 7, 6, 0, 0, 0, 0)`,
    );
    await keepLedgerDays(database, 'UTC');
    const days = await readLedgerDays(database, 'support', 10);
    expect(days.map(({ seen, stored: kept }) => [seen, kept])).toEqual([
      [3, 4],
      [3, 2],
      [4, 4],
    ]);
    const [before] = await query('select xmin::text from mailbox_days order by day desc limit 1');
    await keepLedgerDays(database, 'UTC');
    expect(await query('select xmin::text from mailbox_days order by day desc limit 1')).toEqual([before]);
  });

  it('goes after its time, with the hours', async () => {
    await box(1, 1);
    await query(`insert into mailbox_days values ('support', now()::date - 500, 1, 1, 0, 0, 0, 0)`);
    await query(`insert into traffic_hours values (now() - interval '500 days', 1, 1, '{}'), (now(), 1, 1, '{}')`);
    expect(await forgetTraffic(database, 400)).toBe(2);
    expect(await query('select from traffic_hours')).toHaveLength(1);
  });
});
