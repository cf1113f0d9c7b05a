/** UIDs that somebody wants looked at again: what is on the server and not here comes, and the ledger's difference goes. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ReceiveMail, receiveMail } from '../../../src/flows/intake/receive-mail.ts';
import { type Watcher, watchMailbox } from '../../../src/flows/mailboxes/watch-mailbox.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { mailboxLedger } from '../../../src/store/mailboxes/mailboxes.ts';
import { mail } from '../../support/app.ts';
import { startDovecot, type TestDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

let dovecot: TestDovecot;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;
let user = '';
let name = '';
let boxes = 0;
let real: ReceiveMail;
let receive: ReceiveMail;
const running: Watcher[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  real = receiveMail({ database, relay: { wake() {} }, meter: silentMeter });
});
beforeEach(() => {
  receive = real;
  user = dovecot.freshUser();
  boxes += 1;
  name = `again${boxes}`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((watcher) => watcher.stop()));
});
afterAll(async () => {
  await client.end();
  await database.close();
  await fresh.drop();
  await dovecot.stop();
});

function watch(since: Date | null = new Date(0)): Watcher {
  const account = { host: dovecot.host, port: dovecot.port, secure: false, user, password: dovecot.password };
  const watcher = watchMailbox(
    { name, account, folder: 'INBOX', processed: null, since, holder: 'one', pollMs: 200 },
    {
      ledger: mailboxLedger(database),
      receive: (batch, how) => receive(batch, how),
      log: silentLog,
      meter: silentMeter,
    },
  );
  running.push(watcher);
  return watcher;
}
async function until(what: string, check: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 40));
  }
}
const counts = async () =>
  (
    await client.query(
      `select seen::int, stored::int, duplicates::int, passed_over::int as over,
         (seen - stored - too_large - duplicates - gone - passed_over)::int as missed
       from mailboxes where name = $1`,
      [name],
    )
  ).rows[0];
const ask = (from: number, to: number, epoch = 1) =>
  client.query(
    `insert into mailbox_refetches (mailbox, epoch, from_uid, to_uid, asked_by) values ($1, $2, $3, $4, 'a test')`,
    [name, epoch, from, to],
  );
const answer = async () => {
  const { rows } = await client.query(
    'select listed, known, fetched, failure, done_at is not null as done from mailbox_refetches where mailbox = $1 order by id desc limit 1',
    [name],
  );
  return rows[0];
};
const done = () => until('it is done', async () => (await answer())?.done === true);

describe('UIDs that are fetched again', () => {
  it('bring what nothing became of, and the ledger is in order again', async () => {
    // The bytes differ, so that none is a copy of another.
    for (const subject of ['One', 'Two', 'Three']) dovecot.deliver(user, mail({ subject }));
    receive = async (batch, how) => {
      const [first, ...lost] = batch;
      const kept = first ? await real([first], how) : [];
      return [...kept, ...lost.map(() => ({ kind: 'stored' as const, mail: '1' }))];
    };
    watch();
    await until('all are seen', async () => (await counts())?.seen === 3);
    expect(await counts()).toMatchObject({ stored: 1, missed: 2 });
    receive = real;
    await ask(1, 3);
    await done();
    expect(await answer()).toEqual({ listed: 3, known: 1, fetched: 2, failure: null, done: true });
    expect(await counts()).toEqual({ seen: 3, stored: 3, duplicates: 0, over: 0, missed: 0 });
    expect(dovecot.mails(user).every((one) => one.flags.includes('\\Seen'))).toBe(true);
  });

  it('bring what lay there before the first sight, as seen and stored', async () => {
    dovecot.deliver(user, mail({ subject: 'Long ago' }));
    const watcher = watch(null);
    await until('the first sight', async () => watcher.state().connected);
    expect(await counts()).toMatchObject({ seen: 0 });
    await ask(1, 1);
    await done();
    expect(await counts()).toEqual({ seen: 1, stored: 1, duplicates: 0, over: 0, missed: 0 });
  });

  it('leave what is here as it is, twice too', async () => {
    dovecot.deliver(user, mail({ subject: 'Here' }));
    watch();
    await until('it is stored', async () => (await counts())?.stored === 1);
    await ask(1, 1);
    await done();
    expect(await answer()).toMatchObject({ listed: 1, known: 1, fetched: 0 });
    expect(await counts()).toEqual({ seen: 1, stored: 1, duplicates: 0, over: 0, missed: 0 });
  });

  it('are others in a mailbox that was made anew, and nothing is fetched', async () => {
    const watcher = watch();
    await until('the first sight', async () => watcher.state().connected);
    await ask(1, 5, 7);
    await done();
    expect(await answer()).toMatchObject({ fetched: 0, failure: expect.stringContaining('made anew') });
  });
}, 60_000);
