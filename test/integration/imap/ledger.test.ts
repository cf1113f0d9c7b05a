/** What the ledger of a mailbox counts, and how mails are filed away where a server can do less (MAIL.md §1.4 to §1.7). */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ReceiveMail, receiveMail } from '../../../src/flows/intake/receive-mail.ts';
import { readNew } from '../../../src/flows/mailboxes/watch-mailbox/read-new.ts';
import { type Watcher, type WatchOptions, watchMailbox } from '../../../src/flows/mailboxes/watch-mailbox.ts';
import { readiness } from '../../../src/flows/upkeep/readiness.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type Connection, openFolder } from '../../../src/imap/connection.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { mailboxLedger } from '../../../src/store/mailboxes/mailboxes.ts';
import { mail } from '../../support/app.ts';
import { startDovecot, type TestDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startTcpProxy } from '../../support/servers/tcp-proxy.ts';

let dovecot: TestDovecot;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;
let user = '';
let name = '';
let boxes = 0;
let receive: ReceiveMail;
const gauges = new Map<string, number>();
const meter = { ...silentMeter, gauge: (which: string, value: number) => void gauges.set(which, value) };
const running: Watcher[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  receive = receiveMail({ database, relay: { wake() {} }, meter: silentMeter });
});
beforeEach(() => {
  user = dovecot.freshUser();
  boxes += 1;
  name = `ledger${boxes}`;
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

const account = (of = dovecot, port = of.port) => ({
  host: of.host,
  port,
  secure: false,
  user,
  password: of.password,
});
function watch(more: Partial<WatchOptions> = {}): Watcher {
  const watcher = watchMailbox(
    {
      name,
      account: account(),
      folder: 'INBOX',
      processed: null,
      since: null,
      holder: 'one',
      pollMs: 300,
      ...more,
    },
    { ledger: mailboxLedger(database), receive, log: silentLog, meter },
  );
  running.push(watcher);
  return watcher;
}
async function until(what: string, check: () => boolean | Promise<boolean>, seconds = 30): Promise<number> {
  const began = performance.now();
  while (!(await check())) {
    if (performance.now() - began > seconds * 1000) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 40));
  }
  return (performance.now() - began) / 1000;
}
const counts = async () =>
  (
    await client.query(
      `select seen::int, stored::int, duplicates::int, too_large::int, gone::int, passed_over::int, watermark::int from mailboxes where name = $1`,
      [name],
    )
  ).rows[0];
const counted = { seen: 0, stored: 0, duplicates: 0, too_large: 0, gone: 0, passed_over: 0 };

/** One round by hand, over a connection of which a part is replaced. */
async function byHand(change: (box: Connection) => Partial<Connection>, rounds: number, then?: () => void) {
  const ledger = mailboxLedger(database);
  const lease = await ledger.takeLease(name, 'hand');
  if (!lease) throw new Error('no lease');
  const real = await openFolder(account(), 'INBOX');
  const box = { ...real, ...change(real) };
  const mark = { epoch: 1, uidValidity: real.folder.uidValidity, watermark: 0, firstSeenAt: new Date(), since: null };
  await ledger.saveMark(lease, mark);
  const session = { lease, box, mark };
  const problems: string[] = [];
  const watching = {
    options: { name, account: account(), folder: 'INBOX', processed: null, since: null, holder: 'hand' },
    deps: { ledger, receive, log: silentLog, meter },
    memory: { suspects: new Set<number>(), pending: new Set<number>() },
    stopping: new AbortController().signal,
    moved() {},
    complain: (problem: string) => void problems.push(problem),
    watermark() {},
  };
  for (let round = 0; round < rounds; round += 1) {
    await readNew(watching, session).catch(() => {});
    then?.();
  }
  await real.close();
  await ledger.releaseLease(lease);
  return problems;
}

describe('the ledger of a mailbox', () => {
  it('counts what went away between its size and its body, and goes on behind it', async () => {
    for (const subject of ['Stays', 'Goes', 'Stays too']) dovecot.deliver(user, mail({ subject }));
    dovecot.deliver(user, mail({ subject: 'There before' }), 'Done');
    const other = await openFolder(account(), 'INBOX');
    let taken = false;
    await byHand(
      (real) => ({
        async bodies(uids, what) {
          if (!taken) {
            taken = true;
            await other.move([2], 'Done');
          }
          await real.noop();
          return real.bodies(uids, what);
        },
      }),
      2,
    );
    await other.close();
    expect(await counts()).toEqual({ ...counted, seen: 3, stored: 2, gone: 1, watermark: 3 });
  });

  it('says how many were seen that nothing became of', async () => {
    for (const subject of ['One', 'Two']) dovecot.deliver(user, mail({ subject }));
    const right = receive;
    receive = async (batch) => batch.map(() => ({ kind: 'stored', mail: '1' }));
    const problems = await byHand(() => ({}), 1);
    receive = right;
    expect(problems).toContain('2 mails were seen and nothing became of them');
  });

  it('keeps a mail that breaks the connection as its header after five tries, and goes on with the rest', async () => {
    for (const subject of ['Good', 'Breaks', 'Good too']) dovecot.deliver(user, mail({ subject }));
    let tries = 0;
    await byHand(
      (real) => ({
        async bodies(uids, what) {
          if (what === 'whole' && uids.includes(2)) {
            tries += 1;
            throw new Error('cut');
          }
          return real.bodies(uids, what);
        },
      }),
      9,
    );
    const { rows } = await client.query(
      `select a.uid::int, m.headers_only as only from arrivals a join mails m on m.id = a.mail_id where a.door_name = $1 order by a.uid`,
      [name],
    );
    expect(rows).toEqual([
      { uid: 1, only: null },
      { uid: 2, only: 'not-fetched' },
      { uid: 3, only: null },
    ]);
    // Once in company, then five times alone.
    expect(tries).toBe(6);
    expect(await counts()).toEqual({ ...counted, seen: 3, stored: 3, watermark: 3 });
    expect((await client.query('select from mailbox_failures where mailbox = $1', [name])).rows).toEqual([]);
  });
});

describe('a mailbox whose server', () => {
  const base = 'IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE NAMESPACE';
  it.each([
    ['has no MOVE, is filed by COPY and UID EXPUNGE', `${base} UIDPLUS`, { left: 0, filed: 2 }],
    ['has neither MOVE nor UIDPLUS, keeps its mails with a flag', base, { left: 2, filed: 1 }],
  ])('%s, and what others marked stays', async (_, capabilities, wanted) => {
    const poor = await startDovecot(`protocol imap {\n  imap_capability = ${capabilities}\n}\n`);
    onTestFinished(() => poor.stop());
    user = poor.freshUser();
    poor.deliver(user, mail({ subject: 'There before' }), 'Done');
    const watcher = watch({ account: account(poor), processed: 'Done' });
    await until('the first sight', () => watcher.state().connected);
    poor.deliver(user, mail({ subject: 'To be filed' }));
    if (wanted.left > 0) poor.deliver(user, mail({ subject: 'The next' }));
    await until('it is filed or flagged', () =>
      wanted.left === 0
        ? poor.mails(user, 'Done').length === wanted.filed && poor.mails(user).length === 0
        : poor.mails(user).filter((one) => one.flags.includes('\\Seen')).length === 2,
    );
    expect(poor.mails(user)).toHaveLength(wanted.left);
    expect(poor.mails(user, 'Done')).toHaveLength(wanted.filed);
    expect(watcher.state().problem).toBeNull();
    await watcher.stop();
  });

  it('falls silent while it idles is noticed by the watchdog, and read again when it answers', async () => {
    const proxy = await startTcpProxy({ port: dovecot.port, host: dovecot.host });
    const watcher = watch({ account: account(dovecot, proxy.port), watchdogMs: 3_000 });
    await until('the first sight', () => watcher.state().connected);
    await proxy.mode('drop');
    const took = await until('it is noticed', () => !watcher.state().connected, 15);
    expect(took).toBeLessThan(10);
    await until('it is said', () => watcher.state().problem !== null);
    expect(watcher.state().problem).toMatch(/has not answered|does not answer/);
    await proxy.mode('pass');
    dovecot.deliver(user, mail({ subject: 'After the silence' }));
    await until('the mail', async () => (await counts())?.stored === 1, 60);
    await watcher.stop();
    await proxy.stop();
  });

  it('refuses the login is an alarm, a reason not to be ready in every process, and both end with it', async () => {
    const queues = { counts: async () => ({}) } as unknown as Parameters<typeof readiness>[0]['queues'];
    const watcher = watch({ account: { ...account(), password: 'wrong' }, refusedMs: 60_000 });
    await until('the gauge', () => gauges.get('postern_mailbox_login_refused') === 1);
    await until('the reason', async () => (await readiness({ database, queues, problems: [] })).reasons.length > 0);
    const { ready, reasons } = await readiness({ database, queues, problems: [] });
    expect(ready).toBe(false);
    expect(reasons.join()).toMatch(/mailbox ledger\d+: .*refused the login/);
    await watcher.stop();
    const mended = watch();
    await until('the login', () => mended.state().connected);
    await until('the gauge is down', () => gauges.get('postern_mailbox_login_refused') === 0);
    await until('it is ready', async () => (await readiness({ database, queues, problems: [] })).ready);
  });
});
